package org.bpmnmlops.console;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Reads what the engine keeps of many runs at once, for which its own queries would need one round
 * per run. It knows no rights: callers name runs that the user may read.
 */
@Component
class EngineTables {

  /** How the engine marks an activity that a boundary event or a deletion ended. */
  private static final int CANCELED = 2;

  private static final int FAILED = 1;

  /**
   * An activity that a run entered.
   *
   * @param endedAt null while it is open
   * @param canceled whether a boundary event, or whoever cancelled the run, ended it
   * @param calledRun process instance of a call activity; null for others
   * @param scope what it happened in: the visit of a sub-process, or the run
   */
  record Visit(
      String run,
      String activity,
      String name,
      String type,
      Instant startedAt,
      Instant endedAt,
      Long durationMs,
      boolean canceled,
      String calledRun,
      String scope) {}

  /** A job that threw an exception. {@code log} is the id of its entry in the job log. */
  record Failure(String run, String activity, Instant at, String message, String log) {}

  /**
   * A job that has still to be done.
   *
   * @param type {@code async-continuation}, {@code timer-intermediate-transition}, ...
   * @param configuration {@code async-before}, {@code async-after} or what a timer has
   * @param locked whether a node has taken it
   * @param dueAt null where it is due at once
   */
  record Pending(
      String id,
      String run,
      String activity,
      String type,
      String configuration,
      int retries,
      boolean locked,
      boolean suspended,
      Instant dueAt,
      Instant createdAt) {

    boolean isBefore() {
      return configuration != null && configuration.startsWith("async-before");
    }
  }

  private final JdbcClient jdbc;

  EngineTables(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** In the order they happened, by run. */
  Map<String, List<Visit>> visits(Collection<String> runs) {
    return byRun(
        runs,
        """
        SELECT PROC_INST_ID_, ACT_ID_, ACT_NAME_, ACT_TYPE_, START_TIME_, END_TIME_, DURATION_,
          ACT_INST_STATE_, CALL_PROC_INST_ID_, PARENT_ACT_INST_ID_
        FROM ACT_HI_ACTINST WHERE PROC_INST_ID_ IN (:runs)
        ORDER BY START_TIME_, SEQUENCE_COUNTER_
        """,
        (row, number) ->
            new Visit(
                row.getString("PROC_INST_ID_"),
                row.getString("ACT_ID_"),
                row.getString("ACT_NAME_"),
                row.getString("ACT_TYPE_"),
                instant(row, "START_TIME_"),
                instant(row, "END_TIME_"),
                row.getObject("DURATION_", Long.class),
                row.getInt("ACT_INST_STATE_") == CANCELED,
                row.getString("CALL_PROC_INST_ID_"),
                row.getString("PARENT_ACT_INST_ID_")),
        Visit::run);
  }

  Map<String, List<Failure>> failures(Collection<String> runs) {
    return byRun(
        runs,
        """
        SELECT PROCESS_INSTANCE_ID_, COALESCE(FAILED_ACT_ID_, ACT_ID_) AS ACTIVITY, TIMESTAMP_,
          JOB_EXCEPTION_MSG_, ID_
        FROM ACT_HI_JOB_LOG WHERE PROCESS_INSTANCE_ID_ IN (:runs) AND JOB_STATE_ = %d
        ORDER BY TIMESTAMP_, SEQUENCE_COUNTER_
        """
            .formatted(FAILED),
        (row, number) ->
            new Failure(
                row.getString("PROCESS_INSTANCE_ID_"),
                row.getString("ACTIVITY"),
                instant(row, "TIMESTAMP_"),
                row.getString("JOB_EXCEPTION_MSG_"),
                row.getString("ID_")),
        Failure::run);
  }

  Map<String, List<Pending>> pending(Collection<String> runs) {
    return byRun(
        runs,
        """
        SELECT j.ID_, j.PROCESS_INSTANCE_ID_, d.ACT_ID_, d.JOB_TYPE_, d.JOB_CONFIGURATION_,
          j.RETRIES_, j.LOCK_OWNER_, j.SUSPENSION_STATE_, j.DUEDATE_, j.CREATE_TIME_
        FROM ACT_RU_JOB j JOIN ACT_RU_JOBDEF d ON d.ID_ = j.JOB_DEF_ID_
        WHERE j.PROCESS_INSTANCE_ID_ IN (:runs)
        ORDER BY j.CREATE_TIME_
        """,
        (row, number) ->
            new Pending(
                row.getString("ID_"),
                row.getString("PROCESS_INSTANCE_ID_"),
                row.getString("ACT_ID_"),
                row.getString("JOB_TYPE_"),
                row.getString("JOB_CONFIGURATION_"),
                row.getInt("RETRIES_"),
                row.getString("LOCK_OWNER_") != null,
                row.getInt("SUSPENSION_STATE_") == 2,
                instant(row, "DUEDATE_"),
                instant(row, "CREATE_TIME_")),
        Pending::run);
  }

  private <T> Map<String, List<T>> byRun(
      Collection<String> runs, String sql, RowMapper<T> mapper, Function<T, String> run) {
    if (runs.isEmpty()) {
      return Map.of();
    }
    return jdbc.sql(sql).param("runs", runs).query(mapper).list().stream()
        .collect(Collectors.groupingBy(run));
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    Timestamp value = row.getTimestamp(column);
    return value == null ? null : value.toInstant();
  }
}
