package org.bpmnmlops.operation;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.springframework.stereotype.Component;

/**
 * Lets one node at a time make the engine's tables: of two that start together on a new PostgreSQL
 * one would fail. The lock is the session's, so it goes with a node that dies.
 */
@Component
class SchemaLock extends AbstractProcessEnginePlugin {

  /** Any number that nobody else locks; Flyway's lock is another one. */
  private static final long LOCK = 4_726_001L;

  private Connection session;

  @Override
  public void preInit(ProcessEngineConfigurationImpl configuration) {
    try {
      session = configuration.getDataSource().getConnection();
      if (session.getMetaData().getDatabaseProductName().equals("PostgreSQL")) {
        execute("SELECT pg_advisory_lock(%d)");
      } else {
        end();
      }
    } catch (SQLException e) {
      throw new IllegalStateException("Cannot lock the engine's tables", e);
    }
  }

  @Override
  public void postProcessEngineBuild(ProcessEngine engine) {
    if (session == null) {
      return;
    }
    try {
      execute("SELECT pg_advisory_unlock(%d)");
      end();
    } catch (SQLException e) {
      throw new IllegalStateException("Cannot unlock the engine's tables", e);
    }
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = session.createStatement()) {
      statement.execute(sql.formatted(LOCK));
    }
  }

  private void end() throws SQLException {
    session.close();
    session = null;
  }
}
