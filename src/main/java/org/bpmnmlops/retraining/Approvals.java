package org.bpmnmlops.retraining;

import static org.bpmnmlops.process.PipelineVariables.MODEL_VERSION;
import static org.bpmnmlops.process.RetrainingVariables.APPROVAL_REASON;
import static org.bpmnmlops.process.RetrainingVariables.APPROVED;
import static org.bpmnmlops.process.RetrainingVariables.APPROVED_BY;
import static org.bpmnmlops.registry.RegistryParameters.MODEL_NAME;

import org.bpmnmlops.process.ForModels;
import org.bpmnmlops.registry.ModelHistory;
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

  /** Notes the decision on the version's card, in the transaction that completes the task. */
  public void note(DelegateExecution run) {
    history.note(
        MODEL_NAME.get(run),
        MODEL_VERSION.get(run).intValue(),
        "Approval",
        "%s: %s"
            .formatted(
                APPROVED.find(run).orElse(false) ? "approved" : "rejected",
                APPROVAL_REASON.find(run).orElse("no reason given")),
        APPROVED_BY.find(run).orElse(run.getProcessInstanceId()));
  }
}
