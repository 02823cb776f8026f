package org.bpmnmlops.operation;

import java.sql.SQLException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Tells the operator that another server uses the home, where Spring would print a stack trace. */
class HomeInUseAnalyzer extends AbstractFailureAnalyzer<SQLException> {

  /** H2's code for a database file that another process has open. */
  private static final int DATABASE_ALREADY_OPEN = 90020;

  @Override
  protected FailureAnalysis analyze(Throwable root, SQLException e) {
    if (e.getErrorCode() != DATABASE_ALREADY_OPEN) {
      return null;
    }
    return new FailureAnalysis(
        "Another server uses this home: its database file is open",
        "Stop the other server, set MLOPS_HOME to another folder, or let both share a PostgreSQL"
            + " database with MLOPS_DB_URL.",
        e);
  }
}
