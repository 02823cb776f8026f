package org.bpmnmlops.promotion;

import static org.bpmnmlops.process.RetrainingVariables.ARCHIVED_ROWS;
import static org.bpmnmlops.process.RetrainingVariables.ARCHIVE_FILE;

import java.util.List;
import org.bpmnmlops.process.Step;
import org.bpmnmlops.process.StepDeclaration;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** Service task "Put production data back": undoes Archive production data. */
@Component
class PutProductionDataBackDelegate implements Step {

  private final ProductionArchive archive;

  PutProductionDataBackDelegate(ProductionArchive archive) {
    this.archive = archive;
  }

  @Override
  public void execute(DelegateExecution execution) {
    archive.putBack(execution.getProcessInstanceId());
    ARCHIVED_ROWS.set(execution, 0L);
    ARCHIVE_FILE.set(execution, "");
  }

  @Override
  public StepDeclaration declaration() {
    return new StepDeclaration(
        "Put production data back",
        "Makes the archived rows production data again and deletes their export.",
        List.of(),
        List.of(ARCHIVED_ROWS, ARCHIVE_FILE),
        List.of());
  }
}
