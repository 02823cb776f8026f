package org.bpmnmlops.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.bpmnmlops.TestDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What the record of monitoring runs promises on every database. */
abstract class MonitoringLogPromises {

  private static final Instant NOON = Instant.parse("2026-11-25T12:00:00.250Z");
  private static final Instant SECOND = Instant.parse("2026-11-25T12:00:00Z");

  private final TestDatabase kind;
  private DataSource database;
  private TransactionTemplate transaction;
  private MonitoringLog log;

  MonitoringLogPromises(TestDatabase kind) {
    this.kind = kind;
  }

  @BeforeEach
  void create() {
    database = kind.create();
    transaction = new TransactionTemplate(new DataSourceTransactionManager(database));
    log = at(NOON);
  }

  @Test
  void givesARunItsSecondAndTheSameOneAgain() {
    assertThat(begin(log, "run 1")).isEqualTo(SECOND);
    assertThat(begin(at(NOON.plusSeconds(60)), "run 1")).isEqualTo(SECOND);
  }

  @Test
  void givesEveryRunASecondOfItsOwnHoweverManyAskAtOnce() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Callable<Instant>> tasks =
          IntStream.range(0, 8)
              .<Callable<Instant>>mapToObj(i -> () -> begin(log, "run " + i))
              .toList();
      Set<Instant> seconds = new TreeSet<>();
      for (Future<Instant> second : threads.invokeAll(tasks)) {
        seconds.add(second.get());
      }
      assertThat(seconds).hasSize(8);
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void remembersTheLastSummaryOfTheModelThatWasDue() {
    begin(log, "run 1");
    log.conclude("run 1", "good good good", true);
    begin(at(NOON.plusSeconds(1)), "run 2");
    log.conclude("run 2", "good bad good", false);

    assertThat(log.lastTold("run 3", "ads"))
        .contains(new MonitoringLog.Told("good good good", SECOND));
    assertThat(log.lastTold("run 1", "ads")).isEmpty();
    assertThat(log.lastTold("run 3", "churn")).isEmpty();
  }

  @Test
  void forgetsASummaryWhoseMailWasLostOrWhoseRunWasCancelled() {
    begin(log, "run 1");
    log.conclude("run 1", "good good good", true);
    ended("run 1", "success", null, null, null);
    begin(at(NOON.plusSeconds(1)), "run 2");
    log.conclude("run 2", "bad bad bad", true);
    ended("run 2", "success", null, null, "sendSummary: The mail server did not answer");
    begin(at(NOON.plusSeconds(2)), "run 3");
    log.conclude("run 3", "warn warn warn", true);
    ended("run 3", "cancelled", null, null, null);

    assertThat(log.lastTold("run 4", "ads").orElseThrow().verdicts()).isEqualTo("good good good");
  }

  @Test
  void knowsTheFirstSummaryOfADay() {
    assertThat(log.isFirstOfDay(Optional.empty())).isTrue();
    var told = Optional.of(new MonitoringLog.Told("good good good", SECOND));
    assertThat(log.isFirstOfDay(told)).isFalse();
    assertThat(at(Instant.parse("2026-11-25T23:59:59Z")).isFirstOfDay(told)).isFalse();
    assertThat(at(Instant.parse("2026-11-26T00:00:00Z")).isFirstOfDay(told)).isTrue();
  }

  @Test
  void knowsWhetherAFailureWasToldToday() {
    ended("run 1", "failed", "NO_REFERENCE", "no model 'ads'", null);
    ended("run 2", null, null, null, null);

    assertThat(log.failureIsTold("run 2", "NO_REFERENCE", "no model 'ads'")).isTrue();
    assertThat(log.failureIsTold("run 2", "NO_REFERENCE", "no model 'churn'")).isFalse();
    assertThat(log.failureIsTold("run 2", "PRODUCTION_DATA_INVALID", "no model 'ads'")).isFalse();
    assertThat(log.failureIsTold("run 1", "NO_REFERENCE", "no model 'ads'")).isFalse();
    assertThat(
            at(Instant.parse("2026-11-26T00:00:00Z"))
                .failureIsTold("run 2", "NO_REFERENCE", "no model 'ads'"))
        .isFalse();
  }

  @Test
  void tellsAFailureAgainWhoseMailWasLost() {
    ended("run 1", "failed", "NO_REFERENCE", "no model", "sendFailureNotification: no answer");
    ended("run 2", null, null, null, null);

    assertThat(log.failureIsTold("run 2", "NO_REFERENCE", "no model")).isFalse();
  }

  private MonitoringLog at(Instant now) {
    return new MonitoringLog(JdbcClient.create(database), Clock.fixed(now, ZoneOffset.UTC));
  }

  private Instant begin(MonitoringLog at, String run) {
    return transaction.execute(status -> at.begin(run, "ads", 1));
  }

  /** As the engine's listeners leave a run; one without an outcome goes on. */
  private void ended(String run, String outcome, String code, String message, String warnings) {
    JdbcClient.create(database)
        .sql(
            """
            INSERT INTO mlops_run (id, pipeline, process_version, business_key, logical_date,
                priority, max_active, state, waiting, outcome, failure_code, failure_message,
                warnings, started_at, ended_at)
            VALUES (:id, 'model-monitoring', 1, 'key', '2026-11-25', 0, 1, 'ended', FALSE,
                :outcome, :code, :message, :warnings, :at, :at)
            """)
        .param("id", run)
        .param("outcome", outcome)
        .param("code", code)
        .param("message", message)
        .param("warnings", warnings)
        .param("at", Timestamp.from(NOON))
        .update();
  }
}
