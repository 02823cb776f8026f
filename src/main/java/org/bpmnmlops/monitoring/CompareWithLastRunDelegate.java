package org.bpmnmlops.monitoring;

import static org.bpmnmlops.monitoring.MonitoringParameters.SUMMARY_MAIL;
import static org.bpmnmlops.process.MonitoringVariables.DRIFT_VERDICT;
import static org.bpmnmlops.process.MonitoringVariables.PERFORMANCE_VERDICT;
import static org.bpmnmlops.process.MonitoringVariables.QUALITY_VERDICT;
import static org.bpmnmlops.process.MonitoringVariables.SUMMARY_DUE;
import static org.bpmnmlops.process.MonitoringVariables.VERDICT;
import static org.bpmnmlops.process.MonitoringVariables.VERDICT_CHANGE;
import static org.bpmnmlops.registry.RegistryParameters.MODEL_NAME;

import java.util.List;
import org.bpmnmlops.process.Step;
import org.bpmnmlops.process.StepDeclaration;
import org.bpmnmlops.wording.Verdict;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** Service task "Compare with last run": one verdict, and whether people are told of it. */
@Component
class CompareWithLastRunDelegate implements Step {

  private final MonitoringLog log;

  CompareWithLastRunDelegate(MonitoringLog log) {
    this.log = log;
  }

  @Override
  public void execute(DelegateExecution execution) {
    String run = execution.getProcessInstanceId();
    var verdicts =
        new Verdicts(
            Verdict.of(QUALITY_VERDICT.get(execution)),
            Verdict.of(DRIFT_VERDICT.get(execution)),
            Verdict.of(PERFORMANCE_VERDICT.get(execution)));
    var told = log.lastTold(run, MODEL_NAME.get(execution));
    String change = told.map(last -> verdicts.changeSince(last.verdicts())).orElse(null);
    boolean due =
        SUMMARY_MAIL.get(execution).equals(MonitoringParameters.ALWAYS)
            || (change != null && !change.isEmpty())
            || log.isFirstOfDay(told);
    log.conclude(run, verdicts.text(), due);
    VERDICT.set(execution, verdicts.worst().text());
    VERDICT_CHANGE.set(execution, change);
    SUMMARY_DUE.set(execution, due);
  }

  @Override
  public StepDeclaration declaration() {
    return new StepDeclaration(
        "Compare with last run",
        "Sums the reports up in one verdict and decides whether a summary is due.",
        List.of(MODEL_NAME, SUMMARY_MAIL),
        List.of(VERDICT, VERDICT_CHANGE, SUMMARY_DUE),
        List.of());
  }
}
