package org.bpmnmlops.engine;

import org.bpmnmlops.log.LogContext;
import org.bpmnmlops.process.PipelineVariables;
import org.bpmnmlops.process.StepFaults;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts the attempts of one step with a retry loop: {@code attempts_loadData} is 1 when the first
 * fails, and one more each time its wait timer leads back to the step; continuing from the step by
 * hand begins at 1 again. {@code fault_loadData} says what went wrong last, until the step
 * succeeds.
 */
final class AttemptListeners {

  /** Marks an activity that has its listeners already: it may carry several boundary events. */
  static final String COUNTED = "mlopsAttemptsCounted";

  private static final String ATTEMPTS = "attempts_";
  private static final String AGAIN = "again_";
  private static final Logger LOG = LoggerFactory.getLogger(AttemptListeners.class);

  private final String attemptsVariable;
  private final String againVariable;
  private final String faultVariable;

  AttemptListeners(String activityId) {
    String step = activityId.substring(activityId.indexOf('_') + 1);
    attemptsVariable = attemptsVariable(activityId);
    againVariable = AGAIN + step;
    faultVariable = StepFaults.variable(step);
  }

  static String attemptsVariable(String activityId) {
    return ATTEMPTS + activityId.substring(activityId.indexOf('_') + 1);
  }

  /** Whether a run counts by it. */
  static boolean isVariable(String name) {
    return name.startsWith(ATTEMPTS) || name.startsWith(AGAIN);
  }

  String faultVariable() {
    return faultVariable;
  }

  /** The wait is over: the next beginning is another attempt, not a new start. */
  void again(DelegateExecution execution) {
    if (!execution.isCanceled()) {
      execution.setVariable(againVariable, true);
    }
  }

  void begin(DelegateExecution execution) {
    if (execution.getVariable(againVariable) != null) {
      execution.removeVariable(againVariable);
      execution.setVariable(attemptsVariable, attempts(execution) + 1);
    } else if (execution.hasVariable(attemptsVariable)) {
      execution.setVariable(attemptsVariable, 1L);
    }
  }

  private long attempts(DelegateExecution execution) {
    return execution.getVariable(attemptsVariable) instanceof Number count ? count.longValue() : 1;
  }

  /** The log tells what the diagram handles; nobody is alerted. */
  void fault(DelegateExecution execution) {
    execution.setVariable(attemptsVariable, attempts(execution));
    Object message =
        execution.hasVariable(faultVariable)
            ? execution.getVariable(faultVariable)
            : execution.getVariable(PipelineVariables.FAILURE_MESSAGE.name());
    LogContext.inLastStepOf(
        execution.getProcessInstanceId(),
        () ->
            LOG.warn(
                "Attempt {}: {} ({})",
                attempts(execution),
                execution.getCurrentActivityName(),
                message));
  }

  void end(DelegateExecution execution) {
    if (!execution.isCanceled() && execution.hasVariable(faultVariable)) {
      execution.removeVariable(faultVariable);
    }
  }
}
