package org.bpmnmlops.notification;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.bpmnmlops.notification.DeadlineSockets.DeadlineException;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.springframework.mail.MailSendException;

/**
 * The mail server did not take a message. The message names the server, says what happened and what
 * to do.
 */
class MailFailedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private static final int LONGEST_EXCERPT = 300;

  /** A code of RFC 5321 and the text behind it, wherever Jakarta Mail puts it. */
  private static final Pattern REPLY = Pattern.compile("\\b[45]\\d\\d[ -].*");

  /**
   * @param copy what became of the message, a sentence
   */
  MailFailedException(MailSettings settings, Exception cause, String copy) {
    super(
        "The mail server %s:%d did not take the message: %s %s"
            .formatted(settings.host(), settings.port(), explain(settings, chain(cause)), copy),
        cause);
  }

  private static String explain(MailSettings settings, List<Throwable> causes) {
    if (find(causes, UnknownHostException.class).isPresent()) {
      return "its host name is unknown. Check MLOPS_MAIL_HOST and the name server.";
    }
    Optional<DeadlineException> deadline = find(causes, DeadlineException.class);
    if (deadline.isPresent()) {
      return "%s. Look into the mail server's log.".formatted(deadline.get().getMessage());
    }
    if (find(causes, SocketTimeoutException.class).isPresent()) {
      return "it did not answer within %d ms. Check that it runs and is not overloaded;"
              .formatted(settings.timeout().toMillis())
          + " MLOPS_MAIL_TIMEOUT sets how long a run waits.";
    }
    if (find(causes, ConnectException.class).isPresent()) {
      return "it refused the connection. Check that it runs, and MLOPS_MAIL_HOST and"
          + " MLOPS_MAIL_PORT.";
    }
    if (find(causes, AuthenticationFailedException.class).isPresent()) {
      return "it refused the login of user '%s' (%s). Check MLOPS_MAIL_USER and MLOPS_MAIL_PASSWORD;"
              .formatted(settings.user(), answer(causes))
          + " Gmail wants an app password.";
    }
    if (answer(causes).contains("PKIX")) {
      return "its certificate is signed by nobody this machine trusts. Install a valid certificate"
          + " there, or add its authority to the Java trust store here.";
    }
    if (find(causes, SSLException.class).isPresent()) {
      return "the secure connection failed (%s). Check its certificate, and whether MLOPS_MAIL_TLS"
              .formatted(answer(causes))
          + " should be starttls (port 587), implicit (port 465) or none.";
    }
    if (settings.tls() == MailSettings.Tls.STARTTLS && answer(causes).contains("STARTTLS")) {
      return "it offers no STARTTLS (%s). Use a server that does, or MLOPS_MAIL_TLS=implicit, or, for"
              .formatted(answer(causes))
          + " a relay on the same machine only, MLOPS_MAIL_TLS=none.";
    }
    if (find(causes, SMTPAddressFailedException.class).isPresent()
        || find(causes, SMTPSenderFailedException.class).isPresent()) {
      return "it answered '%s'. Check the addresses in MLOPS_MAIL_TO (%s) and MLOPS_MAIL_FROM (%s)."
          .formatted(answer(causes), String.join(", ", settings.to()), settings.from());
    }
    Matcher reply = REPLY.matcher(answer(causes));
    if (reply.find()) {
      return "it answered '%s'. A code that starts with 4 passes; for one that starts with 5 look into"
              .formatted(reply.group())
          + " the mail server's log.";
    }
    return "the connection broke off (%s). Look into the mail server's log."
        .formatted(answer(causes));
  }

  /** What the server itself said is innermost. */
  private static String answer(List<Throwable> causes) {
    String answer =
        causes.stream()
            .filter(cause -> cause instanceof MessagingException || cause instanceof SSLException)
            .map(Throwable::getMessage)
            .filter(message -> message != null && !message.isBlank())
            .reduce((outer, inner) -> inner)
            .orElse("no reason given")
            .replaceAll("[\\p{Cntrl}\\s]+", " ")
            .strip();
    return answer.length() <= LONGEST_EXCERPT
        ? answer
        : answer.substring(0, LONGEST_EXCERPT) + "...";
  }

  private static <T extends Throwable> Optional<T> find(List<Throwable> causes, Class<T> type) {
    return causes.stream().filter(type::isInstance).map(type::cast).findFirst();
  }

  /** Mail hides causes in three places: cause, next exception and Spring's failed messages. */
  private static List<Throwable> chain(Throwable outermost) {
    List<Throwable> chain = new ArrayList<>();
    Set<Throwable> seen = new HashSet<>();
    Deque<Throwable> open = new ArrayDeque<>(List.of(outermost));
    while (!open.isEmpty()) {
      Throwable next = open.removeFirst();
      if (!seen.add(next)) {
        continue;
      }
      chain.add(next);
      if (next instanceof MailSendException several) {
        open.addAll(several.getFailedMessages().values());
      }
      if (next instanceof MessagingException chained && chained.getNextException() != null) {
        open.add(chained.getNextException());
      }
      if (next.getCause() != null) {
        open.add(next.getCause());
      }
    }
    return chain;
  }
}
