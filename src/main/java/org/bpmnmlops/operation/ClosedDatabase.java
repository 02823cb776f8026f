package org.bpmnmlops.operation;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.jdbc.DataSourceUnwrapper;

/**
 * Opens the H2 database in the home again after it closed itself, which it does when it cannot
 * write: the disk is full, say. It opens again for the first connection after the last old one is
 * gone, so the whole pool has to go; what was committed is there.
 */
class ClosedDatabase {

  private static final Logger LOG = LoggerFactory.getLogger(ClosedDatabase.class);

  /** H2's codes for "has been closed" and "is closed". */
  private static final Set<Integer> CLOSED = Set.of(90098, 90121);

  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final DataSource dataSource;

  ClosedDatabase(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /**
   * Throws every connection of the pool away if this is why a statement failed; those that are in
   * use go when their users give them back, so that it may take another call.
   */
  void reopenAfter(Exception failure) {
    if (!isClosed(failure)) {
      return;
    }
    Throwable cause = causes(failure).reduce((outer, inner) -> inner).orElseThrow();
    LOG.error(
        "The database closed itself ({}). Nothing that was committed is lost. Where the disk with the"
            + " home is full, free some space: the server opens the database again by itself",
        cause.getMessage());
    // It may stand behind another data source, such as DurableDataSource.
    HikariDataSource pool = DataSourceUnwrapper.unwrap(dataSource, HikariDataSource.class);
    if (pool != null && pool.isRunning()) {
      renew(pool);
    }
  }

  static boolean isClosed(Throwable failure) {
    return causes(failure)
        .anyMatch(e -> e instanceof SQLException sql && CLOSED.contains(sql.getErrorCode()));
  }

  /** Nobody gets a connection meanwhile: one to the closed database would keep it as it is. */
  private static void renew(HikariDataSource pool) {
    var connections = pool.getHikariPoolMXBean();
    connections.suspendPool();
    try {
      long end = System.nanoTime() + PATIENCE.toNanos();
      do {
        connections.softEvictConnections();
        TimeUnit.MILLISECONDS.sleep(50);
      } while (connections.getTotalConnections() > 0 && System.nanoTime() - end < 0);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      connections.resumePool();
    }
  }

  private static Stream<Throwable> causes(Throwable e) {
    return Stream.iterate(e, Objects::nonNull, Throwable::getCause).limit(50);
  }
}
