package org.bpmnmlops.console;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.bpmnmlops.run.RunEnd.Outcome;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads {@code mlops_run}. It knows no rights: callers name pipelines that the user may read. */
@Component
class RunTable {

  private static final String COLUMNS =
      """
      r.id, r.pipeline, r.process_version, r.business_key, r.starter, r.logical_date, r.state,
      r.waiting, r.outcome, r.warnings, r.accuracy, r.failure_code, r.failure_message,
      r.started_at, r.admitted_at, r.ended_at,
      (SELECT COUNT(*) FROM ACT_RU_INCIDENT i WHERE i.PROC_INST_ID_ = r.id) AS incidents,
      (SELECT MIN(COALESCE(t.NAME_, t.TASK_DEF_KEY_)) FROM ACT_RU_TASK t WHERE t.PROC_INST_ID_ = r.id)
        AS task
      """;

  private static final String HAS_INCIDENT =
      "EXISTS (SELECT 1 FROM ACT_RU_INCIDENT i WHERE i.PROC_INST_ID_ = r.id)";

  private static final String HAS_TASK =
      "EXISTS (SELECT 1 FROM ACT_RU_TASK t WHERE t.PROC_INST_ID_ = r.id)";

  /** What tells why a run ended where it did, the one that decided last first. */
  private static final List<String> REASONS =
      List.of("approvalReason", "promotionReason", "reason");

  private static final List<String> STATES = List.of("queued", "active", "ended");
  private static final List<String> OUTCOMES =
      Arrays.stream(Outcome.values()).map(Outcome::text).toList();

  private static final Map<String, String> STATUS =
      Map.of(
          "queued",
          "r.state = 'queued' AND NOT " + HAS_INCIDENT,
          "running",
          "r.state = 'active' AND NOT " + HAS_INCIDENT + " AND NOT " + HAS_TASK,
          "waiting",
          "r.state = 'active' AND NOT " + HAS_INCIDENT + " AND " + HAS_TASK,
          "incident",
          "r.state <> 'ended' AND " + HAS_INCIDENT,
          "success",
          "r.outcome = 'success' AND r.warnings IS NULL",
          "warning",
          "r.outcome = 'success' AND r.warnings IS NOT NULL",
          "failed",
          "r.outcome = 'failed'",
          "cancelled",
          "r.outcome = 'cancelled'");

  private final JdbcClient jdbc;

  RunTable(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Process ids of all pipelines, in alphabetical order. */
  List<String> pipelines() {
    return jdbc.sql("SELECT id FROM mlops_pipeline ORDER BY id").query(String.class).list();
  }

  Optional<RunRow> find(String run) {
    return jdbc.sql("SELECT " + COLUMNS + " FROM mlops_run r WHERE r.id = :id")
        .param("id", run)
        .query((row, number) -> run(row))
        .optional();
  }

  /** Newest first. */
  List<RunRow> list(Collection<String> pipelines, RunFilter filter, int offset, int limit) {
    if (pipelines.isEmpty()) {
      return List.of();
    }
    Condition condition = condition(pipelines, filter);
    return withReasons(
        jdbc.sql(
                "SELECT "
                    + COLUMNS
                    + " FROM mlops_run r WHERE "
                    + condition.sql()
                    + " ORDER BY r.started_at DESC, r.place DESC"
                    + " OFFSET :offset ROWS FETCH NEXT :limit ROWS ONLY")
            .params(condition.values())
            .param("offset", offset)
            .param("limit", limit)
            .query((row, number) -> run(row))
            .list());
  }

  private List<RunRow> withReasons(List<RunRow> runs) {
    List<String> ended =
        runs.stream().filter(run -> "success".equals(run.outcome())).map(RunRow::id).toList();
    Map<String, Map<String, String>> reasons = new HashMap<>();
    if (!ended.isEmpty()) {
      jdbc.sql(
              """
              SELECT v.PROC_INST_ID_, v.NAME_, v.TEXT_, a.ACT_NAME_
              FROM ACT_HI_VARINST v JOIN ACT_HI_PROCINST p ON p.PROC_INST_ID_ = v.PROC_INST_ID_
              JOIN ACT_HI_ACTINST a
                ON a.PROC_INST_ID_ = p.PROC_INST_ID_ AND a.ACT_ID_ = p.END_ACT_ID_
              WHERE v.PROC_INST_ID_ IN (:runs) AND v.NAME_ IN (:names)
                AND v.ACT_INST_ID_ = v.PROC_INST_ID_ AND v.TEXT_ IS NOT NULL
              """)
          .param("runs", ended)
          .param("names", REASONS)
          .query(
              (RowCallbackHandler)
                  row ->
                      reasons
                          .computeIfAbsent(row.getString("PROC_INST_ID_"), run -> new HashMap<>())
                          .put(
                              row.getString("NAME_"),
                              "%s: %s"
                                  .formatted(row.getString("ACT_NAME_"), row.getString("TEXT_"))));
    }
    return runs.stream()
        .map(
            run ->
                REASONS.stream()
                    .map(reasons.getOrDefault(run.id(), Map.of())::get)
                    .filter(Objects::nonNull)
                    .findFirst()
                    .map(run::because)
                    .orElse(run))
        .toList();
  }

  long count(Collection<String> pipelines, RunFilter filter) {
    if (pipelines.isEmpty()) {
      return 0;
    }
    Condition condition = condition(pipelines, filter);
    return jdbc.sql("SELECT COUNT(*) FROM mlops_run r WHERE " + condition.sql())
        .params(condition.values())
        .query(Long.class)
        .single();
  }

  /**
   * How the pipeline's runs since a moment ended, and how many have not.
   *
   * @param queued now, whenever they started; so are {@code active}, {@code incidents} and {@code
   *     waiting}
   * @param waiting for a person; they are {@code active} too
   */
  record Counts(
      long success,
      long failed,
      long cancelled,
      long queued,
      long active,
      long incidents,
      long waiting) {

    /** Of those that succeeded or failed; null where none did. */
    Double successRate() {
      return success + failed == 0 ? null : (double) success / (success + failed);
    }
  }

  Counts counts(String pipeline, Instant since) {
    Map<String, Long> ended = new HashMap<>();
    jdbc.sql(
            "SELECT outcome, COUNT(*) AS amount FROM mlops_run"
                + " WHERE pipeline = :pipeline AND state = 'ended' AND started_at >= :since"
                + " GROUP BY outcome")
        .param("pipeline", pipeline)
        .param("since", Timestamp.from(since))
        .query((row, number) -> ended.put(row.getString("outcome"), row.getLong("amount")))
        .list();
    return new Counts(
        ended.getOrDefault("success", 0L),
        ended.getOrDefault("failed", 0L),
        ended.getOrDefault("cancelled", 0L),
        open(pipeline, "queued"),
        open(pipeline, "active"),
        jdbc.sql(
                "SELECT COUNT(*) FROM mlops_run r WHERE r.pipeline = :pipeline"
                    + " AND r.state IN ('queued', 'active') AND "
                    + HAS_INCIDENT)
            .param("pipeline", pipeline)
            .query(Long.class)
            .single(),
        jdbc.sql(
                "SELECT COUNT(*) FROM mlops_run r WHERE r.pipeline = :pipeline AND "
                    + STATUS.get("waiting"))
            .param("pipeline", pipeline)
            .query(Long.class)
            .single());
  }

  private long open(String pipeline, String state) {
    return jdbc.sql("SELECT COUNT(*) FROM mlops_run WHERE pipeline = :pipeline AND state = :state")
        .param("pipeline", pipeline)
        .param("state", state)
        .query(Long.class)
        .single();
  }

  /** The accuracy of the latest run that came to one. */
  Optional<Double> lastAccuracy(String pipeline) {
    return jdbc.sql(
            "SELECT accuracy FROM mlops_run WHERE pipeline = :pipeline AND accuracy IS NOT NULL"
                + " ORDER BY started_at DESC FETCH FIRST 1 ROW ONLY")
        .param("pipeline", pipeline)
        .query(Double.class)
        .optional();
  }

  private record Condition(String sql, Map<String, Object> values) {}

  private static Condition condition(Collection<String> pipelines, RunFilter filter) {
    StringBuilder sql = new StringBuilder("r.pipeline IN (:pipelines)");
    Map<String, Object> values = new HashMap<>();
    values.put("pipelines", pipelines);
    equal(sql, values, "state", known("state", filter.state(), STATES));
    equal(sql, values, "outcome", known("outcome", filter.outcome(), OUTCOMES));
    equal(sql, values, "starter", filter.starter());
    equal(
        sql,
        values,
        "logical_date",
        filter.logicalDate() == null ? null : filter.logicalDate().toString());
    if (isSet(filter.status())) {
      sql.append(" AND ").append(STATUS.get(known("status", filter.status(), STATUS.keySet())));
    }
    compare(sql, values, "r.started_at >= :from", "from", moment(filter.from()));
    compare(sql, values, "r.started_at < :to", "to", moment(filter.to()));
    compare(
        sql, values, "r.logical_date >= :logicalFrom", "logicalFrom", text(filter.logicalFrom()));
    compare(sql, values, "r.logical_date <= :logicalTo", "logicalTo", text(filter.logicalTo()));
    if (isSet(filter.parameter())) {
      sql.append(" AND ").append(StartedWith.condition(filter.parameter(), values));
    }
    return new Condition(sql.toString(), values);
  }

  private static String known(String filter, String value, Collection<String> known) {
    if (isSet(value) && !known.contains(value)) {
      throw new IllegalArgumentException(
          "There is no %s '%s'; expected one of %s"
              .formatted(filter, value, known.stream().sorted().toList()));
    }
    return value;
  }

  private static void equal(
      StringBuilder sql, Map<String, Object> values, String column, String value) {
    if (isSet(value)) {
      compare(sql, values, "r.%s = :%s".formatted(column, column), column, value);
    }
  }

  private static void compare(
      StringBuilder sql, Map<String, Object> values, String condition, String name, Object value) {
    if (value != null) {
      sql.append(" AND ").append(condition);
      values.put(name, value);
    }
  }

  private static boolean isSet(String value) {
    return value != null && !value.isBlank();
  }

  private static Timestamp moment(Instant instant) {
    return instant == null ? null : Timestamp.from(instant);
  }

  private static String text(Object value) {
    return value == null ? null : value.toString();
  }

  private static RunRow run(ResultSet row) throws SQLException {
    String warnings = row.getString("warnings");
    return new RunRow(
        row.getString("id"),
        row.getString("pipeline"),
        row.getInt("process_version"),
        row.getString("business_key"),
        row.getString("starter"),
        row.getString("logical_date"),
        row.getString("state"),
        row.getBoolean("waiting"),
        row.getString("task"),
        row.getString("outcome"),
        row.getInt("incidents"),
        warnings == null ? List.of() : warnings.lines().toList(),
        row.getObject("accuracy", Double.class),
        row.getString("failure_code"),
        row.getString("failure_message"),
        null,
        instant(row, "started_at"),
        instant(row, "admitted_at"),
        instant(row, "ended_at"));
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    Timestamp value = row.getTimestamp(column);
    return value == null ? null : value.toInstant();
  }
}
