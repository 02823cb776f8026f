package org.bpmnmlops.monitoring;

import static org.bpmnmlops.process.MonitoringVariables.DATASET_DRIFT;
import static org.bpmnmlops.process.MonitoringVariables.DRIFTED_COLUMNS;
import static org.bpmnmlops.process.MonitoringVariables.DRIFT_REPORT;
import static org.bpmnmlops.process.MonitoringVariables.DRIFT_SHARE;
import static org.bpmnmlops.process.MonitoringVariables.DRIFT_SUMMARY;
import static org.bpmnmlops.process.MonitoringVariables.DRIFT_VERDICT;
import static org.bpmnmlops.process.MonitoringVariables.JUDGED_COLUMNS;
import static org.bpmnmlops.registry.RegistryParameters.MODEL_NAME;

import java.util.ArrayList;
import java.util.List;
import org.bpmnmlops.drift.DriftParameters;
import org.bpmnmlops.process.Parameter;
import org.bpmnmlops.process.RecordedParameters;
import org.bpmnmlops.process.Step;
import org.bpmnmlops.process.StepDeclaration;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** Service task "Drift report". */
@Component
class DriftReportDelegate implements Step {

  private final MonitoringReports reports;

  DriftReportDelegate(MonitoringReports reports) {
    this.reports = reports;
  }

  @Override
  public void execute(DelegateExecution execution) {
    var drift =
        reports.drift(
            ReportTask.of(execution.getProcessInstanceId(), RecordedParameters.with(execution)),
            RecordedParameters.with(execution));
    DRIFT_REPORT.set(execution, drift.written().reference());
    DRIFT_VERDICT.set(execution, drift.written().verdict().text());
    DRIFT_SUMMARY.set(execution, drift.written().sentence());
    DRIFT_SHARE.set(execution, drift.driftShare());
    DRIFTED_COLUMNS.set(execution, (long) drift.driftedColumns());
    JUDGED_COLUMNS.set(execution, (long) drift.judgedColumns());
    DATASET_DRIFT.set(execution, drift.datasetDrift());
  }

  @Override
  public StepDeclaration declaration() {
    List<Parameter<?>> parameters = new ArrayList<>(DriftParameters.all());
    parameters.add(0, MODEL_NAME);
    return new StepDeclaration(
        "Drift report",
        "Compares the distribution of every column with the reference.",
        parameters,
        List.of(
            DRIFT_REPORT,
            DRIFT_VERDICT,
            DRIFT_SUMMARY,
            DRIFT_SHARE,
            DRIFTED_COLUMNS,
            JUDGED_COLUMNS,
            DATASET_DRIFT),
        List.of());
  }
}
