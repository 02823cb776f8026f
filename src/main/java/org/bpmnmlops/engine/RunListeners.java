package org.bpmnmlops.engine;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.bpmnmlops.process.PipelineVariables;
import org.bpmnmlops.process.RetrainingVariables;
import org.bpmnmlops.process.RunParameters;
import org.bpmnmlops.process.StepFaults;
import org.bpmnmlops.registry.ModelRegistry;
import org.bpmnmlops.run.NewRun;
import org.bpmnmlops.run.RunEnd;
import org.bpmnmlops.run.RunEnd.Outcome;
import org.bpmnmlops.run.RunQueue;
import org.bpmnmlops.run.SlotMessenger;
import org.bpmnmlops.status.CancelledRun;
import org.camunda.bpm.engine.BadUserRequestException;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.impl.cfg.TransactionState;
import org.camunda.bpm.engine.impl.cmd.StartProcessInstanceAtActivitiesCmd;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Writes the row of a run in {@code mlops_run} in the engine's own transactions. */
@Component
class RunListeners {

  private static final Logger LOG = LoggerFactory.getLogger(RunListeners.class);

  /** Reasons of the engine's own: whoever deletes the models wants no more processes started. */
  private static final Set<String> DELETIONS =
      Set.of("deleted deployment", "deleted process definition");

  private static final int LONGEST_WARNINGS = 100_000;
  private static final int LONGEST_KEY = 255;
  private static final String CANCELLED_RUN = "cancelled-run";

  private final RunQueue queue;
  private final SlotMessenger messenger;
  private final ModelRegistry registry;
  private final Clock clock;

  RunListeners(RunQueue queue, SlotMessenger messenger, ModelRegistry registry, Clock clock) {
    this.queue = queue;
    this.messenger = messenger;
    this.registry = registry;
    this.clock = clock;
  }

  /** Runs after the parameters were written: it reads two of them. */
  ExecutionListener start() {
    return this::started;
  }

  /** Runs on every end, a cancellation included. */
  ExecutionListener end() {
    return this::ended;
  }

  /** Runs when a run reaches the event that waits for a slot. */
  ExecutionListener waits() {
    return this::waiting;
  }

  /** Runs when a run leaves that event. */
  ExecutionListener waited() {
    return this::movedOn;
  }

  /** Runs when a run reaches an end that the diagram leads to without admission. */
  ExecutionListener endsEarly() {
    return execution -> queue.letIn(execution.getProcessInstanceId());
  }

  private void started(DelegateExecution execution) {
    ExecutionEntity run = (ExecutionEntity) execution;
    Optional<String> earlier = RestartedRun.of(run);
    if (beginsAtInstructions(run) && earlier.isEmpty()) {
      throw new BadUserRequestException(
          "A run of a pipeline begins at its start event, where it takes a place in the queue. To go"
              + " on from another step, move a run that has not ended (modification), or restart one"
              + " that has");
    }
    Instant now = clock.instant();
    var due = TimerStart.dueDate(now);
    LocalDate today = LocalDate.ofInstant(due.orElse(now), ZoneOffset.UTC);
    LocalDate logicalDate =
        earlier
            .flatMap(RestartedRun::logicalDate)
            .or(() -> RunParameters.LOGICAL_DATE.find(execution).map(LocalDate::parse))
            .orElse(today);
    execution.setVariable(RunParameters.LOGICAL_DATE.name(), logicalDate.toString());
    if (run.getBusinessKey() == null) {
      execution.setProcessBusinessKey(
          due.isPresent()
              ? "scheduled__" + logicalDate
              : "manual__" + now.truncatedTo(ChronoUnit.MILLIS));
    }
    if (run.getBusinessKey().length() > LONGEST_KEY || run.getBusinessKey().indexOf('\0') >= 0) {
      throw new BadUserRequestException(
          "The business key has %d characters; expected at most %d, none of them NUL"
              .formatted(run.getBusinessKey().length(), LONGEST_KEY));
    }
    var process = run.getProcessDefinition();
    queue.enqueue(
        new NewRun(
            run.getProcessInstanceId(),
            process.getKey(),
            process.getVersion(),
            run.getBusinessKey(),
            starter(run),
            logicalDate,
            run.getSuperExecution() == null ? null : run.getSuperExecution().getProcessInstanceId(),
            RunParameters.MAX_ACTIVE_RUNS.get(execution).intValue(),
            now));
    earlier.ifPresent(
        id -> {
          RestartedRun.mark(execution, id);
          takeSlot(run);
        });
  }

  /** A called pipeline begins at its start event, however its caller was started. */
  private static boolean beginsAtInstructions(ExecutionEntity run) {
    return run.getSuperExecutionId() == null
        && Context.getCommandInvocationContext().getCommand()
            instanceof StartProcessInstanceAtActivitiesCmd;
  }

  /** A restart may begin behind "Admit run": it gets its slot now or is refused. */
  private void takeSlot(ExecutionEntity run) {
    var admission = queue.admit(run.getProcessInstanceId());
    if (!admission.admitted()) {
      throw new BadUserRequestException(
          "No slot is free for a restart, which cannot wait for one: restart the run when another has"
              + " ended, or raise maxActiveRuns");
    }
    admission.resumed().forEach(messenger::grant);
  }

  private void waiting(DelegateExecution execution) {
    if (!queue.isQueued(execution.getProcessInstanceId())) {
      throw new BadUserRequestException(
          "The run has its slot already and would wait at '%s' for ever: continue from a later step"
              .formatted(execution.getCurrentActivityName()));
    }
  }

  /** Whoever moves a waiting run on by hand gives it a slot, over the limit if need be. */
  private void movedOn(DelegateExecution execution) {
    if (execution.isCanceled()) {
      queue.letIn(execution.getProcessInstanceId());
    }
  }

  /** The job executor has no user; what it calls was started by whoever started the caller. */
  private static String starter(ExecutionEntity run) {
    CommandContext context = Context.getCommandContext();
    if (context.getAuthenticatedUserId() != null || run.getSuperExecution() == null) {
      return context.getAuthenticatedUserId();
    }
    var root =
        context
            .getHistoricProcessInstanceManager()
            .findHistoricProcessInstance(run.getRootProcessInstanceId());
    return root == null ? null : root.getStartUserId();
  }

  /** Nothing may keep a run from ending, least of all a variable that somebody overwrote. */
  private void ended(DelegateExecution execution) {
    ExecutionEntity run = (ExecutionEntity) execution;
    String code = text(run, PipelineVariables.FAILURE_CODE.name(), 255);
    boolean cancelled = run.isCanceled() || run.getDeleteReason() != null;
    Outcome outcome = cancelled ? Outcome.CANCELLED : code == null ? reached(run) : Outcome.FAILED;
    queue.end(
        new RunEnd(
            run.getProcessInstanceId(),
            outcome,
            run.getVariable(PipelineVariables.ACCURACY.name()) instanceof Double accuracy
                ? accuracy
                : null,
            code,
            text(run, PipelineVariables.FAILURE_MESSAGE.name(), 4000),
            warnings(execution),
            clock.instant()));
    handOnSlot(run.getProcessDefinition().getKey());
    if (outcome != Outcome.SUCCESS) {
      registry.withdraw(
          run.getProcessInstanceId(), RetrainingVariables.PROMOTED_HERE.find(run).orElse(false));
    }
    if (cancelled && !DELETIONS.contains(String.valueOf(run.getDeleteReason()))) {
      reportCancelled(run);
    }
  }

  /** The last thing before the commit: the engine has written all it has to by then. */
  private void handOnSlot(String pipeline) {
    var engine = Context.getProcessEngineConfiguration();
    Context.getCommandContext()
        .getTransactionContext()
        .addTransactionListener(
            TransactionState.COMMITTING,
            committing ->
                engine
                    .getCommandExecutorTxRequired()
                    .execute(
                        context -> {
                          queue.handOn(pipeline).forEach(messenger::grant);
                          return null;
                        }));
  }

  /**
   * Whoever leads a run to its end past admission, or restarts one there, makes no success of it.
   */
  private Outcome reached(ExecutionEntity run) {
    return queue.isQueued(run.getProcessInstanceId()) || RestartedRun.didNothing(run)
        ? Outcome.CANCELLED
        : Outcome.SUCCESS;
  }

  private static String text(ExecutionEntity run, String variable, int longest) {
    Object value = run.getVariable(variable);
    return value == null ? null : shorten(value.toString(), longest);
  }

  private static String shorten(String text, int longest) {
    return text.length() <= longest ? text : text.substring(0, longest);
  }

  /** The status API hears of a cancelled run too; as a process of its own, so that it can retry. */
  private static void reportCancelled(ExecutionEntity run) {
    CommandContext context = Context.getCommandContext();
    context.runWithoutAuthorization(
        () -> {
          startReport(context.getProcessEngineConfiguration().getProcessEngine(), run);
          return null;
        });
  }

  private static void startReport(ProcessEngine engine, ExecutionEntity run) {
    boolean wanted =
        engine
                .getRepositoryService()
                .createProcessDefinitionQuery()
                .processDefinitionKey(CANCELLED_RUN)
                .latestVersion()
                .count()
            > 0;
    if (!wanted) {
      LOG.warn("No process '{}' is deployed: nobody is told of the cancelled run", CANCELLED_RUN);
      return;
    }
    Map<String, Object> variables =
        Map.of(
            CancelledRun.PIPELINE.name(), run.getProcessDefinition().getKey(),
            CancelledRun.RUN.name(), run.getProcessInstanceId(),
            CancelledRun.BUSINESS_KEY.name(), run.getBusinessKey(),
            CancelledRun.LOGICAL_DATE.name(),
                String.valueOf(text(run, RunParameters.LOGICAL_DATE.name(), 10)));
    engine
        .getRuntimeService()
        .startProcessInstanceByKey(CANCELLED_RUN, run.getBusinessKey(), variables);
  }

  private static String warnings(DelegateExecution execution) {
    Map<String, String> faults = StepFaults.in(execution.getVariables());
    return faults.isEmpty()
        ? null
        : shorten(
            faults.entrySet().stream()
                .map(fault -> fault.getKey() + ": " + fault.getValue())
                .collect(Collectors.joining("\n")),
            LONGEST_WARNINGS);
  }
}
