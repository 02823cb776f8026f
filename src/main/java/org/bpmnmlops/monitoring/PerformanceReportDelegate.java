package org.bpmnmlops.monitoring;

import static org.bpmnmlops.process.MonitoringVariables.CURRENT_ACCURACY;
import static org.bpmnmlops.process.MonitoringVariables.LABELLED_ROWS;
import static org.bpmnmlops.process.MonitoringVariables.PERFORMANCE_REPORT;
import static org.bpmnmlops.process.MonitoringVariables.PERFORMANCE_SUMMARY;
import static org.bpmnmlops.process.MonitoringVariables.PERFORMANCE_VERDICT;
import static org.bpmnmlops.process.MonitoringVariables.REFERENCE_ACCURACY;
import static org.bpmnmlops.registry.RegistryParameters.MODEL_NAME;

import java.util.List;
import org.bpmnmlops.process.RecordedParameters;
import org.bpmnmlops.process.Step;
import org.bpmnmlops.process.StepDeclaration;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** Service task "Performance report". */
@Component
class PerformanceReportDelegate implements Step {

  private final MonitoringReports reports;

  PerformanceReportDelegate(MonitoringReports reports) {
    this.reports = reports;
  }

  @Override
  public void execute(DelegateExecution execution) {
    var performance =
        reports.performance(
            ReportTask.of(execution.getProcessInstanceId(), RecordedParameters.with(execution)));
    PERFORMANCE_REPORT.set(execution, performance.written().reference());
    PERFORMANCE_VERDICT.set(execution, performance.written().verdict().text());
    PERFORMANCE_SUMMARY.set(execution, performance.written().sentence());
    LABELLED_ROWS.set(execution, (long) performance.labelledRows());
    CURRENT_ACCURACY.set(execution, performance.currentAccuracy());
    REFERENCE_ACCURACY.set(execution, performance.referenceAccuracy());
  }

  @Override
  public StepDeclaration declaration() {
    return new StepDeclaration(
        "Performance report",
        "Measures the live version's predictions that have an outcome, beside the held-out rows.",
        List.of(MODEL_NAME),
        List.of(
            PERFORMANCE_REPORT,
            PERFORMANCE_VERDICT,
            PERFORMANCE_SUMMARY,
            LABELLED_ROWS,
            CURRENT_ACCURACY,
            REFERENCE_ACCURACY),
        List.of());
  }
}
