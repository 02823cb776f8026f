package org.bpmnmlops.retraining;

import static org.bpmnmlops.data.DataParameters.EARLIER_SEPARATION;
import static org.bpmnmlops.data.DataParameters.MERGED_DATA;
import static org.bpmnmlops.data.DataParameters.SEED;
import static org.bpmnmlops.data.DataParameters.TEST_SHARE;
import static org.bpmnmlops.process.PipelineErrors.DATA_INVALID;
import static org.bpmnmlops.process.PipelineVariables.DATA_HASH;
import static org.bpmnmlops.process.RetrainingVariables.CHAMPION_VERSION;
import static org.bpmnmlops.process.RetrainingVariables.MERGED_VERSION;
import static org.bpmnmlops.process.RetrainingVariables.NEW_ROWS;
import static org.bpmnmlops.process.RetrainingVariables.REASON;
import static org.bpmnmlops.process.RetrainingVariables.REFERENCE_ROWS;
import static org.bpmnmlops.process.RetrainingVariables.TRAINED_BEFORE;
import static org.bpmnmlops.registry.RegistryParameters.MODEL_NAME;
import static org.bpmnmlops.retraining.RetrainingParameters.DROP_EQUAL_ROWS;
import static org.bpmnmlops.retraining.RetrainingParameters.FORCED;
import static org.bpmnmlops.retraining.RetrainingParameters.REFERENCE_WINDOW;

import java.util.List;
import org.bpmnmlops.data.InvalidDataException;
import org.bpmnmlops.data.ReferenceWindow;
import org.bpmnmlops.process.ProcessVariable;
import org.bpmnmlops.process.Step;
import org.bpmnmlops.process.StepDeclaration;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** Service task "Merge data": the champion's rows and the labelled rows from production. */
@Component
class MergeDataDelegate implements Step {

  static final ProcessVariable<String> TARGET =
      ProcessVariable.text("mergedTarget", "Column to predict, as the champion does.");

  private final ProductionMerge merge;

  MergeDataDelegate(ProductionMerge merge) {
    this.merge = merge;
  }

  @Override
  public void execute(DelegateExecution execution) {
    try {
      var merged =
          merge.merge(
              execution.getProcessInstanceId(),
              MODEL_NAME.get(execution),
              CHAMPION_VERSION.get(execution).intValue(),
              new ProductionMerge.Wishes(
                  ReferenceWindow.parse(REFERENCE_WINDOW.get(execution)),
                  TEST_SHARE.get(execution),
                  SEED.get(execution),
                  DROP_EQUAL_ROWS.get(execution),
                  FORCED.get(execution)));
      MERGED_DATA.set(execution, merged.rows().rows());
      EARLIER_SEPARATION.set(execution, merged.rows().sides());
      DATA_HASH.set(execution, merged.rows().sha256());
      TARGET.set(execution, merged.target());
      REFERENCE_ROWS.set(execution, (long) merged.rows().referenceRows());
      NEW_ROWS.set(execution, (long) merged.rows().newRows());
      MERGED_VERSION.set(execution, CHAMPION_VERSION.get(execution));
      TRAINED_BEFORE.set(execution, merged.trainedBefore().isPresent());
      merged
          .trainedBefore()
          .ifPresent(run -> REASON.set(execution, "Run %s trained on these rows".formatted(run)));
    } catch (InvalidDataException e) {
      throw DATA_INVALID.because(e);
    }
  }

  @Override
  public StepDeclaration declaration() {
    return new StepDeclaration(
        "Merge data",
        "Brings together the champion's rows and the labelled rows from production.",
        List.of(MODEL_NAME, REFERENCE_WINDOW, TEST_SHARE, SEED, DROP_EQUAL_ROWS, FORCED),
        List.of(
            MERGED_DATA,
            EARLIER_SEPARATION,
            DATA_HASH,
            TARGET,
            REFERENCE_ROWS,
            NEW_ROWS,
            MERGED_VERSION,
            TRAINED_BEFORE,
            REASON),
        List.of(DATA_INVALID));
  }
}
