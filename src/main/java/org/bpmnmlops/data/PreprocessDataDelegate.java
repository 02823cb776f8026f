package org.bpmnmlops.data;

import static org.bpmnmlops.data.DataParameters.DATASET;
import static org.bpmnmlops.data.DataParameters.DROP_DUPLICATES;
import static org.bpmnmlops.data.DataParameters.EXCLUDE;
import static org.bpmnmlops.data.DataParameters.INCLUDE;
import static org.bpmnmlops.data.DataParameters.INTERACTIONS;
import static org.bpmnmlops.data.DataParameters.MERGED_DATA;
import static org.bpmnmlops.data.DataParameters.MISSING;
import static org.bpmnmlops.data.DataParameters.POSITIVE_ABOVE;
import static org.bpmnmlops.data.DataParameters.TARGET;
import static org.bpmnmlops.data.DataParameters.list;
import static org.bpmnmlops.process.PipelineErrors.DATA_INVALID;
import static org.bpmnmlops.process.PipelineVariables.DATA_HASH;
import static org.bpmnmlops.process.PipelineVariables.DROPPED_BECAUSE;
import static org.bpmnmlops.process.PipelineVariables.DROPPED_ROWS;
import static org.bpmnmlops.process.PipelineVariables.LEFT_OUT_COLUMNS;
import static org.bpmnmlops.process.PipelineVariables.PREPROCESSED_DATA;
import static org.bpmnmlops.process.PipelineVariables.SCHEMA;

import java.util.List;
import org.bpmnmlops.process.RunParameters;
import org.bpmnmlops.process.Step;
import org.bpmnmlops.process.StepDeclaration;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/**
 * Service task "Preprocess data": does what can be done row by row and writes the rows. With the
 * variable {@code mergedData} they are those of a retraining, prepared as the champion's are.
 */
@Component
class PreprocessDataDelegate implements Step {

  private final DataPreprocessor preprocessor;

  PreprocessDataDelegate(DataPreprocessor preprocessor) {
    this.preprocessor = preprocessor;
  }

  @Override
  public void execute(DelegateExecution execution) {
    try {
      var merged = MERGED_DATA.find(execution);
      var data =
          merged.isPresent()
              ? preprocessor.preprocessMerged(
                  execution.getProcessInstanceId(), merged.get(), DROP_DUPLICATES.get(execution))
              : preprocess(execution);
      PREPROCESSED_DATA.set(execution, data.reference());
      DROPPED_ROWS.set(execution, data.droppedRows());
      DROPPED_BECAUSE.tell(execution, data.droppedBecause());
      LEFT_OUT_COLUMNS.tell(execution, data.leftOutColumns());
    } catch (DatasetNotReadyException | InvalidDataException e) {
      throw DATA_INVALID.because(e);
    }
  }

  private DataPreprocessor.PreprocessedData preprocess(DelegateExecution execution) {
    return preprocessor.preprocess(
        execution.getProcessInstanceId(),
        new DataPreprocessor.Source(
            RunParameters.withDate(DATASET.get(execution), execution),
            DATA_HASH.get(execution),
            SCHEMA.get(execution)),
        TARGET.get(execution),
        POSITIVE_ABOVE.find(execution),
        new PreparationPlanner.Wishes(
            MISSING.get(execution),
            list(INTERACTIONS.find(execution)),
            list(INCLUDE.find(execution)),
            list(EXCLUDE.find(execution))),
        DROP_DUPLICATES.get(execution));
  }

  @Override
  public StepDeclaration declaration() {
    return new StepDeclaration(
        "Preprocess data",
        "Leaves out rows and columns, multiplies columns, and writes the rows to learn from.",
        List.of(
            DATASET,
            TARGET,
            POSITIVE_ABOVE,
            MISSING,
            DROP_DUPLICATES,
            INTERACTIONS,
            INCLUDE,
            EXCLUDE),
        List.of(PREPROCESSED_DATA, DROPPED_ROWS, DROPPED_BECAUSE, LEFT_OUT_COLUMNS),
        List.of(DATA_INVALID));
  }
}
