package org.bpmnmlops.notification;

import static org.bpmnmlops.process.PipelineErrors.MAIL_FAILED;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.connect.impl.AbstractConnector;
import org.camunda.connect.impl.AbstractConnectorRequest;
import org.camunda.connect.impl.AbstractConnectorResponse;
import org.springframework.stereotype.Component;

/**
 * The connector {@code mail-send}. Inputs: {@code message} (see {@link Mails}), or {@code subject},
 * {@code text} and, if wanted, {@code html}. Output: {@code messageId}. A message that cannot be
 * sent is the BPMN error {@code MAIL_FAILED}.
 */
@Component
class MailConnector extends AbstractConnector<MailConnector.Request, MailConnector.Response> {

  static final String ID = "mail-send";

  private static final String EXECUTION = "execution";
  private static final Set<String> INPUTS = Set.of("message", "subject", "text", "html", EXECUTION);

  private final Mailer mailer;

  MailConnector(Mailer mailer) {
    super(ID);
    this.mailer = mailer;
  }

  @Override
  public Request createRequest() {
    return new Request(this);
  }

  @Override
  public Response execute(Request request) {
    DelegateExecution execution = request.getRequestParameter(EXECUTION);
    MailMessage message = request.message();
    try {
      String messageId =
          mailer.send(message, execution.getProcessInstanceId(), execution.getCurrentActivityId());
      return new Response(messageId);
    } catch (MailFailedException e) {
      throw MAIL_FAILED.because(e);
    }
  }

  /** The inputs of one task. */
  static final class Request extends AbstractConnectorRequest<Response> {

    private Request(MailConnector connector) {
      super(connector);
    }

    private MailMessage message() {
      Set<String> unknown = new TreeSet<>(getRequestParameters().keySet());
      unknown.removeAll(INPUTS);
      if (!unknown.isEmpty()) {
        throw new IllegalArgumentException(
            "Connector %s has no input %s; expected message, or subject, text and html. Who receives"
                    .formatted(ID, unknown)
                + " mails is configuration (MLOPS_MAIL_TO)");
      }
      MailMessage message = getRequestParameter("message");
      return message != null
          ? message
          : new MailMessage(text("subject").orElse(""), text("text").orElse(""), text("html"));
    }

    private Optional<String> text(String input) {
      Object value = getRequestParameter(input);
      return Optional.ofNullable(value).map(Object::toString);
    }
  }

  /** What a task may map into a variable. */
  static final class Response extends AbstractConnectorResponse {

    private final String messageId;

    private Response(String messageId) {
      this.messageId = messageId;
    }

    @Override
    protected void collectResponseParameters(Map<String, Object> outputs) {
      outputs.put("messageId", messageId);
    }
  }
}
