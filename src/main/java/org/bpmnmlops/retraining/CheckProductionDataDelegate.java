package org.bpmnmlops.retraining;

import static org.bpmnmlops.process.PipelineErrors.NO_CHAMPION;
import static org.bpmnmlops.process.RetrainingVariables.ACCURACY_DROP;
import static org.bpmnmlops.process.RetrainingVariables.ACCURACY_DROP_P_VALUE;
import static org.bpmnmlops.process.RetrainingVariables.CHAMPION_LABELLED_ROWS;
import static org.bpmnmlops.process.RetrainingVariables.CHAMPION_VERSION;
import static org.bpmnmlops.process.RetrainingVariables.DAYS_SINCE_TRAINING;
import static org.bpmnmlops.process.RetrainingVariables.NEW_LABELLED_ROWS;
import static org.bpmnmlops.process.RetrainingVariables.PRODUCTION_ACCURACY;
import static org.bpmnmlops.registry.RegistryParameters.MODEL_NAME;
import static org.bpmnmlops.retraining.RetrainingParameters.FORCED;

import java.util.List;
import org.bpmnmlops.process.Step;
import org.bpmnmlops.process.StepDeclaration;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** Service task "Check production data": what has happened since the champion was trained. */
@Component
class CheckProductionDataDelegate implements Step {

  private final ProductionCheck check;

  CheckProductionDataDelegate(ProductionCheck check) {
    this.check = check;
  }

  @Override
  public void execute(DelegateExecution execution) {
    try {
      var facts = check.check(MODEL_NAME.get(execution));
      CHAMPION_VERSION.set(execution, (long) facts.champion().version());
      NEW_LABELLED_ROWS.set(execution, facts.newLabelledRows());
      CHAMPION_LABELLED_ROWS.set(execution, facts.hits().rows());
      PRODUCTION_ACCURACY.set(execution, facts.accuracy());
      ACCURACY_DROP.set(execution, facts.drop());
      ACCURACY_DROP_P_VALUE.set(execution, facts.dropPValue());
      DAYS_SINCE_TRAINING.set(execution, facts.daysSinceTraining());
    } catch (NoChampionException e) {
      throw NO_CHAMPION.because(e);
    }
  }

  @Override
  public StepDeclaration declaration() {
    return new StepDeclaration(
        "Check production data",
        "Counts new outcomes and tests whether the champion's accuracy dropped.",
        List.of(MODEL_NAME, FORCED),
        List.of(
            CHAMPION_VERSION,
            NEW_LABELLED_ROWS,
            CHAMPION_LABELLED_ROWS,
            PRODUCTION_ACCURACY,
            ACCURACY_DROP,
            ACCURACY_DROP_P_VALUE,
            DAYS_SINCE_TRAINING),
        List.of(NO_CHAMPION));
  }
}
