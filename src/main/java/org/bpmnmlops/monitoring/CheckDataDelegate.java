package org.bpmnmlops.monitoring;

import static org.bpmnmlops.monitoring.MonitoringParameters.PRODUCTION_FILE;
import static org.bpmnmlops.monitoring.MonitoringParameters.WINDOW;
import static org.bpmnmlops.process.MonitoringVariables.FAILURE_TOLD_TODAY;
import static org.bpmnmlops.process.MonitoringVariables.FINDINGS;
import static org.bpmnmlops.process.MonitoringVariables.FINDING_COUNT;
import static org.bpmnmlops.process.MonitoringVariables.IMPORTED_ROWS;
import static org.bpmnmlops.process.MonitoringVariables.PRODUCTION_ROWS;
import static org.bpmnmlops.process.MonitoringVariables.REPORTED_AT;
import static org.bpmnmlops.process.MonitoringVariables.WINDOW_FROM;
import static org.bpmnmlops.process.MonitoringVariables.WINDOW_TO;
import static org.bpmnmlops.process.PipelineErrors.NO_REFERENCE;
import static org.bpmnmlops.process.PipelineErrors.PRODUCTION_DATA_INVALID;
import static org.bpmnmlops.process.PipelineVariables.MODEL_VERSION;
import static org.bpmnmlops.registry.RegistryParameters.MODEL_NAME;

import java.util.ArrayList;
import java.util.List;
import org.bpmnmlops.data.InvalidDataException;
import org.bpmnmlops.drift.DriftParameters;
import org.bpmnmlops.process.ErrorCode;
import org.bpmnmlops.process.Parameter;
import org.bpmnmlops.process.RecordedParameters;
import org.bpmnmlops.process.Step;
import org.bpmnmlops.process.StepDeclaration;
import org.camunda.bpm.engine.delegate.BpmnError;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** Service task "Check data": finds the reference and imports the production file. */
@Component
class CheckDataDelegate implements Step {

  private final DataCheck check;
  private final MonitoringLog log;

  CheckDataDelegate(DataCheck check, MonitoringLog log) {
    this.check = check;
    this.log = log;
  }

  @Override
  public void execute(DelegateExecution execution) {
    try {
      var data =
          check.check(
              execution.getProcessInstanceId(),
              MODEL_NAME.get(execution),
              PRODUCTION_FILE.get(execution),
              WINDOW.find(execution),
              RecordedParameters.with(execution));
      MODEL_VERSION.set(execution, (long) data.version());
      REPORTED_AT.set(execution, data.reportedAt().toString());
      WINDOW_FROM.set(execution, data.from().toString());
      WINDOW_TO.set(execution, data.to().toString());
      PRODUCTION_ROWS.set(execution, data.rows());
      IMPORTED_ROWS.set(execution, (long) data.imported());
      FINDINGS.set(execution, data.findings());
      FINDING_COUNT.set(execution, (long) data.findingCount());
    } catch (NoReferenceException e) {
      throw failure(execution, NO_REFERENCE, e);
    } catch (InvalidDataException e) {
      throw failure(execution, PRODUCTION_DATA_INVALID, e);
    }
  }

  /** Every six hours the same mail would help nobody. */
  private BpmnError failure(DelegateExecution execution, ErrorCode code, Exception cause) {
    BpmnError error = code.because(cause);
    FAILURE_TOLD_TODAY.set(
        execution,
        log.failureIsTold(execution.getProcessInstanceId(), code.code(), error.getMessage()));
    return error;
  }

  @Override
  public StepDeclaration declaration() {
    List<Parameter<?>> parameters = new ArrayList<>();
    parameters.add(MODEL_NAME);
    parameters.add(WINDOW);
    parameters.add(PRODUCTION_FILE);
    parameters.addAll(DriftParameters.all());
    return new StepDeclaration(
        "Check data",
        "Finds the live model and its rows, imports the production file once, and fixes the window.",
        parameters,
        List.of(
            MODEL_VERSION,
            REPORTED_AT,
            WINDOW_FROM,
            WINDOW_TO,
            PRODUCTION_ROWS,
            IMPORTED_ROWS,
            FINDINGS,
            FINDING_COUNT,
            FAILURE_TOLD_TODAY),
        List.of(NO_REFERENCE, PRODUCTION_DATA_INVALID));
  }
}
