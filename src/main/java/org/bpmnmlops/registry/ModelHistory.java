package org.bpmnmlops.registry;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What happened to a version, and what others found out about it; nothing here is ever changed. */
@Component
public class ModelHistory {

  /**
   * A time the version became champion.
   *
   * @param by user id, or the run that decided
   * @param reason such as the rows of the decision table that fired
   * @param undoneAt null as long as it counts; likewise who and why
   * @param replacedWith the version that became champion after it, also an older one that a
   *     rollback brought back; null as long as it is champion, and where it was undone; likewise
   *     when, who and why
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Promotion(
      Instant at,
      String by,
      String reason,
      Instant undoneAt,
      String undoneBy,
      String undoneReason,
      Integer replacedWith,
      Instant replacedAt,
      String replacedBy,
      String replacedReason) {}

  /**
   * What somebody found out.
   *
   * @param topic such as "Drift at training time" or "Approval"
   */
  public record Note(String topic, String text, Instant at, String by) {}

  private static final int LONGEST_TEXT = 4000;

  private final JdbcClient jdbc;
  private final Clock clock;

  ModelHistory(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /** Adds a note to a version's card, in the caller's transaction. */
  public void note(String name, int version, String topic, String text, String by) {
    jdbc.sql(
            """
            INSERT INTO mlops_model_note (name, version, topic, text, noted_at, noted_by)
            VALUES (:name, :version, :topic, :text, :now, :by)
            """)
        .param("name", name)
        .param("version", version)
        .param("topic", topic)
        .param("text", text.substring(0, Math.min(LONGEST_TEXT, text.length())))
        .param("now", Timestamp.from(clock.instant()))
        .param("by", by)
        .update();
  }

  /** Oldest first. */
  public List<Note> notes(String name, int version) {
    return jdbc.sql(
            "SELECT * FROM mlops_model_note WHERE name = :name AND version = :version ORDER BY id")
        .param("name", name)
        .param("version", version)
        .query(
            (row, number) ->
                new Note(
                    row.getString("topic"),
                    row.getString("text"),
                    moment(row, "noted_at"),
                    row.getString("noted_by")))
        .list();
  }

  /** Oldest first. */
  public List<Promotion> promotions(String name, int version) {
    return jdbc.sql(
            """
            SELECT p.*, n.version AS next_version, n.promoted_at AS next_at,
                n.promoted_by AS next_by, n.reason AS next_reason
            FROM mlops_model_promotion p LEFT JOIN mlops_model_promotion n
              ON p.undone_at IS NULL AND n.id = (
                SELECT MIN(later.id) FROM mlops_model_promotion later
                JOIN mlops_model_version v ON v.name = later.name AND v.version = later.version
                WHERE later.name = p.name AND later.version <> p.version AND later.id > p.id
                  AND later.undone_at IS NULL)
            WHERE p.name = :name AND p.version = :version ORDER BY p.id
            """)
        .param("name", name)
        .param("version", version)
        .query(
            (row, number) ->
                new Promotion(
                    moment(row, "promoted_at"),
                    row.getString("promoted_by"),
                    row.getString("reason"),
                    moment(row, "undone_at"),
                    row.getString("undone_by"),
                    row.getString("undone_reason"),
                    row.getObject("next_version", Integer.class),
                    moment(row, "next_at"),
                    row.getString("next_by"),
                    row.getString("next_reason")))
        .list();
  }

  private static Instant moment(ResultSet row, String column) throws SQLException {
    Timestamp moment = row.getTimestamp(column);
    return moment == null ? null : moment.toInstant();
  }
}
