package org.bpmnmlops.promotion;

import static org.bpmnmlops.process.PipelineVariables.PREPROCESSED_DATA;
import static org.bpmnmlops.process.PipelineVariables.SEPARATION;
import static org.bpmnmlops.process.RetrainingVariables.ARCHIVED_ROWS;
import static org.bpmnmlops.process.RetrainingVariables.ARCHIVE_FILE;
import static org.bpmnmlops.registry.RegistryParameters.MODEL_NAME;

import java.util.List;
import org.bpmnmlops.process.Step;
import org.bpmnmlops.process.StepDeclaration;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** Service task "Archive production data": the rows of this run join the reference. */
@Component
class ArchiveProductionDataDelegate implements Step {

  private final ProductionArchive archive;

  ArchiveProductionDataDelegate(ProductionArchive archive) {
    this.archive = archive;
  }

  @Override
  public void execute(DelegateExecution execution) {
    var archived =
        archive.archive(
            execution.getProcessInstanceId(),
            MODEL_NAME.get(execution),
            PREPROCESSED_DATA.get(execution),
            SEPARATION.get(execution));
    ARCHIVED_ROWS.set(execution, (long) archived.rows());
    ARCHIVE_FILE.set(execution, archived.file());
  }

  @Override
  public StepDeclaration declaration() {
    return new StepDeclaration(
        "Archive production data",
        "Exports the production rows the model learned from; they join the reference.",
        List.of(MODEL_NAME),
        List.of(ARCHIVED_ROWS, ARCHIVE_FILE),
        List.of());
  }
}
