package org.bpmnmlops.operation;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;

/**
 * Commits rows from several threads, and says of each that it is committed, until somebody kills
 * it: {@code 17.} means that row 17 must be there whatever happens.
 */
final class CommitsUntilKilled {

  private static final int THREADS = 8;
  private static final AtomicLong NUMBERS = new AtomicLong();

  private CommitsUntilKilled() {}

  /**
   * @param arguments the JDBC URL
   */
  public static void main(String[] arguments) throws SQLException {
    HikariConfig pool = new HikariConfig();
    pool.setJdbcUrl(arguments[0]);
    pool.setUsername("sa");
    DataSource rows =
        (DataSource)
            new DurableCommits()
                .postProcessAfterInitialization(new HikariDataSource(pool), "dataSource");
    try (Connection connection = rows.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE committed (number BIGINT PRIMARY KEY)");
    }
    for (int i = 0; i < THREADS; i++) {
      boolean transactions = i % 2 == 0;
      new Thread(() -> commitForEver(rows, transactions)).start();
    }
  }

  private static void commitForEver(DataSource rows, boolean transactions) {
    try {
      while (true) {
        long number = NUMBERS.incrementAndGet();
        commit(rows, transactions, number);
        System.out.println(number + ".");
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void commit(DataSource rows, boolean transaction, long number)
      throws SQLException {
    try (Connection connection = rows.getConnection();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(!transaction);
      statement.execute("INSERT INTO committed VALUES (%d)".formatted(number));
      if (transaction) {
        connection.commit();
      }
    }
  }
}
