package org.bpmnmlops.operation;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Meters about all nodes together, read from the database: every node reports the same, so take the
 * largest of them and never the sum.
 */
@Component
class RunMeters {

  private static final String SAME = "; the same on every node, do not add up";

  private final JdbcClient jdbc;
  private final MultiGauge runs;
  private final MultiGauge queue;
  private final MultiGauge incidents;
  private final MultiGauge accuracy;

  RunMeters(JdbcClient jdbc, MeterRegistry meters) {
    this.jdbc = jdbc;
    runs = gauge(meters, "mlops.runs", "Runs that have ended, by outcome");
    queue = gauge(meters, "mlops.queue", "Runs that have not ended: queued or active");
    incidents = gauge(meters, "mlops.incidents", "Open incidents, by the process that failed");
    accuracy =
        gauge(meters, "mlops.accuracy", "Accuracy in the latest run that came to one, 0 to 1");
  }

  private static MultiGauge gauge(MeterRegistry meters, String name, String description) {
    return MultiGauge.builder(name).description(description + SAME).register(meters);
  }

  @Scheduled(fixedDelayString = "PT15S")
  void refresh() {
    fill(
        runs,
        """
        SELECT pipeline, 'outcome' AS tag, outcome AS tag_value, COUNT(*) AS amount
        FROM mlops_run WHERE state = 'ended' GROUP BY pipeline, outcome
        """);
    // A state without runs reports 0 as long as the pipeline is known, so that a graph comes down.
    fill(
        queue,
        """
        SELECT p.id AS pipeline, 'state' AS tag, s.state AS tag_value, COUNT(r.id) AS amount
        FROM mlops_pipeline p
        CROSS JOIN (SELECT 'queued' AS state UNION ALL SELECT 'active') s
        LEFT JOIN mlops_run r ON r.pipeline = p.id AND r.state = s.state
        GROUP BY p.id, s.state
        """);
    fill(
        incidents,
        """
        SELECT k.KEY_ AS pipeline, NULL AS tag, NULL AS tag_value,
          (SELECT COUNT(*) FROM ACT_RU_INCIDENT i JOIN ACT_RE_PROCDEF d ON d.ID_ = i.PROC_DEF_ID_
           WHERE d.KEY_ = k.KEY_ AND i.ROOT_CAUSE_INCIDENT_ID_ = i.ID_) AS amount
        FROM (SELECT DISTINCT KEY_ FROM ACT_RE_PROCDEF) k
        """);
    fill(
        accuracy,
        """
        SELECT pipeline, NULL AS tag, NULL AS tag_value, accuracy AS amount
        FROM (SELECT p.id AS pipeline,
                (SELECT r.accuracy FROM mlops_run r
                 WHERE r.pipeline = p.id AND r.accuracy IS NOT NULL
                 ORDER BY r.ended_at DESC FETCH FIRST 1 ROW ONLY) AS accuracy
              FROM mlops_pipeline p) latest
        WHERE accuracy IS NOT NULL
        """);
  }

  private void fill(MultiGauge gauge, String sql) {
    List<Row<?>> rows =
        jdbc
            .sql(sql)
            .query(
                (rs, i) -> {
                  Tags tags = Tags.of("pipeline", rs.getString("pipeline"));
                  String tag = rs.getString("tag");
                  return Row.of(
                      tag == null ? tags : tags.and(tag, rs.getString("tag_value")),
                      rs.getDouble("amount"));
                })
            .list()
            .stream()
            .<Row<?>>map(row -> row)
            .toList();
    gauge.register(rows, true);
  }
}
