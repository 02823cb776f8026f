package org.bpmnmlops.monitoring;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What monitoring runs came to and what people were told of it, in the caller's transaction: table
 * {@code mlops_monitoring}.
 */
@Component
class MonitoringLog {

  /** The verdicts people were told last. */
  record Told(String verdicts, Instant reportedAt) {}

  private final JdbcClient jdbc;
  private final Clock clock;

  MonitoringLog(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /**
   * Notes that a run has its data, and gives the second its reports are named by: the same however
   * often it is asked, and no other run's.
   */
  Instant begin(String run, String model, int version) {
    Optional<Instant> known = reportedAt(run);
    if (known.isPresent()) {
      return known.get();
    }
    jdbc.sql("SELECT run FROM mlops_monitoring WHERE run = '*' FOR UPDATE")
        .query(String.class)
        .single();
    Instant second = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    while (isTaken(second)) {
      second = second.plusSeconds(1);
    }
    jdbc.sql(
            """
            INSERT INTO mlops_monitoring (run, reported_at, model, version)
            VALUES (:run, :second, :model, :version)
            """)
        .param("run", run)
        .param("second", Timestamp.from(second))
        .param("model", model)
        .param("version", version)
        .update();
    return second;
  }

  private Optional<Instant> reportedAt(String run) {
    return jdbc.sql("SELECT reported_at FROM mlops_monitoring WHERE run = :run")
        .param("run", run)
        .query(Timestamp.class)
        .optional()
        .map(Timestamp::toInstant);
  }

  private boolean isTaken(Instant second) {
    return jdbc.sql("SELECT COUNT(*) FROM mlops_monitoring WHERE reported_at = :second")
            .param("second", Timestamp.from(second))
            .query(Long.class)
            .single()
        > 0;
  }

  /** The last summary about a model that a run other than this one really sent. */
  Optional<Told> lastTold(String run, String model) {
    return jdbc.sql(
            """
            SELECT m.verdicts, m.reported_at FROM mlops_monitoring m
            LEFT JOIN mlops_run r ON r.id = m.run
            WHERE m.model = :model AND m.run <> :run AND m.summary_due = TRUE
              AND (r.outcome IS NULL OR r.outcome = 'success')
              AND (r.warnings IS NULL OR r.warnings NOT LIKE '%sendSummary: %')
            ORDER BY m.reported_at DESC FETCH FIRST 1 ROW ONLY
            """)
        .param("model", model)
        .param("run", run)
        .query(
            (row, number) ->
                new Told(row.getString("verdicts"), row.getTimestamp("reported_at").toInstant()))
        .optional();
  }

  /** Notes what a run came to. */
  void conclude(String run, String verdicts, boolean summaryDue) {
    jdbc.sql(
            "UPDATE mlops_monitoring SET verdicts = :verdicts, summary_due = :due WHERE run = :run")
        .param("verdicts", verdicts)
        .param("due", summaryDue)
        .param("run", run)
        .update();
  }

  /** Whether this day's first summary is still to come. */
  boolean isFirstOfDay(Optional<Told> last) {
    return last.isEmpty() || day(last.get().reportedAt()).isBefore(day(clock.instant()));
  }

  /** Whether another run of the same pipeline has failed today for this reason and told so. */
  boolean failureIsTold(String run, String code, String message) {
    Instant midnight = day(clock.instant()).atStartOfDay(ZoneOffset.UTC).toInstant();
    return jdbc.sql(
                """
                SELECT COUNT(*) FROM mlops_run
                WHERE pipeline = (SELECT pipeline FROM mlops_run WHERE id = :run)
                  AND id <> :run AND outcome = 'failed' AND ended_at >= :midnight
                  AND failure_code = :code AND failure_message = :message
                  AND (warnings IS NULL OR warnings NOT LIKE '%sendFailureNotification: %')
                """)
            .param("run", run)
            .param("midnight", Timestamp.from(midnight))
            .param("code", code)
            .param("message", message)
            .query(Long.class)
            .single()
        > 0;
  }

  private static LocalDate day(Instant moment) {
    return LocalDate.ofInstant(moment, ZoneOffset.UTC);
  }
}
