package org.bpmnmlops.monitoring;

import static org.bpmnmlops.monitoring.MonitoringParameters.KEEP_REPORTS;
import static org.bpmnmlops.process.MonitoringVariables.DELETED_REPORTS;
import static org.bpmnmlops.registry.RegistryParameters.MODEL_NAME;

import java.util.List;
import org.bpmnmlops.process.Step;
import org.bpmnmlops.process.StepDeclaration;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** Service task "Clean up old reports". */
@Component
class CleanUpOldReportsDelegate implements Step {

  private final ReportStore store;

  CleanUpOldReportsDelegate(ReportStore store) {
    this.store = store;
  }

  @Override
  public void execute(DelegateExecution execution) {
    int deleted = store.cleanUp(MODEL_NAME.get(execution), KEEP_REPORTS.get(execution).intValue());
    DELETED_REPORTS.set(execution, (long) deleted);
  }

  @Override
  public StepDeclaration declaration() {
    return new StepDeclaration(
        "Clean up old reports",
        "Keeps the newest reports of each kind, HTML and JSON together, and deletes older ones.",
        List.of(MODEL_NAME, KEEP_REPORTS),
        List.of(DELETED_REPORTS),
        List.of());
  }
}
