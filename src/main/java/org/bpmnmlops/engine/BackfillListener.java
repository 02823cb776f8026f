package org.bpmnmlops.engine;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.bpmnmlops.backfill.Backfill;
import org.bpmnmlops.backfill.BackfillVariables;
import org.bpmnmlops.backfill.Backfills;
import org.camunda.bpm.engine.BadUserRequestException;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.impl.cfg.CommandChecker;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.springframework.stereotype.Component;

/**
 * The start of a backfill: refuses what cannot be run, and whoever may not start the pipeline
 * themselves. Later the job executor starts its runs, and it has no user to ask about.
 */
@Component
class BackfillListener implements ExecutionListener {

  /** The step that makes a process a backfill. */
  static final String PLANNING = "planDatesDelegate";

  private final Backfills backfills;
  private final Clock clock;

  BackfillListener(Backfills backfills, Clock clock) {
    this.backfills = backfills;
    this.clock = clock;
  }

  /** Runs after the parameters were written. */
  @Override
  public void notify(DelegateExecution execution) {
    String pipeline = BackfillVariables.PIPELINE.get(execution);
    LocalDate from = LocalDate.parse(BackfillVariables.FROM.get(execution));
    LocalDate to = LocalDate.parse(BackfillVariables.TO.get(execution));
    checkRange(from, to);
    CommandContext context = Context.getCommandContext();
    checkMayStart(pipeline, context);
    backfills.create(
        new Backfill(
            execution.getProcessInstanceId(),
            pipeline,
            from,
            to,
            BackfillVariables.PARALLEL.get(execution).intValue(),
            BackfillVariables.RERUN.get(execution),
            BackfillVariables.DRY_RUN.get(execution),
            false,
            context.getAuthenticatedUserId(),
            clock.instant()));
  }

  private void checkRange(LocalDate from, LocalDate to) {
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    if (to.isAfter(today)) {
      throw new BadUserRequestException(
          "Parameter 'to' is '%s'; expected %s (today, UTC) at the latest".formatted(to, today));
    }
    if (from.isAfter(to)) {
      throw new BadUserRequestException(
          "Parameter 'from' is '%s', after 'to', which is '%s'; expected the earlier day first"
              .formatted(from, to));
    }
    long days = ChronoUnit.DAYS.between(from, to) + 1;
    if (days > Backfills.LONGEST) {
      throw new BadUserRequestException(
          "'%s' to '%s' are %d days; expected at most %d in one backfill"
              .formatted(from, to, days, Backfills.LONGEST));
    }
  }

  private void checkMayStart(String pipeline, CommandContext context) {
    List<String> pipelines = backfills.pipelines();
    Optional<ProcessDefinition> latest =
        pipelines.contains(pipeline) ? latest(pipeline, context) : Optional.empty();
    if (latest.isEmpty()) {
      String hint =
          Spelling.closest(pipeline, pipelines)
              .map("did you mean '%s'?"::formatted)
              .orElse("the pipelines are " + String.join(", ", pipelines));
      throw new BadUserRequestException(
          "Parameter 'pipeline' is '%s', which is no pipeline; %s".formatted(pipeline, hint));
    }
    for (CommandChecker checker : context.getProcessEngineConfiguration().getCommandCheckers()) {
      checker.checkCreateProcessInstance(latest.get());
    }
  }

  private static Optional<ProcessDefinition> latest(String key, CommandContext context) {
    return context.runWithoutAuthorization(
        () ->
            Optional.ofNullable(
                context
                    .getProcessEngineConfiguration()
                    .getRepositoryService()
                    .createProcessDefinitionQuery()
                    .processDefinitionKey(key)
                    .latestVersion()
                    .singleResult()));
  }
}
