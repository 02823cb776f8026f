package org.bpmnmlops.engine;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.bpmnmlops.log.LogContext;
import org.bpmnmlops.log.RunLogging;
import org.bpmnmlops.process.PipelineVariables;
import org.bpmnmlops.process.ProcessVariable;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.persistence.entity.JobEntity;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells in the run's log that a step begins, in which attempt, and what it came to. */
final class StepLog {

  private static final Logger LOG = LoggerFactory.getLogger(RunLogging.STEPS);
  private static final Logger HANDLED = LoggerFactory.getLogger(StepLog.class);

  private final String attemptsVariable;
  private final List<ProcessVariable<?>> outputs;

  /**
   * @param outputs variables the step sets; none where it is no step of ours, such as a mail
   */
  StepLog(String activityId, List<ProcessVariable<?>> outputs) {
    this.attemptsVariable = AttemptListeners.attemptsVariable(activityId);
    this.outputs = List.copyOf(outputs);
  }

  void begin(DelegateExecution execution) {
    long attempt = attempt(execution);
    LogContext.begin(execution.getProcessInstanceId(), execution.getCurrentActivityId(), attempt);
    LOG.info("{}: attempt {}", execution.getCurrentActivityName(), attempt);
  }

  void end(DelegateExecution execution) {
    if (execution.isCanceled()) {
      // Cancelled, or left by a boundary event, which tells why in this step's name.
      return;
    }
    String results =
        outputs.stream()
            .map(output -> shown(output.name(), execution.getVariable(output.name())))
            .filter(Objects::nonNull)
            .collect(Collectors.joining(", "));
    LOG.info(
        "{}: done{}", execution.getCurrentActivityName(), results.isEmpty() ? "" : ": " + results);
    LogContext.end();
  }

  /** The boundary event of a sub-process: a step in it failed, and the diagram handles it. */
  static void failed(DelegateExecution execution) {
    LogContext.inLastStepOf(
        execution.getProcessInstanceId(),
        () ->
            HANDLED.warn(
                "{}: {}",
                execution.getCurrentActivityName(),
                execution.getVariable(PipelineVariables.FAILURE_MESSAGE.name())));
  }

  private static String shown(String name, Object value) {
    return value == null ? null : name + " " + value;
  }

  /** Rounds of the retry loop in the diagram, and the engine's own retries of this round. */
  private long attempt(DelegateExecution execution) {
    long rounds =
        execution.getVariable(attemptsVariable) instanceof Number count ? count.longValue() : 1;
    return rounds + failuresOf(Context.getCommandContext());
  }

  private static long failuresOf(CommandContext context) {
    JobEntity job = context.getCurrentJob();
    if (job == null || job.getExceptionByteArrayId() == null) {
      return 0;
    }
    return context.runWithoutAuthorization(
        () ->
            context
                .getProcessEngineConfiguration()
                .getHistoryService()
                .createHistoricJobLogQuery()
                .jobId(job.getId())
                .failureLog()
                .count());
  }
}
