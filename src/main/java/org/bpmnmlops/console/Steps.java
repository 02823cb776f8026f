package org.bpmnmlops.console;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.bpmnmlops.console.EngineTables.Failure;
import org.bpmnmlops.console.EngineTables.Pending;
import org.bpmnmlops.console.EngineTables.Visit;
import org.bpmnmlops.console.PipelineModel.ModelStep;
import org.bpmnmlops.console.StepState.Try;
import org.bpmnmlops.notification.FailureAdvice;
import org.bpmnmlops.operation.RootCause;
import org.bpmnmlops.process.StepFaults;
import org.camunda.bpm.engine.ActivityTypes;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.history.HistoricVariableInstance;
import org.springframework.stereotype.Component;

/**
 * Works out where steps stand. A step is a job, so while it runs, or after an exception, the engine
 * has no record of the activity: only the job and the job's failures tell.
 */
@Component
class Steps {

  private static final String INCIDENT_ADVICE =
      "Mend the cause, then retry the step: the run goes on from here and nothing that succeeded"
          + " runs again. Until then it keeps its place among the active runs.";

  /** Of several jobs of one step, the one that tells most. */
  private static final List<String> URGENCY = List.of("incident", "running", "retrying", "queued");

  private final EngineTables engine;
  private final HistoryService history;

  Steps(EngineTables engine, HistoryService history) {
    this.engine = engine;
    this.history = history;
  }

  /** The steps that runs came to, by run and step id, without their attempts. */
  Map<String, Map<String, StepState>> of(Collection<RunRow> runs, PipelineModel model) {
    List<String> ids = runs.stream().map(RunRow::id).toList();
    var visits = engine.visits(ids);
    var failures = engine.failures(ids);
    var pending = engine.pending(ids);
    Map<String, Map<String, StepState>> states = new LinkedHashMap<>();
    for (RunRow run : runs) {
      Map<String, StepState> ofRun = new LinkedHashMap<>();
      OneRun one =
          new OneRun(
              run,
              model,
              visits.getOrDefault(run.id(), List.of()),
              failures.getOrDefault(run.id(), List.of()),
              pending.getOrDefault(run.id(), List.of()));
      one.steps()
          .map(step -> one.state(step, List.of()))
          .filter(state -> !state.state().equals("none"))
          .forEach(state -> ofRun.put(state.id(), state));
      states.put(run.id(), ofRun);
    }
    return states;
  }

  /** All steps of one run in the order of the model, with every attempt. */
  List<StepState> of(RunRow run, PipelineModel model) {
    List<String> id = List.of(run.id());
    OneRun one =
        new OneRun(
            run,
            model,
            engine.visits(id).getOrDefault(run.id(), List.of()),
            engine.failures(id).getOrDefault(run.id(), List.of()),
            engine.pending(id).getOrDefault(run.id(), List.of()));
    return one.steps().map(step -> one.state(step, tries(one, step))).toList();
  }

  private List<Try> tries(OneRun run, ModelStep step) {
    List<Try> tries = new ArrayList<>();
    for (Visit visit : run.visits(step)) {
      boolean failed = visit.canceled() && !run.cancelledWith(visit);
      tries.add(
          new Try(
              visit.endedAt() == null
                  ? "running"
                  : failed ? "failed" : visit.canceled() ? "cancelled" : "success",
              visit.startedAt(),
              visit.endedAt(),
              visit.durationMs(),
              failed ? error(run, step, visit) : null,
              failed && run.endedWith(visit)
                  ? FailureAdvice.whatToDo(run.row().failureCode())
                  : null,
              null,
              visit.calledRun()));
    }
    for (Failure failure : run.failures(step)) {
      tries.add(
          new Try(
              "failed",
              null,
              failure.at(),
              null,
              cause(failure),
              INCIDENT_ADVICE,
              failure.log(),
              null));
    }
    tries.sort(
        Comparator.comparing(
            attempt -> attempt.endedAt() == null ? attempt.startedAt() : attempt.endedAt()));
    return tries;
  }

  /** What a boundary event caught is in the run's failure or, when that was no end, in a fault. */
  private String error(OneRun run, ModelStep step, Visit visit) {
    if (run.endedWith(visit)) {
      return run.row().failureMessage();
    }
    HistoricVariableInstance fault =
        history
            .createHistoricVariableInstanceQuery()
            .processInstanceId(run.row().id())
            .variableName(StepFaults.variable(step.id().substring(step.id().indexOf('_') + 1)))
            .singleResult();
    return fault == null ? null : String.valueOf(fault.getValue());
  }

  /** What the step says, and the root cause where that says something else. */
  private String cause(Failure failure) {
    String trace = history.getHistoricJobLogExceptionStacktrace(failure.log());
    String cause = trace == null ? failure.message() : RootCause.of(trace);
    return failure.message() == null || failure.message().contains(cause)
        ? Objects.requireNonNullElse(failure.message(), cause)
        : failure.message() + " (" + cause + ")";
  }

  private record OneRun(
      RunRow row,
      PipelineModel model,
      List<Visit> allVisits,
      List<Failure> allFailures,
      List<Pending> allPending) {

    /** Those of the model, then those of an older version that the run came to. */
    Stream<ModelStep> steps() {
      Map<String, ModelStep> steps = new LinkedHashMap<>();
      model.steps().forEach(step -> steps.put(step.id(), step));
      allVisits.stream()
          .filter(visit -> visit.type().endsWith("Task") || visit.type().equals("callActivity"))
          .forEach(
              visit ->
                  steps.putIfAbsent(
                      visit.activity(),
                      ModelStep.unknown(
                          visit.activity(),
                          Objects.requireNonNullElse(visit.name(), visit.activity()),
                          visit.type())));
      return steps.values().stream();
    }

    List<Visit> visits(ModelStep step) {
      return allVisits.stream().filter(visit -> visit.activity().equals(step.id())).toList();
    }

    List<Failure> failures(ModelStep step) {
      return allFailures.stream().filter(failure -> step.id().equals(failure.activity())).toList();
    }

    StepState state(ModelStep step, List<Try> tries) {
      List<Visit> visits = visits(step);
      List<Failure> failures = failures(step);
      Visit last = last(visits);
      Pending job =
          allPending.stream()
              .filter(pending -> step.id().equals(pending.activity()) && pending.isBefore())
              .min(Comparator.comparing(pending -> URGENCY.indexOf(state(pending, failures))))
              .orElse(null);
      String state = job == null ? state(step, last) : state(job, failures);
      boolean runsNow = job != null && state.equals("running");
      return new StepState(
          step.id(),
          step.name(),
          step.type(),
          state,
          step.repeated()
              ? failures.size() + (visits.isEmpty() && !runsNow ? 0 : 1)
              : visits.size() + failures.size() + (runsNow ? 1 : 0),
          runsNow ? job.createdAt() : job != null || last == null ? null : last.startedAt(),
          job != null || last == null ? null : last.endedAt(),
          job != null || last == null ? null : last.durationMs(),
          nextAt(step, job, state),
          tries);
    }

    /** One that is open, or else the one that began last. */
    private static Visit last(List<Visit> visits) {
      return visits.stream()
          .filter(visit -> visit.endedAt() == null)
          .findFirst()
          .or(() -> visits.stream().reduce((first, second) -> second))
          .orElse(null);
    }

    private static String state(Pending job, List<Failure> failures) {
      if (job.retries() == 0) {
        return "incident";
      }
      if (job.locked()) {
        return "running";
      }
      return failures.isEmpty() ? "queued" : "retrying";
    }

    private String state(ModelStep step, Visit last) {
      if (last == null) {
        return "none";
      }
      if (last.endedAt() == null) {
        return last.type().equals(ActivityTypes.TASK_USER_TASK) || last.calledRun() != null
            ? "waiting"
            : "running";
      }
      if (!last.canceled()) {
        return "success";
      }
      if (cancelledWith(last)) {
        return "cancelled";
      }
      return retryTimer(step) == null ? "failed" : "retrying";
    }

    /** Whether the activity ended because the run was cancelled. */
    boolean cancelledWith(Visit visit) {
      return "cancelled".equals(row.outcome())
          && allVisits.stream()
              .noneMatch(
                  other ->
                      other.startedAt().isAfter(visit.endedAt())
                          || other.type().startsWith("boundary")
                              && !other.startedAt().isBefore(visit.endedAt()));
    }

    /** The run's failure is about the last step that failed, if any did. */
    boolean endedWith(Visit visit) {
      return row.failureCode() != null
          && allVisits.stream()
              .filter(other -> other.canceled() && !other.type().equals("subProcess"))
              .reduce((first, second) -> second)
              .filter(visit::equals)
              .isPresent();
    }

    private Visit retryTimer(ModelStep step) {
      return allVisits.stream()
          .filter(visit -> visit.endedAt() == null)
          .filter(visit -> step.id().equals(model.retryTimers().get(visit.activity())))
          .findFirst()
          .orElse(null);
    }

    private Instant nextAt(ModelStep step, Pending job, String state) {
      if (!state.equals("retrying")) {
        return null;
      }
      if (job != null) {
        return job.dueAt();
      }
      return allPending.stream()
          .filter(pending -> step.id().equals(model.retryTimers().get(pending.activity())))
          .map(Pending::dueAt)
          .filter(Objects::nonNull)
          .findFirst()
          .orElse(null);
    }
  }
}
