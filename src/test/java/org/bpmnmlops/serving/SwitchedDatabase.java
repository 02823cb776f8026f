package org.bpmnmlops.serving;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** A database that can be out of reach, and counts who came. */
final class SwitchedDatabase extends DelegatingDataSource {

  private final AtomicBoolean down = new AtomicBoolean();
  private final AtomicInteger connections = new AtomicInteger();

  SwitchedDatabase(DataSource database) {
    super(database);
  }

  void down(boolean now) {
    down.set(now);
  }

  int connections() {
    return connections.get();
  }

  @Override
  public Connection getConnection() throws SQLException {
    connections.incrementAndGet();
    if (down.get()) {
      throw new SQLException("The database is out of reach");
    }
    return super.getConnection();
  }
}
