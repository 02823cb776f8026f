package org.bpmnmlops.registry;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The rows of models, their versions and the runs behind them. A lock on a model's row keeps two
 * changes of it apart until the caller's transaction ends.
 */
@Component
class VersionTable {

  private final JdbcClient jdbc;

  VersionTable(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  void lock(String name) {
    jdbc.sql("SELECT name FROM mlops_model WHERE name = :name FOR UPDATE")
        .param("name", name)
        .query(String.class)
        .optional();
  }

  /** Of two who add a model at once one waits for the other at the row '*'. */
  void lockOrAdd(String name) {
    boolean known =
        jdbc.sql("SELECT COUNT(*) FROM mlops_model WHERE name = :name")
                .param("name", name)
                .query(Long.class)
                .single()
            > 0;
    if (!known) {
      lock("*");
      jdbc.sql(
              """
              INSERT INTO mlops_model (name, last_version, changes)
              SELECT CAST(:name AS VARCHAR(100)), 0, 0
              WHERE NOT EXISTS (SELECT 1 FROM mlops_model WHERE name = :name)
              """)
          .param("name", name)
          .update();
    }
    lock(name);
  }

  /** A number no version of the model ever had; the model's row is locked. */
  int nextNumber(String name) {
    jdbc.sql("UPDATE mlops_model SET last_version = last_version + 1 WHERE name = :name")
        .param("name", name)
        .update();
    return jdbc.sql("SELECT last_version FROM mlops_model WHERE name = :name")
        .param("name", name)
        .query(Integer.class)
        .single();
  }

  void add(ModelVersion version, String process, RowFiles files) {
    jdbc.sql(
            """
            INSERT INTO mlops_model_version (name, version, run, pipeline, process, algorithm,
                accuracy, data_hash, fingerprint, model_hash, rows_file, separation_file,
                registered_at)
            VALUES (:name, :version, :run, :pipeline, :process, :algorithm, :accuracy, :dataHash,
                :fingerprint, :modelHash, :rows, :separation, :now)
            """)
        .param("name", version.name())
        .param("version", version.version())
        .param("run", version.run())
        .param("pipeline", version.pipeline())
        .param("process", process)
        .param("algorithm", version.algorithm())
        .param("accuracy", version.accuracy())
        .param("dataHash", version.dataHash())
        .param("fingerprint", version.fingerprint())
        .param("modelHash", version.modelHash())
        .param("rows", files.rows())
        .param("separation", files.separation())
        .param("now", Timestamp.from(version.registeredAt()))
        .update();
  }

  /** Whether it is gone now; a version stays as long as a run that stands behind it goes on. */
  boolean deleteUnlessInUse(ModelVersion version) {
    boolean deleted =
        jdbc.sql(
                    """
                    DELETE FROM mlops_model_version
                    WHERE name = :name AND version = :version AND NOT EXISTS (
                        SELECT 1 FROM mlops_model_run m JOIN mlops_run r ON r.id = m.run
                        WHERE m.name = :name AND m.version = :version AND r.state <> 'ended')
                    """)
                .param("name", version.name())
                .param("version", version.version())
                .update()
            > 0;
    if (deleted) {
      jdbc.sql("DELETE FROM mlops_model_run WHERE name = :name AND version = :version")
          .param("name", version.name())
          .param("version", version.version())
          .update();
    }
    return deleted;
  }

  /** Takes a run from its version, and deletes a version that no run stands behind any more. */
  void withdraw(String run, ModelVersion version, boolean promotedHere) {
    jdbc.sql("DELETE FROM mlops_model_run WHERE run = :run").param("run", run).update();
    jdbc.sql(
            """
            DELETE FROM mlops_model_version
            WHERE name = :name AND version = :version AND NOT EXISTS (
                SELECT 1 FROM mlops_model_run WHERE name = :name AND version = :version)
              AND (CAST(:promotedHere AS BOOLEAN) OR NOT EXISTS (
                SELECT 1 FROM mlops_model_promotion WHERE name = :name AND version = :version
                  AND undone_at IS NULL AND promoted_by <> :run))
            """)
        .param("name", version.name())
        .param("version", version.version())
        .param("promotedHere", promotedHere)
        .param("run", run)
        .update();
  }

  void addRun(String run, ModelVersion version) {
    jdbc.sql("INSERT INTO mlops_model_run (run, name, version) VALUES (:run, :name, :version)")
        .param("run", run)
        .param("name", version.name())
        .param("version", version.version())
        .update();
  }

  List<String> names() {
    return jdbc.sql("SELECT DISTINCT name FROM mlops_model_version ORDER BY name")
        .query(String.class)
        .list();
  }

  Optional<ModelVersion> find(String name, int version) {
    return jdbc.sql("SELECT * FROM mlops_model_version WHERE name = :name AND version = :version")
        .param("name", name)
        .param("version", version)
        .query(VersionTable::version)
        .optional();
  }

  Optional<ModelVersion> ofRun(String run) {
    return jdbc.sql(
            """
            SELECT v.* FROM mlops_model_version v
            JOIN mlops_model_run r ON r.name = v.name AND r.version = v.version
            WHERE r.run = :run
            """)
        .param("run", run)
        .query(VersionTable::version)
        .optional();
  }

  Optional<ModelVersion> ofFingerprint(String name, String fingerprint) {
    return jdbc.sql("SELECT * FROM mlops_model_version WHERE name = :name AND fingerprint = :print")
        .param("name", name)
        .param("print", fingerprint)
        .query(VersionTable::version)
        .optional();
  }

  Optional<ModelVersion> oldest(String name) {
    return jdbc.sql(
            "SELECT * FROM mlops_model_version WHERE name = :name ORDER BY version"
                + " FETCH FIRST 1 ROW ONLY")
        .param("name", name)
        .query(VersionTable::version)
        .optional();
  }

  /** Newest first; pages count from 0. */
  List<ModelVersion> page(String name, int page, int size) {
    return jdbc.sql(
            """
            SELECT * FROM mlops_model_version WHERE name = :name ORDER BY version DESC
            OFFSET :offset ROWS FETCH NEXT :size ROWS ONLY
            """)
        .param("name", name)
        .param("offset", (long) page * size)
        .param("size", size)
        .query(VersionTable::version)
        .list();
  }

  /** Id of the process definition that made the version. */
  String process(ModelVersion version) {
    return jdbc.sql(
            "SELECT process FROM mlops_model_version WHERE name = :name AND version = :version")
        .param("name", version.name())
        .param("version", version.version())
        .query(String.class)
        .single();
  }

  RowFiles rowFiles(ModelVersion version) {
    return jdbc.sql(
            "SELECT rows_file, separation_file FROM mlops_model_version"
                + " WHERE name = :name AND version = :version")
        .param("name", version.name())
        .param("version", version.version())
        .query((row, number) -> new RowFiles(row.getString(1), row.getString(2)))
        .single();
  }

  long changes(String name) {
    return jdbc.sql("SELECT changes FROM mlops_model WHERE name = :name")
        .param("name", name)
        .query(Long.class)
        .optional()
        .orElse(0L);
  }

  void changed(String name) {
    jdbc.sql("UPDATE mlops_model SET changes = changes + 1 WHERE name = :name")
        .param("name", name)
        .update();
  }

  private static ModelVersion version(ResultSet row, int number) throws SQLException {
    return new ModelVersion(
        row.getString("name"),
        row.getInt("version"),
        row.getString("run"),
        row.getString("pipeline"),
        row.getString("algorithm"),
        row.getDouble("accuracy"),
        row.getString("data_hash"),
        row.getString("fingerprint"),
        row.getString("model_hash"),
        row.getTimestamp("registered_at").toInstant());
  }
}
