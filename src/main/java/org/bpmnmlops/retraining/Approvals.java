package org.bpmnmlops.retraining;

import static org.bpmnmlops.process.PipelineVariables.MODEL_VERSION;
import static org.bpmnmlops.process.RetrainingVariables.APPROVAL_REASON;
import static org.bpmnmlops.process.RetrainingVariables.APPROVED;
import static org.bpmnmlops.process.RetrainingVariables.APPROVED_BY;
import static org.bpmnmlops.registry.RegistryParameters.MODEL_NAME;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.bpmnmlops.process.ForModels;
import org.bpmnmlops.process.ProcessVariable;
import org.bpmnmlops.registry.ModelHistory;
import org.camunda.bpm.engine.BadUserRequestException;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** Keeps with a model what a person decided about it, also where they rejected it. */
@Component
@ForModels
public class Approvals {

  private final ModelHistory history;

  Approvals(ModelHistory history) {
    this.history = history;
  }

  /** Forgets the answer to an earlier question of the run, which was about another champion. */
  public void ask(DelegateExecution run) {
    List.of(APPROVED, APPROVED_BY, APPROVAL_REASON)
        .forEach(answer -> run.removeVariable(answer.name()));
  }

  /**
   * Refuses an answer that is none.
   *
   * @throws BadUserRequestException that names every variable that cannot be used
   */
  public void check(DelegateExecution run) {
    List<String> findings = new ArrayList<>();
    Object approved = run.getVariable(APPROVED.name());
    if (!(approved instanceof Boolean)) {
      findings.add("%s; expected true or false".formatted(found(APPROVED, approved)));
    }
    Object reason = run.getVariable(APPROVAL_REASON.name());
    if (!(reason instanceof String text) || text.isBlank()) {
      findings.add("%s; expected a text that says why".formatted(found(APPROVAL_REASON, reason)));
    }
    if (!findings.isEmpty()) {
      throw new BadUserRequestException(String.join(". ", findings));
    }
  }

  private static String found(ProcessVariable<?> variable, Object value) {
    return value == null
        ? "Variable '%s' is missing".formatted(variable.name())
        : "Variable '%s' is %s"
            .formatted(variable.name(), value instanceof String ? "'" + value + "'" : value);
  }

  /** Notes the decision on the version's card, in the transaction that completes the task. */
  public void note(DelegateExecution run) {
    history.note(
        MODEL_NAME.get(run),
        MODEL_VERSION.get(run).intValue(),
        "Approval",
        "%s: %s"
            .formatted(
                Boolean.TRUE.equals(run.getVariable(APPROVED.name())) ? "approved" : "rejected",
                Objects.requireNonNullElse(
                    run.getVariable(APPROVAL_REASON.name()), "no reason given")),
        APPROVED_BY.find(run).orElse(run.getProcessInstanceId()));
  }
}
