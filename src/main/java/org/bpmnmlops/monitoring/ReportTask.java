package org.bpmnmlops.monitoring;

import static org.bpmnmlops.process.MonitoringVariables.FINDINGS;
import static org.bpmnmlops.process.MonitoringVariables.REPORTED_AT;
import static org.bpmnmlops.process.MonitoringVariables.WINDOW_FROM;
import static org.bpmnmlops.process.MonitoringVariables.WINDOW_TO;
import static org.bpmnmlops.process.PipelineVariables.MODEL_VERSION;
import static org.bpmnmlops.registry.RegistryParameters.MODEL_NAME;

import java.time.Instant;
import java.util.Map;
import org.bpmnmlops.report.ReportSubject;

/**
 * What Check data fixed for the three reports.
 *
 * @param reportedAt the second they are named by
 * @param from earliest prediction to look at
 * @param to end of the predictions to look at
 * @param findings reference to what was found about the production file
 */
record ReportTask(
    String run,
    String model,
    int version,
    Instant reportedAt,
    Instant from,
    Instant to,
    String findings) {

  /**
   * @param variables of the run
   */
  static ReportTask of(String run, Map<String, Object> variables) {
    return new ReportTask(
        run,
        MODEL_NAME.check(variables.get(MODEL_NAME.name())).orElseThrow(),
        ((Number) variables.get(MODEL_VERSION.name())).intValue(),
        moment(variables, REPORTED_AT.name()),
        moment(variables, WINDOW_FROM.name()),
        moment(variables, WINDOW_TO.name()),
        String.valueOf(variables.get(FINDINGS.name())));
  }

  private static Instant moment(Map<String, Object> variables, String name) {
    return Instant.parse(String.valueOf(variables.get(name)));
  }

  ReportSubject subject() {
    return new ReportSubject(model, version, reportedAt, from, to, run);
  }
}
