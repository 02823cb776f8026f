package org.bpmnmlops.status;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Keeps every report; the newest one of a pipeline is its status. */
@Repository
class StatusHistory {

  /**
   * A report as it is stored; {@code accuracy}, {@code executionDate} and {@code ds} may be null.
   */
  record Entry(
      String dagId,
      String status,
      String runId,
      Double accuracy,
      OffsetDateTime executionDate,
      LocalDate ds) {

    Entry withDagId(String other) {
      return new Entry(other, status, runId, accuracy, executionDate, ds);
    }
  }

  /** The newest report of a pipeline and when it came; {@code accuracy} may be null. */
  record Latest(String status, String runId, Double accuracy, Instant reportedAt) {}

  private final JdbcTemplate database;

  StatusHistory(JdbcTemplate database) {
    this.database = database;
  }

  /** Adds a report that carries no key. */
  void add(Entry entry, Instant now) {
    insert(entry, now, null);
  }

  /** Adds a report unless one with the same hash was taken before. */
  void addOnce(Entry entry, Instant now, String hash) {
    if (isKnown(hash)) {
      return;
    }
    try {
      insert(entry, now, hash);
    } catch (DuplicateKeyException e) {
      // Somebody else was faster. A run's own report fails here, with the step it is part of.
      if (TransactionSynchronizationManager.isActualTransactionActive()) {
        throw e;
      }
    }
  }

  private boolean isKnown(String hash) {
    return !database
        .queryForList("SELECT 1 FROM mlops_status WHERE report_hash = ?", Integer.class, hash)
        .isEmpty();
  }

  /** The newest report, by order of arrival. */
  Optional<Latest> latest(String dagId) {
    return database
        .query(
            """
            SELECT status, run_id, accuracy, reported_at FROM mlops_status
            WHERE dag_id = ? ORDER BY id DESC LIMIT 1
            """,
            (row, number) ->
                new Latest(
                    row.getString("status"),
                    row.getString("run_id"),
                    row.getObject("accuracy", Double.class),
                    row.getObject("reported_at", OffsetDateTime.class).toInstant()),
            dagId)
        .stream()
        .findFirst();
  }

  private void insert(Entry entry, Instant now, String hash) {
    database.update(
        """
        INSERT INTO mlops_status
          (dag_id, status, run_id, accuracy, execution_date, ds, reported_at, report_hash)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        """,
        entry.dagId(),
        entry.status(),
        entry.runId(),
        entry.accuracy(),
        entry.executionDate(),
        entry.ds(),
        now.atOffset(ZoneOffset.UTC),
        hash);
  }
}
