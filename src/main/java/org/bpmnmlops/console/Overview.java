package org.bpmnmlops.console;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** How the pipelines are doing. */
@Component
class Overview {

  private static final Duration PERIOD = Duration.ofDays(30);
  private static final int LAST_RUNS = 25;

  private static final RunFilter ALL =
      new RunFilter(null, null, null, null, null, null, null, null, null, null, null);

  /**
   * A pipeline on one line.
   *
   * @param version the latest
   * @param paused takes no new runs
   * @param schedule cron expression of its timer (UTC); null where it has none
   * @param nextRun when the timer is due; null likewise
   * @param counts of the last 30 days, and what is open now
   * @param successRate of the runs of the last 30 days that succeeded or failed, 0 to 1; null where
   *     none did
   * @param lastAccuracy of the latest run that came to one; null where none did
   * @param lastRuns at most 25, newest first
   */
  record Line(
      String id,
      String name,
      String description,
      int version,
      String processDefinitionId,
      boolean paused,
      String schedule,
      Instant nextRun,
      RunTable.Counts counts,
      Double successRate,
      Double lastAccuracy,
      List<RunRow> lastRuns,
      Rights.May may) {}

  /** A pipeline with its steps and the parameters that a start takes. */
  record Detail(
      Line pipeline,
      List<PipelineModel.ModelStep> steps,
      List<PipelineModel.ModelParameter> parameters) {}

  private record Timer(String cron, Instant due) {}

  private final Definitions definitions;
  private final PipelineModels models;
  private final RunTable runs;
  private final Rights rights;
  private final JdbcClient jdbc;
  private final Clock clock;

  Overview(
      Definitions definitions,
      PipelineModels models,
      RunTable runs,
      Rights rights,
      JdbcClient jdbc,
      Clock clock) {
    this.definitions = definitions;
    this.models = models;
    this.runs = runs;
    this.rights = rights;
    this.jdbc = jdbc;
    this.clock = clock;
  }

  List<Line> all() {
    Map<String, Timer> timers = timers();
    return definitions.pipelines().stream()
        .map(definition -> line(definition, models.of(definition), timers))
        .toList();
  }

  Detail one(String pipeline) {
    ProcessDefinition definition = definitions.pipeline(pipeline);
    PipelineModel model = models.of(definition);
    return new Detail(line(definition, model, timers()), model.steps(), model.parameters());
  }

  private Line line(ProcessDefinition definition, PipelineModel model, Map<String, Timer> timers) {
    String id = definition.getKey();
    Timer timer = timers.getOrDefault(id, new Timer(null, null));
    RunTable.Counts counts = runs.counts(id, clock.instant().minus(PERIOD));
    return new Line(
        id,
        model.name(),
        model.description(),
        definition.getVersion(),
        definition.getId(),
        definition.isSuspended(),
        timer.cron(),
        timer.due(),
        counts,
        counts.successRate(),
        runs.lastAccuracy(id).orElse(null),
        runs.list(List.of(id), ALL, 0, LAST_RUNS),
        rights.of(id));
  }

  /** The timers of start events, by pipeline; only the latest version has one. */
  private Map<String, Timer> timers() {
    Map<String, Timer> timers = new HashMap<>();
    jdbc.sql(
            "SELECT PROCESS_DEF_KEY_, REPEAT_, DUEDATE_ FROM ACT_RU_JOB"
                + " WHERE HANDLER_TYPE_ = 'timer-start-event' ORDER BY DUEDATE_ DESC")
        .query((row, number) -> timers.put(row.getString("PROCESS_DEF_KEY_"), timer(row)))
        .list();
    return timers;
  }

  private static Timer timer(ResultSet row) throws SQLException {
    Timestamp due = row.getTimestamp("DUEDATE_");
    return new Timer(row.getString("REPEAT_"), due == null ? null : due.toInstant());
  }
}
