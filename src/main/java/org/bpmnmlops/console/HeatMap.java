package org.bpmnmlops.console;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What the activities of a process did over a period. Knows no rights. */
@Component
class HeatMap {

  /**
   * One activity.
   *
   * @param count how often it was left
   * @param failures how often it threw an exception or was left by a boundary error event
   * @param meanMs of those that were not; null where there is none, and so is {@code maxMs}
   */
  record Heat(String activity, String type, long count, long failures, Double meanMs, Long maxMs) {}

  private record Left(long count, long canceled, Double meanMs, Long maxMs) {}

  private final JdbcClient jdbc;

  HeatMap(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * By activity, in no order.
   *
   * @param definitions ids of process definitions, at least one
   * @param from the first moment of the end; {@code to} is the first that is too late
   */
  List<Heat> of(List<String> definitions, Instant from, Instant to) {
    Map<String, Long> exceptions = new HashMap<>();
    jdbc.sql(
            """
            SELECT COALESCE(FAILED_ACT_ID_, ACT_ID_) AS ACTIVITY, COUNT(*) AS AMOUNT
            FROM ACT_HI_JOB_LOG
            WHERE PROCESS_DEF_ID_ IN (:definitions) AND JOB_STATE_ = 1
              AND TIMESTAMP_ >= :from AND TIMESTAMP_ < :to
            GROUP BY COALESCE(FAILED_ACT_ID_, ACT_ID_)
            """)
        .param("definitions", definitions)
        .param("from", Timestamp.from(from))
        .param("to", Timestamp.from(to))
        .query((row, number) -> exceptions.put(row.getString("ACTIVITY"), row.getLong("AMOUNT")))
        .list();
    Map<String, String> types = new HashMap<>();
    Map<String, Left> left = new HashMap<>();
    jdbc.sql(
            """
            SELECT ACT_ID_, ACT_TYPE_, COUNT(*) AS AMOUNT,
              SUM(CASE WHEN ACT_INST_STATE_ = 2 THEN 1 ELSE 0 END) AS CANCELED,
              AVG(CASE WHEN ACT_INST_STATE_ = 2 THEN NULL ELSE CAST(DURATION_ AS DOUBLE PRECISION)
                END) AS MEAN_MS,
              MAX(CASE WHEN ACT_INST_STATE_ = 2 THEN NULL ELSE DURATION_ END) AS MAX_MS
            FROM ACT_HI_ACTINST
            WHERE PROC_DEF_ID_ IN (:definitions) AND END_TIME_ >= :from AND END_TIME_ < :to
            GROUP BY ACT_ID_, ACT_TYPE_
            """)
        .param("definitions", definitions)
        .param("from", Timestamp.from(from))
        .param("to", Timestamp.from(to))
        .query(
            (row, number) -> {
              types.put(row.getString("ACT_ID_"), row.getString("ACT_TYPE_"));
              return left.put(
                  row.getString("ACT_ID_"),
                  new Left(
                      row.getLong("AMOUNT"),
                      row.getLong("CANCELED"),
                      row.getObject("MEAN_MS", Double.class),
                      row.getObject("MAX_MS", Long.class)));
            })
        .list();
    List<Heat> heats = new ArrayList<>();
    left.forEach(
        (activity, of) ->
            heats.add(
                new Heat(
                    activity,
                    types.get(activity),
                    of.count(),
                    of.canceled() + exceptions.getOrDefault(activity, 0L),
                    of.meanMs(),
                    of.maxMs())));
    exceptions.forEach(
        (activity, amount) -> {
          if (activity != null && !left.containsKey(activity)) {
            heats.add(new Heat(activity, null, 0, amount, null, null));
          }
        });
    return heats;
  }
}
