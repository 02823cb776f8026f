package org.bpmnmlops.operation;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Connections to an H2 file whose commits return when they are in the file, so that {@code kill -9}
 * loses none, and that share their writes (docs/adr/0009).
 */
final class DurableDataSource extends DelegatingDataSource {

  private static final int SIBLINGS = 3;
  private static final Duration PATIENCE = Duration.ofMillis(3);

  private final CommitGroup group = new CommitGroup(SIBLINGS, PATIENCE.toNanos());

  DurableDataSource(DataSource file) {
    super(file);
  }

  @Override
  public Connection getConnection() throws SQLException {
    return durable(super.getConnection());
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    return durable(super.getConnection(user, password));
  }

  private Connection durable(Connection connection) throws SQLException {
    var session = (SessionLocal) connection.unwrap(JdbcConnection.class).getSession();
    return (Connection)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {Connection.class},
            new Durable(connection, session));
  }

  /** One connection from the moment it is lent out until it is given back. */
  private final class Durable implements InvocationHandler {

    private final Connection connection;
    private final SessionLocal session;
    private boolean open;
    private boolean usedWithAutoCommit;

    private Durable(Connection connection, SessionLocal session) {
      this.connection = connection;
      this.session = session;
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
      switch (method.getName()) {
        case "equals":
          return proxy == arguments[0];
        case "hashCode":
          return System.identityHashCode(proxy);
        case "commit":
          return commit(method, arguments);
        case "setAutoCommit":
          return setAutoCommit(method, arguments);
        case "createStatement", "prepareStatement", "prepareCall":
          usedWithAutoCommit |= session.getAutoCommit();
          return call(method, arguments);
        case "rollback":
          Object result = call(method, arguments);
          end();
          return result;
        case "close":
          return close(method, arguments);
        default:
          return call(method, arguments);
      }
    }

    private Object commit(Method method, Object[] arguments) throws Throwable {
      boolean changes = session.containsUncommitted();
      Object result = call(method, arguments);
      end();
      if (changes) {
        group.write(this::write);
      }
      return result;
    }

    /** Switching it on commits. */
    private Object setAutoCommit(Method method, Object[] arguments) throws Throwable {
      if ((Boolean) arguments[0]) {
        return commit(method, arguments);
      }
      Object result = call(method, arguments);
      if (!open) {
        open = true;
        group.opened();
      }
      return result;
    }

    private Object close(Method method, Object[] arguments) throws Throwable {
      end();
      if (usedWithAutoCommit) {
        usedWithAutoCommit = false;
        group.write(this::write);
      }
      return call(method, arguments);
    }

    private void end() {
      if (open) {
        open = false;
        group.closed();
      }
    }

    private void write() throws SQLException {
      MVStore store = session.getDatabase().getStore().getMvStore();
      try {
        store.commit();
        // H2 writes in the background too, and may have begun to write what was committed here.
        store.executeFilestoreOperation(() -> {});
      } catch (MVStoreException e) {
        throw new SQLException("What was committed cannot be written to the database's file", e);
      }
    }

    private Object call(Method method, Object[] arguments) throws Throwable {
      try {
        return method.invoke(connection, arguments);
      } catch (InvocationTargetException e) {
        throw e.getCause();
      }
    }
  }
}
