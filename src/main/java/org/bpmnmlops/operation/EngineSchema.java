package org.bpmnmlops.operation;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.springframework.stereotype.Component;

/**
 * The engine's own tables. One node at a time makes them: of two that start together on a new
 * PostgreSQL one would fail. The lock is the session's, so it goes with a node that dies.
 *
 * <p>Adds the index that the engine lacks for its most frequent query, the variables of an
 * execution. It asks for those without a task, which all are, and a database that planned it while
 * the table was empty reads the index of tasks, which is the whole table, for every step from then
 * on. PostgreSQL plans anew with every autovacuum, and errs again for a while where that met the
 * table empty (see src/bench/README.md).
 */
@Component
class EngineSchema extends AbstractProcessEnginePlugin {

  static final String VARIABLES = "ACT_RU_VARIABLE";
  static final String INDEX = "MLOPS_IDX_VARIABLE_EXECUTION";

  /** Any number that nobody else locks; Flyway's lock is another one. */
  private static final long LOCK = 4_726_001L;

  private Connection session;
  private boolean locked;

  @Override
  public void preInit(ProcessEngineConfigurationImpl configuration) {
    try {
      session = configuration.getDataSource().getConnection();
      locked = session.getMetaData().getDatabaseProductName().equals("PostgreSQL");
      if (locked) {
        execute("SELECT pg_advisory_lock(%d)".formatted(LOCK));
      }
    } catch (SQLException e) {
      throw new IllegalStateException("Cannot lock the engine's tables", e);
    }
  }

  @Override
  public void postProcessEngineBuild(ProcessEngine engine) {
    try (Connection mine = session) {
      if (!hasIndex(mine.getMetaData())) {
        execute("CREATE INDEX %s ON %s (EXECUTION_ID_, TASK_ID_)".formatted(INDEX, VARIABLES));
      }
      if (locked) {
        execute("SELECT pg_advisory_unlock(%d)".formatted(LOCK));
      }
    } catch (SQLException e) {
      throw new IllegalStateException("Cannot index or unlock the engine's tables", e);
    }
  }

  /** PostgreSQL would lock the table to find out that an index exists already. */
  private static boolean hasIndex(DatabaseMetaData database) throws SQLException {
    String table =
        database.storesLowerCaseIdentifiers() ? VARIABLES.toLowerCase(Locale.ROOT) : VARIABLES;
    try (ResultSet indexes =
        database.getIndexInfo(null, database.getConnection().getSchema(), table, false, true)) {
      while (indexes.next()) {
        if (INDEX.equalsIgnoreCase(indexes.getString("INDEX_NAME"))) {
          return true;
        }
      }
    }
    return false;
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = session.createStatement()) {
      statement.execute(sql);
    }
  }
}
