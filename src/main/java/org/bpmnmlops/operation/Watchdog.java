package org.bpmnmlops.operation;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bpmnmlops.operation.Alert.Kind;
import org.bpmnmlops.process.RecordedParameters;
import org.bpmnmlops.process.RunParameters;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.jobexecutor.TimerStartEventJobHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Looks for what raises no incident by itself: steps that take too long, starts that do not come.
 */
@Component
class Watchdog {

  private static final Logger LOG = LoggerFactory.getLogger(Watchdog.class);

  private static final Duration LATE = Duration.ofMinutes(5);

  private final JdbcClient jdbc;
  private final Clock clock;
  private final Alerts alerts;
  private final ProcessEngineConfigurationImpl engine;
  private final RuntimeService runtime;
  private final TransactionTemplate transaction;

  Watchdog(
      JdbcClient jdbc,
      Clock clock,
      Alerts alerts,
      ProcessEngineConfigurationImpl engine,
      RuntimeService runtime,
      TransactionTemplate transaction) {
    this.jdbc = jdbc;
    this.clock = clock;
    this.alerts = alerts;
    this.engine = engine;
    this.runtime = runtime;
    this.transaction = transaction;
  }

  void check() {
    Instant now = clock.instant();
    Stream.concat(longSteps(now), missedStarts(now)).forEach(this::raise);
  }

  private void raise(Alert alert) {
    transaction.executeWithoutResult(
        status ->
            engine
                .getCommandExecutorTxRequired()
                .execute(
                    context -> {
                      alerts.raise(alert, context);
                      return null;
                    }));
  }

  private record Job(
      String definition, String pipeline, String step, String run, Timestamp moment) {}

  /**
   * A running step is a locked job; it runs since the lock was taken, a lock time before it ends.
   */
  private Stream<Alert> longSteps(Instant now) {
    Duration lock = Duration.ofMillis(engine.getJobExecutor().getLockTimeInMillis());
    List<Job> running =
        jdbc.sql(
                """
                SELECT j.PROCESS_DEF_ID_ AS definition, j.PROCESS_DEF_KEY_ AS pipeline,
                  d.ACT_ID_ AS step, j.PROCESS_INSTANCE_ID_ AS run, j.LOCK_EXP_TIME_ AS moment
                FROM ACT_RU_JOB j JOIN ACT_RU_JOBDEF d ON d.ID_ = j.JOB_DEF_ID_
                WHERE j.LOCK_OWNER_ IS NOT NULL AND j.PROCESS_INSTANCE_ID_ IS NOT NULL
                  AND j.LOCK_EXP_TIME_ < :limit
                """)
            .param("limit", Timestamp.from(now.plus(lock)))
            .query(Job.class)
            .list();
    return running.stream()
        .flatMap(
            job -> {
              Duration since = Duration.between(job.moment().toInstant().minus(lock), now);
              Duration limit = longStep(job.run());
              return since.compareTo(limit) <= 0
                  ? Stream.empty()
                  : Stream.of(
                      alert(
                          Kind.LONG_STEP,
                          job,
                          "The step has been running for %s; %s is the limit (parameter longStep)"
                              .formatted(words(since), words(limit))));
            });
  }

  private Stream<Alert> missedStarts(Instant now) {
    return jdbc
        .sql(
            """
            SELECT j.PROCESS_DEF_ID_ AS definition, j.PROCESS_DEF_KEY_ AS pipeline,
              d.ACT_ID_ AS step, j.PROCESS_INSTANCE_ID_ AS run, j.DUEDATE_ AS moment
            FROM ACT_RU_JOB j JOIN ACT_RU_JOBDEF d ON d.ID_ = j.JOB_DEF_ID_
            WHERE j.HANDLER_TYPE_ = :timerStart AND j.SUSPENSION_STATE_ = 1 AND j.RETRIES_ > 0
              AND j.DUEDATE_ < :limit
            """)
        .param("timerStart", TimerStartEventJobHandler.TYPE)
        .param("limit", Timestamp.from(now.minus(LATE)))
        .query(Job.class)
        .list()
        .stream()
        .map(
            job ->
                alert(
                    Kind.MISSED_START,
                    job,
                    "The start due at %s has not come"
                        .formatted(job.moment().toInstant().truncatedTo(ChronoUnit.SECONDS))));
  }

  /** The run may be over by now, or somebody may have written anything into its variable. */
  private Duration longStep(String run) {
    Duration standard = Duration.parse(RunParameters.LONG_STEP.defaultValue().orElseThrow());
    Map<String, Object> variables = new HashMap<>();
    runtime
        .createVariableInstanceQuery()
        .processInstanceIdIn(run)
        .activityInstanceIdIn(run)
        .variableNameIn(RunParameters.LONG_STEP.name(), RecordedParameters.VARIABLE)
        .list()
        .forEach(variable -> variables.put(variable.getName(), variable.getValue()));
    Object set =
        RecordedParameters.with(variables).getOrDefault(RunParameters.LONG_STEP.name(), standard);
    try {
      return Duration.parse(set.toString());
    } catch (DateTimeParseException e) {
      LOG.warn(
          "Run {}: longStep is '{}', no duration such as PT10M; taking {}", run, set, standard);
      return standard;
    }
  }

  private static Alert alert(Kind kind, Job job, String cause) {
    return new Alert(kind, job.definition(), job.pipeline(), job.step(), job.run(), cause);
  }

  private static String words(Duration duration) {
    return duration.toMinutes() > 0 ? duration.toMinutes() + " min" : duration.toSeconds() + " s";
  }
}
