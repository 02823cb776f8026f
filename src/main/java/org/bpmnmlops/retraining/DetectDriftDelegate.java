package org.bpmnmlops.retraining;

import static org.bpmnmlops.process.PipelineErrors.NO_REFERENCE;
import static org.bpmnmlops.process.RetrainingVariables.DRIFTED_COLUMNS;
import static org.bpmnmlops.process.RetrainingVariables.DRIFTED_NAMES;
import static org.bpmnmlops.process.RetrainingVariables.DRIFT_SHARE;
import static org.bpmnmlops.registry.RegistryParameters.MODEL_NAME;
import static org.bpmnmlops.retraining.RetrainingParameters.DRIFT_DAYS;

import java.time.Duration;
import java.util.List;
import org.bpmnmlops.monitoring.NoReferenceException;
import org.bpmnmlops.process.Step;
import org.bpmnmlops.process.StepDeclaration;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** Service task "Detect drift": compares what is predicted on with what was learned from. */
@Component
class DetectDriftDelegate implements Step {

  private final ChampionDrift check;

  DetectDriftDelegate(ChampionDrift check) {
    this.check = check;
  }

  @Override
  public void execute(DelegateExecution execution) {
    try {
      var drift =
          check.check(MODEL_NAME.get(execution), Duration.ofDays(DRIFT_DAYS.get(execution)));
      DRIFT_SHARE.set(
          execution, drift.driftShare().isPresent() ? drift.driftShare().getAsDouble() : null);
      DRIFTED_COLUMNS.set(execution, (long) drift.driftedColumns());
      DRIFTED_NAMES.set(execution, String.join(", ", ChampionDrift.drifted(drift)));
    } catch (NoReferenceException | NoChampionException e) {
      throw NO_REFERENCE.because(e);
    }
  }

  @Override
  public StepDeclaration declaration() {
    return new StepDeclaration(
        "Detect drift",
        "Compares the rows predicted on with the rows the champion was made of.",
        List.of(MODEL_NAME, DRIFT_DAYS),
        List.of(DRIFT_SHARE, DRIFTED_COLUMNS, DRIFTED_NAMES),
        List.of(NO_REFERENCE));
  }
}
