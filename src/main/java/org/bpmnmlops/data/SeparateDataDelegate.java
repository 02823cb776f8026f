package org.bpmnmlops.data;

import static org.bpmnmlops.data.DataParameters.EARLIER_SEPARATION;
import static org.bpmnmlops.data.DataParameters.POSITIVE_ABOVE;
import static org.bpmnmlops.data.DataParameters.SEED;
import static org.bpmnmlops.data.DataParameters.STRATIFIED;
import static org.bpmnmlops.data.DataParameters.TEST_SHARE;
import static org.bpmnmlops.process.PipelineErrors.DATA_INVALID;
import static org.bpmnmlops.process.PipelineVariables.PREPROCESSED_DATA;
import static org.bpmnmlops.process.PipelineVariables.SEPARATION;
import static org.bpmnmlops.process.PipelineVariables.TEST_ROWS;
import static org.bpmnmlops.process.PipelineVariables.TRAIN_ROWS;

import java.util.List;
import org.bpmnmlops.process.Step;
import org.bpmnmlops.process.StepDeclaration;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/**
 * Service task "Separate data": decides which rows are learned from and which are kept back. With
 * the variable {@code earlierSeparation} rows keep the side they have there.
 */
@Component
class SeparateDataDelegate implements Step {

  private final DataSeparator separator;

  SeparateDataDelegate(DataSeparator separator) {
    this.separator = separator;
  }

  @Override
  public void execute(DelegateExecution execution) {
    try {
      var rows =
          separator.separate(
              execution.getProcessInstanceId(),
              PREPROCESSED_DATA.get(execution),
              POSITIVE_ABOVE.find(execution),
              new DataSeparator.Settings(
                  TEST_SHARE.get(execution), SEED.get(execution), STRATIFIED.get(execution)),
              EARLIER_SEPARATION.find(execution));
      SEPARATION.set(execution, rows.reference());
      TRAIN_ROWS.set(execution, rows.trainRows());
      TEST_ROWS.set(execution, rows.testRows());
    } catch (InvalidDataException e) {
      throw DATA_INVALID.because(e);
    }
  }

  @Override
  public StepDeclaration declaration() {
    return new StepDeclaration(
        "Separate data",
        "Keeps a share of the rows back to evaluate the model, by a seeded hash of each row.",
        List.of(TEST_SHARE, SEED, STRATIFIED, POSITIVE_ABOVE),
        List.of(SEPARATION, TRAIN_ROWS, TEST_ROWS),
        List.of(DATA_INVALID));
  }
}
