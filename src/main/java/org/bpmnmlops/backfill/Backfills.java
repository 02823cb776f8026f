package org.bpmnmlops.backfill;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Which days are run: tables {@code mlops_backfill} and {@code mlops_backfill_date}, in the
 * transaction of the caller. Two lanes never take the same day, and two backfills of one pipeline
 * never run the same day at once.
 */
@Component
public class Backfills {

  /** Enough for ten years of days. */
  public static final int LONGEST = 3660;

  private static final String COLUMNS =
      "id, pipeline, first_date, last_date, lanes, rerun, dry_run, stopped, starter, started_at";

  private final JdbcClient jdbc;

  Backfills(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Ids of the pipelines of this installation, in alphabetical order. */
  public List<String> pipelines() {
    return jdbc.sql("SELECT id FROM mlops_pipeline ORDER BY id").query(String.class).list();
  }

  /** Writes down what was asked for; the process's start does. */
  public void create(Backfill backfill) {
    jdbc.sql(
            "INSERT INTO mlops_backfill (%s) VALUES (:id, :pipeline, :from, :to, :lanes, :rerun,"
                    .formatted(COLUMNS)
                + " :dryRun, FALSE, :starter, :startedAt)")
        .param("id", backfill.id())
        .param("pipeline", backfill.pipeline())
        .param("from", backfill.from().toString())
        .param("to", backfill.to().toString())
        .param("lanes", backfill.lanes())
        .param("rerun", backfill.rerun())
        .param("dryRun", backfill.dryRun())
        .param("starter", backfill.starter())
        .param("startedAt", Timestamp.from(backfill.startedAt()))
        .update();
  }

  public Optional<Backfill> find(String id) {
    return jdbc.sql("SELECT %s FROM mlops_backfill WHERE id = :id".formatted(COLUMNS))
        .param("id", id)
        .query(Backfills::backfill)
        .optional();
  }

  /** The newest first, at most 100. */
  public List<Backfill> newest(String pipeline) {
    return jdbc.sql(
            "SELECT %s FROM mlops_backfill WHERE pipeline = :pipeline".formatted(COLUMNS)
                + " ORDER BY started_at DESC FETCH FIRST 100 ROWS ONLY")
        .param("pipeline", pipeline)
        .query(Backfills::backfill)
        .list();
  }

  /** Every day of a backfill in order, with what became of it. */
  public List<BackfillDate> dates(String id) {
    return jdbc.sql(
            """
            SELECT d.logical_date, d.state, d.reason, r.id AS run, r.state AS run_state, r.outcome
            FROM mlops_backfill_date d
            LEFT JOIN mlops_run r ON r.caller = d.backfill AND r.logical_date = d.logical_date
            WHERE d.backfill = :id ORDER BY d.logical_date
            """)
        .param("id", id)
        .query(
            (row, number) -> {
              String state = row.getString("state");
              if (state.equals("taken") && row.getString("run") != null) {
                state =
                    row.getString("outcome") == null
                        ? row.getString("run_state")
                        : row.getString("outcome");
              }
              return new BackfillDate(
                  LocalDate.parse(row.getString("logical_date")),
                  state,
                  row.getString("reason"),
                  row.getString("run"));
            })
        .list();
  }

  /** Decides for every day whether it is run, by the runs there are. Again, when asked again. */
  void plan(String id) {
    Backfill backfill = lock(id);
    jdbc.sql("DELETE FROM mlops_backfill_date WHERE backfill = :id").param("id", id).update();
    Map<String, DateHistory> known = histories(backfill.pipeline(), backfill.from(), backfill.to());
    for (LocalDate date = backfill.from(); !date.isAfter(backfill.to()); date = date.plusDays(1)) {
      DateHistory history = known.getOrDefault(date.toString(), DateHistory.NONE);
      String reason = history.skipReason(backfill.rerun()).orElse(null);
      jdbc.sql(
              "INSERT INTO mlops_backfill_date (backfill, logical_date, state, reason)"
                  + " VALUES (:id, :date, :state, :reason)")
          .param("id", id)
          .param("date", date.toString())
          .param("state", reason == null ? "planned" : "skipped")
          .param("reason", reason)
          .update();
    }
  }

  /** What a lane does next. */
  record Next(String what, LocalDate date) {
    static final Next WAIT = new Next("wait", null);
    static final Next END = new Next("end", null);
  }

  /**
   * Gives the first day that is left to the lane that asks, with the pipeline locked until the
   * day's run exists. A day that somebody else runs or ran since the plan was made is skipped.
   */
  Next take(String id) {
    Backfill backfill = lock(id);
    if (backfill.stopped()) {
      return Next.WAIT;
    }
    jdbc.sql("SELECT id FROM mlops_pipeline WHERE id = :id FOR UPDATE")
        .param("id", backfill.pipeline())
        .query(String.class)
        .single();
    for (Optional<LocalDate> date = firstPlanned(id); date.isPresent(); date = firstPlanned(id)) {
      DateHistory history =
          histories(backfill.pipeline(), date.get(), date.get())
              .getOrDefault(date.get().toString(), DateHistory.NONE);
      Optional<String> reason = history.skipReason(backfill.rerun());
      mark(id, date.get(), reason.isPresent() ? "skipped" : "taken", reason.orElse(null));
      if (reason.isEmpty()) {
        return new Next("run", date.get());
      }
    }
    return Next.END;
  }

  /**
   * From now on no lane takes a day, or they do again; a lane that is just taking one is awaited.
   */
  void stop(String id, boolean stopped) {
    lock(id);
    jdbc.sql("UPDATE mlops_backfill SET stopped = :stopped WHERE id = :id")
        .param("stopped", stopped)
        .param("id", id)
        .update();
  }

  private Backfill lock(String id) {
    return jdbc.sql("SELECT %s FROM mlops_backfill WHERE id = :id FOR UPDATE".formatted(COLUMNS))
        .param("id", id)
        .query(Backfills::backfill)
        .single();
  }

  private Optional<LocalDate> firstPlanned(String id) {
    return jdbc.sql(
            "SELECT logical_date FROM mlops_backfill_date WHERE backfill = :id"
                + " AND state = 'planned' ORDER BY logical_date FETCH FIRST 1 ROW ONLY")
        .param("id", id)
        .query(String.class)
        .optional()
        .map(LocalDate::parse);
  }

  private void mark(String id, LocalDate date, String state, String reason) {
    jdbc.sql(
            "UPDATE mlops_backfill_date SET state = :state, reason = :reason"
                + " WHERE backfill = :id AND logical_date = :date")
        .param("state", state)
        .param("reason", reason)
        .param("id", id)
        .param("date", date.toString())
        .update();
  }

  private Map<String, DateHistory> histories(String pipeline, LocalDate from, LocalDate to) {
    Map<String, DateHistory> histories = new HashMap<>();
    jdbc.sql(
            "SELECT logical_date, state, outcome FROM mlops_run WHERE pipeline = :pipeline"
                + " AND logical_date BETWEEN :from AND :to")
        .param("pipeline", pipeline)
        .param("from", from.toString())
        .param("to", to.toString())
        .query(
            (RowCallbackHandler)
                row ->
                    histories.merge(
                        row.getString("logical_date"),
                        DateHistory.of(row.getString("state"), row.getString("outcome")),
                        DateHistory::and));
    return histories;
  }

  private static Backfill backfill(ResultSet row, int number) throws SQLException {
    return new Backfill(
        row.getString("id"),
        row.getString("pipeline"),
        LocalDate.parse(row.getString("first_date")),
        LocalDate.parse(row.getString("last_date")),
        row.getInt("lanes"),
        row.getString("rerun"),
        row.getBoolean("dry_run"),
        row.getBoolean("stopped"),
        row.getString("starter"),
        row.getTimestamp("started_at").toInstant());
  }
}
