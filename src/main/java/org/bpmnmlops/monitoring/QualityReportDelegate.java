package org.bpmnmlops.monitoring;

import static org.bpmnmlops.process.MonitoringVariables.QUALITY_REPORT;
import static org.bpmnmlops.process.MonitoringVariables.QUALITY_SUMMARY;
import static org.bpmnmlops.process.MonitoringVariables.QUALITY_VERDICT;
import static org.bpmnmlops.registry.RegistryParameters.MODEL_NAME;

import java.util.List;
import org.bpmnmlops.process.RecordedParameters;
import org.bpmnmlops.process.Step;
import org.bpmnmlops.process.StepDeclaration;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** Service task "Quality report". */
@Component
class QualityReportDelegate implements Step {

  private final MonitoringReports reports;

  QualityReportDelegate(MonitoringReports reports) {
    this.reports = reports;
  }

  @Override
  public void execute(DelegateExecution execution) {
    var written =
        reports.quality(
            ReportTask.of(execution.getProcessInstanceId(), RecordedParameters.with(execution)));
    QUALITY_REPORT.set(execution, written.reference());
    QUALITY_VERDICT.set(execution, written.verdict().text());
    QUALITY_SUMMARY.set(execution, written.sentence());
  }

  @Override
  public StepDeclaration declaration() {
    return new StepDeclaration(
        "Quality report",
        "Writes how complete and plausible the rows are, against the contract of the reference.",
        List.of(MODEL_NAME),
        List.of(QUALITY_REPORT, QUALITY_VERDICT, QUALITY_SUMMARY),
        List.of());
  }
}
