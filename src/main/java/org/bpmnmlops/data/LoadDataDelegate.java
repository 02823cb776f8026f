package org.bpmnmlops.data;

import static org.bpmnmlops.data.DataParameters.DATASET;
import static org.bpmnmlops.data.DataParameters.EXCLUDE;
import static org.bpmnmlops.data.DataParameters.POSITIVE_ABOVE;
import static org.bpmnmlops.data.DataParameters.TARGET;
import static org.bpmnmlops.process.PipelineErrors.DATA_INVALID;
import static org.bpmnmlops.process.PipelineErrors.DATA_NOT_READY;
import static org.bpmnmlops.process.PipelineVariables.COLUMNS;
import static org.bpmnmlops.process.PipelineVariables.DATA_HASH;
import static org.bpmnmlops.process.PipelineVariables.ROWS;
import static org.bpmnmlops.process.PipelineVariables.SCHEMA;

import java.util.List;
import org.bpmnmlops.process.RunParameters;
import org.bpmnmlops.process.Step;
import org.bpmnmlops.process.StepDeclaration;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** Service task "Load data": reads the data set and refuses what cannot be trained on. */
@Component
class LoadDataDelegate implements Step {

  private final DataLoader loader;

  LoadDataDelegate(DataLoader loader) {
    this.loader = loader;
  }

  @Override
  public void execute(DelegateExecution execution) {
    try {
      var data =
          loader.load(
              execution.getProcessInstanceId(),
              RunParameters.withDate(DATASET.get(execution), execution),
              TARGET.get(execution),
              POSITIVE_ABOVE.find(execution),
              DataParameters.list(EXCLUDE.find(execution)));
      ROWS.set(execution, data.rows());
      COLUMNS.set(execution, data.columns());
      DATA_HASH.set(execution, data.sha256());
      SCHEMA.set(execution, data.schema());
    } catch (DatasetNotReadyException e) {
      throw DATA_NOT_READY.because(e);
    } catch (InvalidDataException e) {
      throw DATA_INVALID.because(e);
    }
  }

  @Override
  public StepDeclaration declaration() {
    return new StepDeclaration(
        "Load data",
        "Reads the data set, decides the columns' types and refuses what cannot be trained on.",
        List.of(DATASET, TARGET, POSITIVE_ABOVE, EXCLUDE),
        List.of(ROWS, COLUMNS, DATA_HASH, SCHEMA),
        List.of(DATA_NOT_READY, DATA_INVALID));
  }
}
