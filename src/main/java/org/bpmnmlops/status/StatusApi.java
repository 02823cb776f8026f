package org.bpmnmlops.status;

import static org.bpmnmlops.process.PipelineErrors.STATUS_FAILED;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import org.bpmnmlops.process.ForModels;
import org.bpmnmlops.process.PipelineVariables;
import org.bpmnmlops.process.RunParameters;
import org.camunda.bpm.engine.delegate.BpmnError;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.history.HistoricProcessInstance;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.camunda.bpm.engine.variable.Variables;
import org.camunda.bpm.engine.variable.value.StringValue;
import org.springframework.stereotype.Component;

/**
 * What a model's call of the status API is made of, as expressions of the http-connector: {@code
 * ${statusApi.url()}}, {@code ${statusApi.headers(execution)}}, {@code
 * ${statusApi.report(execution, 'success')}} and, of the answer, {@code
 * ${statusApi.answer(statusCode, response)}}. The package's description shows the whole task.
 */
@Component
@ForModels
public class StatusApi {

  static final String IDEMPOTENCY_KEY = "Idempotency-Key";

  private final StatusServer server;
  private final ObjectMapper json;
  private final Clock clock;

  StatusApi(StatusServer server, ObjectMapper json, Clock clock) {
    this.server = server;
    this.json = json;
    this.clock = clock;
  }

  /** Where runs report to: this server itself, or {@code MLOPS_STATUS_URL}. */
  public String url() {
    return server.url();
  }

  /**
   * The headers of a report. The idempotency key is the run and the step, so a report that is sent
   * again, after a crash or by a retry loop, counts once. The login is added when the call is made,
   * and only to this address; it is no variable.
   */
  public Map<String, String> headers(DelegateExecution execution) {
    return Map.of(
        "Content-Type",
        "application/json",
        "Accept",
        "application/json",
        IDEMPOTENCY_KEY,
        execution.getProcessInstanceId() + "/" + execution.getCurrentActivityId());
  }

  /**
   * The report of the run that makes the call, with its accuracy as soon as that is known.
   *
   * @param status {@code running}, {@code success} or {@code failed}
   */
  public String report(DelegateExecution execution, String status) {
    String run = execution.getProcessInstanceId();
    return write(
        report(
            pipeline(execution),
            status,
            Optional.ofNullable(execution.getProcessBusinessKey()).orElse(run),
            PipelineVariables.ACCURACY.find(execution),
            executionDate(execution, RunParameters.LOGICAL_DATE.find(execution), run)));
  }

  /**
   * The report of a cancelled run, {@code failed}, by the process that is started with the
   * variables of {@link CancelledRun}; its accuracy, where it had one, is read from its history.
   */
  public String cancelled(DelegateExecution execution) {
    String run = CancelledRun.RUN.get(execution);
    return write(
        report(
            CancelledRun.PIPELINE.get(execution),
            "failed",
            CancelledRun.BUSINESS_KEY.find(execution).orElse(run),
            pastAccuracy(execution, run),
            executionDate(execution, CancelledRun.LOGICAL_DATE.find(execution), run)));
  }

  /**
   * Checks what the status API answered.
   *
   * @return the answer's {@code status}, {@code updated}; as a variable it is not kept, for it says
   *     nothing else
   * @throws BpmnError STATUS_FAILED for anything but a 2xx with a JSON object that says so; the
   *     service this one replaces answers 200 with {@code {"status":"error"}} to what it cannot
   *     read
   */
  public StringValue answer(Integer statusCode, String response) {
    if (statusCode < 200 || statusCode > 299) {
      throw STATUS_FAILED.because(StatusFailedException.refused(server, statusCode, response));
    }
    try {
      JsonNode status = json.readTree(response == null ? "" : response).path("status");
      if (status.asText().equals("updated")) {
        return Variables.stringValue(status.asText(), true);
      }
    } catch (JsonProcessingException e) {
      throw notUnderstood(statusCode, response, e);
    }
    throw notUnderstood(statusCode, response, null);
  }

  private BpmnError notUnderstood(int statusCode, String response, Exception cause) {
    return STATUS_FAILED.because(
        StatusFailedException.notUnderstood(server, statusCode, response, cause));
  }

  private static StatusReport report(
      String pipeline, String status, String run, Optional<Double> accuracy, Instant date) {
    return new StatusReport(
        pipeline,
        status,
        run,
        accuracy.orElse(null),
        date.toString(),
        date.atZone(ZoneOffset.UTC).toLocalDate().toString());
  }

  private static String pipeline(DelegateExecution execution) {
    ProcessDefinition definition =
        execution
            .getProcessEngineServices()
            .getRepositoryService()
            .getProcessDefinition(execution.getProcessDefinitionId());
    return definition.getKey();
  }

  /** A run whose start is not committed yet is in no history: it starts now. */
  private Instant executionDate(
      DelegateExecution execution, Optional<String> logicalDate, String run) {
    if (logicalDate.isPresent()) {
      return LocalDate.parse(logicalDate.get()).atStartOfDay(ZoneOffset.UTC).toInstant();
    }
    HistoricProcessInstance history =
        execution
            .getProcessEngineServices()
            .getHistoryService()
            .createHistoricProcessInstanceQuery()
            .processInstanceId(run)
            .singleResult();
    return history == null
        ? clock.instant().truncatedTo(ChronoUnit.MILLIS)
        : history.getStartTime().toInstant();
  }

  private static Optional<Double> pastAccuracy(DelegateExecution execution, String run) {
    return Optional.ofNullable(
            execution
                .getProcessEngineServices()
                .getHistoryService()
                .createHistoricVariableInstanceQuery()
                .processInstanceId(run)
                .activityInstanceIdIn(run)
                .variableName(PipelineVariables.ACCURACY.name())
                .singleResult())
        .map(accuracy -> (Double) accuracy.getValue());
  }

  private String write(StatusReport report) {
    try {
      return json.writeValueAsString(report);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A status report is always JSON", e);
    }
  }
}
