package org.bpmnmlops.engine;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.bpmnmlops.process.PipelineVariables;
import org.bpmnmlops.process.RunParameters;
import org.bpmnmlops.process.StepFaults;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;

/**
 * A run that goes on, from a step somebody chose, where another one ended. It begins with that
 * run's variables, and what they refer to stays where it is.
 */
final class RestartedRun {

  /** For whoever looks at the run: the id of the one it goes on from. */
  static final String VARIABLE = "restartedFrom";

  private static final String BEGINS = "restartBegins";

  private static final List<String> OVER =
      List.of(
          BEGINS, PipelineVariables.FAILURE_CODE.name(), PipelineVariables.FAILURE_MESSAGE.name());

  private RestartedRun() {}

  /** Whether a run that goes on from another one is known by it. */
  static boolean isVariable(String name) {
    return name.equals(VARIABLE) || name.equals(BEGINS);
  }

  /** The run that this one goes on from; empty for every other start. */
  static Optional<String> of(DelegateExecution execution) {
    return Optional.ofNullable(((ExecutionEntity) execution).getRestartedProcessInstanceId());
  }

  /** The day the earlier run stood for, which this one makes up for. */
  static Optional<LocalDate> logicalDate(String earlier) {
    return Context.getProcessEngineConfiguration()
        .getHistoryService()
        .createHistoricVariableInstanceQuery()
        .processInstanceId(earlier)
        .variableName(RunParameters.LOGICAL_DATE.name())
        .list()
        .stream()
        .findFirst()
        .flatMap(variable -> RunParameters.LOGICAL_DATE.check(variable.getValue()))
        .map(LocalDate::parse);
  }

  /** The engine gives the run the earlier one's variables after this. */
  static void mark(DelegateExecution execution, String earlier) {
    execution.setVariable(VARIABLE, earlier);
    execution.setVariable(BEGINS, true);
  }

  /**
   * Runs when any activity starts. Before the first one, what the earlier run came to is forgotten:
   * it is no longer true of this one.
   */
  static void begin(DelegateExecution execution) {
    if (execution.hasVariable(BEGINS)) {
      execution.getVariableNames().stream()
          .filter(name -> OVER.contains(name) || StepFaults.isVariable(name))
          .forEach(execution::removeVariable);
    }
  }

  /** Whether it began at its end: what it found there is no success of its own. */
  static boolean didNothing(ExecutionEntity run) {
    return run.getVariable(VARIABLE) != null
        && Context.getProcessEngineConfiguration()
                .getHistoryService()
                .createHistoricActivityInstanceQuery()
                .processInstanceId(run.getProcessInstanceId())
                .finished()
                .count()
            == 0;
  }
}
