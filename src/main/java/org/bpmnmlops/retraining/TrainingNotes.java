package org.bpmnmlops.retraining;

import static org.bpmnmlops.process.PipelineVariables.MODEL_IS_NEW;
import static org.bpmnmlops.process.PipelineVariables.MODEL_VERSION;
import static org.bpmnmlops.process.RetrainingVariables.DRIFTED_NAMES;
import static org.bpmnmlops.process.RetrainingVariables.DRIFT_SHARE;
import static org.bpmnmlops.process.RetrainingVariables.PROMOTION;
import static org.bpmnmlops.process.RetrainingVariables.PROMOTION_REASON;
import static org.bpmnmlops.process.RetrainingVariables.REASON;
import static org.bpmnmlops.registry.RegistryParameters.MODEL_NAME;

import org.bpmnmlops.process.ForModels;
import org.bpmnmlops.registry.ModelHistory;
import org.bpmnmlops.wording.Words;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** Keeps on a model's card which rows of the decision tables applied, and what had drifted. */
@Component
@ForModels
public class TrainingNotes {

  private final ModelHistory history;

  TrainingNotes(ModelHistory history) {
    this.history = history;
  }

  /** Notes why a new version was trained; a run that registers it again has done so. */
  public void trained(DelegateExecution run) {
    if (MODEL_IS_NEW.get(run)) {
      note(run, "Retraining decision", REASON.get(run));
      note(run, "Drift at training time", drift(run));
    }
  }

  /** Notes what the promotion table said about the version. */
  public void decided(DelegateExecution run) {
    note(
        run,
        "Promotion decision",
        "%s: %s".formatted(PROMOTION.get(run), PROMOTION_REASON.get(run)));
  }

  private static String drift(DelegateExecution run) {
    return DRIFT_SHARE
        .find(run)
        .map(
            share ->
                share == 0
                    ? "no column drifted"
                    : "%s of the judged columns drifted: %s"
                        .formatted(Words.percent(share), DRIFTED_NAMES.get(run)))
        .orElse("no column could be judged");
  }

  private void note(DelegateExecution run, String topic, String text) {
    history.note(
        MODEL_NAME.get(run),
        MODEL_VERSION.get(run).intValue(),
        topic,
        text,
        run.getProcessInstanceId());
  }
}
