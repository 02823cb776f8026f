package org.bpmnmlops.registry;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Which version of a model is live, kept as the pile of its promotions: the top one that counts is
 * the champion, the next other version below it the previous champion. Nothing is deleted, what is
 * undone counts no longer.
 */
@Component
class Promotions {

  private record Promotion(long id, int version, Instant since, String by, String reason) {

    ModelAlias as(Alias alias) {
      return new ModelAlias(alias, version, since, by, reason);
    }
  }

  private final JdbcClient jdbc;
  private final Clock clock;

  Promotions(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /** The aliases a model has now, in the order of {@link Alias}. */
  List<ModelAlias> aliases(String name) {
    List<ModelAlias> aliases = new ArrayList<>();
    List<Promotion> top = topTwo(name);
    if (!top.isEmpty()) {
      aliases.add(top.get(0).as(Alias.CHAMPION));
      challenger(name, top.get(0).version()).ifPresent(aliases::add);
    }
    if (top.size() > 1) {
      aliases.add(top.get(1).as(Alias.PREVIOUS));
    }
    return aliases;
  }

  void push(ModelVersion version, String by, String reason) {
    jdbc.sql(
            """
            INSERT INTO mlops_model_promotion (name, version, promoted_at, promoted_by, reason)
            VALUES (:name, :version, :now, :by, :reason)
            """)
        .param("name", version.name())
        .param("version", version.version())
        .param("now", now())
        .param("by", by)
        .param("reason", reason)
        .update();
  }

  /** Whether the version was champion; it is no longer, and the one before it is again. */
  boolean pop(String name, int version, String by, String reason) {
    List<Promotion> top = topTwo(name);
    if (top.isEmpty() || top.get(0).version() != version) {
      return false;
    }
    long below = top.size() > 1 ? top.get(1).id() : 0;
    // Where a version between was withdrawn, the one on top stands there twice.
    update(
        "undone",
        by,
        reason,
        "name = ? AND version = ? AND undone_at IS NULL AND id > ?",
        name,
        version,
        below);
    update("restored", by, reason, "id = ?", below);
    return true;
  }

  private void update(String what, String by, String reason, String which, Object... values) {
    jdbc.sql(
            "UPDATE mlops_model_promotion SET %1$s_at = ?, %1$s_by = ?, %1$s_reason = ? WHERE %2$s"
                .formatted(what, which))
        .params(now(), by, reason)
        .params(values)
        .update();
  }

  /** The newest promotions of the two versions that were champion last. */
  private List<Promotion> topTwo(String name) {
    return jdbc.sql(
            """
            SELECT p.id, p.version,
                COALESCE(p.restored_at, p.promoted_at) AS since,
                COALESCE(p.restored_by, p.promoted_by) AS who,
                COALESCE(p.restored_reason, p.reason) AS why
            FROM mlops_model_promotion p
            JOIN mlops_model_version v ON v.name = p.name AND v.version = p.version
            WHERE p.name = :name AND p.undone_at IS NULL AND NOT EXISTS (
                SELECT 1 FROM mlops_model_promotion later
                WHERE later.name = p.name AND later.version = p.version AND later.id > p.id
                  AND later.undone_at IS NULL)
            ORDER BY p.id DESC FETCH FIRST 2 ROWS ONLY
            """)
        .param("name", name)
        .query(
            (row, number) ->
                new Promotion(
                    row.getLong("id"),
                    row.getInt("version"),
                    row.getTimestamp("since").toInstant(),
                    row.getString("who"),
                    row.getString("why")))
        .list();
  }

  private Optional<ModelAlias> challenger(String name, int champion) {
    return jdbc.sql(
            """
            SELECT version, registered_at, run FROM mlops_model_version v
            WHERE name = :name AND version > :champion AND NOT EXISTS (
                SELECT 1 FROM mlops_model_promotion p
                WHERE p.name = v.name AND p.version = v.version)
            ORDER BY version DESC FETCH FIRST 1 ROW ONLY
            """)
        .param("name", name)
        .param("champion", champion)
        .query(
            (row, number) ->
                new ModelAlias(
                    Alias.CHALLENGER,
                    row.getInt("version"),
                    row.getTimestamp("registered_at").toInstant(),
                    row.getString("run"),
                    "the newest version"))
        .optional();
  }

  private Timestamp now() {
    return Timestamp.from(clock.instant());
  }
}
