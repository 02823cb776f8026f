package org.bpmnmlops.operation;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Table {@code mlops_node}: which nodes run on this database, by the database's clock. */
@Component
class NodeTable {

  private final JdbcClient jdbc;

  NodeTable(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * A node's row.
   *
   * @param instance which JVM it is
   * @param age since it was last seen
   */
  record Row(String instance, Instant seenAt, Duration age) {}

  Optional<Row> find(String name) {
    return jdbc.sql(
            "SELECT instance, seen_at, CURRENT_TIMESTAMP AS db_now FROM mlops_node WHERE name = :name")
        .param("name", name)
        .query(
            (rs, i) -> {
              Instant seen = rs.getTimestamp("seen_at").toInstant();
              Instant now = rs.getTimestamp("db_now").toInstant();
              return new Row(rs.getString("instance"), seen, Duration.between(seen, now));
            })
        .optional();
  }

  /** Takes a name nobody has; false when somebody was faster. */
  boolean enter(String name, String instance) {
    return jdbc.sql(
                """
                INSERT INTO mlops_node (name, instance, started_at, seen_at)
                SELECT CAST(:name AS VARCHAR(255)), CAST(:instance AS VARCHAR(64)),
                  CURRENT_TIMESTAMP, CURRENT_TIMESTAMP
                WHERE NOT EXISTS (SELECT 1 FROM mlops_node WHERE name = :name)
                """)
            .param("name", name)
            .param("instance", instance)
            .update()
        == 1;
  }

  /** Takes the name of a dead node; false when it moved after all. */
  boolean replace(String name, Row dead, String instance) {
    return jdbc.sql(
                """
                UPDATE mlops_node
                SET instance = :instance, started_at = CURRENT_TIMESTAMP, seen_at = CURRENT_TIMESTAMP
                WHERE name = :name AND instance = :dead AND seen_at = :seenAt
                """)
            .param("name", name)
            .param("instance", instance)
            .param("dead", dead.instance())
            .param("seenAt", Timestamp.from(dead.seenAt()))
            .update()
        == 1;
  }

  /** Says that this node lives; false when another JVM has taken its name. */
  boolean beat(String name, String instance) {
    return jdbc.sql(
                "UPDATE mlops_node SET seen_at = CURRENT_TIMESTAMP"
                    + " WHERE name = :name AND instance = :instance")
            .param("name", name)
            .param("instance", instance)
            .update()
        == 1;
  }

  void leave(String name, String instance) {
    jdbc.sql("DELETE FROM mlops_node WHERE name = :name AND instance = :instance")
        .param("name", name)
        .param("instance", instance)
        .update();
  }
}
