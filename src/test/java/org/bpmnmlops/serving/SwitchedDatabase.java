package org.bpmnmlops.serving;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** A database that can be out of reach, lets in so many at once, and counts who came. */
final class SwitchedDatabase extends DelegatingDataSource {

  private final AtomicBoolean down = new AtomicBoolean();
  private final AtomicInteger connections = new AtomicInteger();
  private final Semaphore open = new Semaphore(Integer.MAX_VALUE);

  SwitchedDatabase(DataSource database) {
    super(database);
  }

  void down(boolean now) {
    down.set(now);
  }

  /** From now on connections wait until they are let in. */
  void close() {
    open.drainPermits();
  }

  void letIn(int connections) {
    open.release(connections);
  }

  int connections() {
    return connections.get();
  }

  @Override
  public Connection getConnection() throws SQLException {
    connections.incrementAndGet();
    open.acquireUninterruptibly();
    if (down.get()) {
      throw new SQLException("The database is out of reach");
    }
    return super.getConnection();
  }
}
