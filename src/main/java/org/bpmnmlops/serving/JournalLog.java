package org.bpmnmlops.serving;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.bpmnmlops.production.PredictionJournal;
import org.bpmnmlops.production.ProductionData;
import org.bpmnmlops.production.StoredPrediction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records predictions in a journal beside the database, which a thread of its own moves into the
 * table {@value #PAUSE_MILLIS} ms later (docs/adr/0018). There are two journals: rows of one are on
 * their way into the table while the other takes new ones. As long as the table does not take rows,
 * nothing is recorded.
 */
final class JournalLog implements PredictionLog, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(JournalLog.class);

  private static final long PAUSE_MILLIS = 50;
  private static final long PAUSE_AFTER_FAULT_MILLIS = 1_000;

  /** So many rows may wait for the table, in memory; then requests wait too. */
  private static final int MOST_WAITING = 50_000;

  private static final long PATIENCE_SECONDS = 15;

  private final ProductionData production;
  private final Thread writer = new Thread(this::write, "prediction-journal");

  /** Held by who moves rows into the table. */
  private final ReentrantLock moving = new ReentrantLock();

  /** Held for the fields below, and while a line is appended. */
  private final ReentrantLock lock = new ReentrantLock();

  private final Condition moves = lock.newCondition();
  private PredictionJournal taking;
  private PredictionJournal leaving;
  private List<StoredPrediction> taken = new ArrayList<>();
  private List<StoredPrediction> moved = List.of();
  private long recorded;
  private volatile Throwable fault;
  private volatile boolean closed;

  /**
   * Begins with what an earlier process left in the journals.
   *
   * @throws org.bpmnmlops.production.UnusableJournalException when one cannot be read
   */
  JournalLog(ProductionData production, PredictionJournal first, PredictionJournal second)
      throws IOException {
    this.production = production;
    this.taking = first;
    this.leaving = second;
    for (PredictionJournal journal : List.of(first, second)) {
      List<StoredPrediction> rows = journal.read();
      if (!rows.isEmpty()) {
        production.recordMissing(rows);
        LOG.info("{} predictions of {} are in the table now", rows.size(), journal.file());
      }
      journal.clear();
    }
    writer.setDaemon(true);
    writer.start();
  }

  @Override
  public void record(List<StoredPrediction> rows) {
    byte[] line = PredictionJournal.line(rows);
    lock.lock();
    try {
      awaitRoom();
      taking.append(line);
      if (taken.isEmpty()) {
        LockSupport.unpark(writer);
      }
      taken.addAll(rows);
      recorded += rows.size();
    } catch (IOException e) {
      LOG.error("{} cannot be written: {}", taking.file(), e.toString());
      throw new NotRecordedException("The journal of predictions cannot be written", e);
    } finally {
      lock.unlock();
    }
  }

  private void awaitRoom() {
    long left = TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!closed && fault == null && taken.size() + moved.size() >= MOST_WAITING) {
      if (left <= 0) {
        throw new NotRecordedException("Too many predictions wait for the database", null);
      }
      try {
        left = moves.awaitNanos(left);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new NotRecordedException("The server shuts down", e);
      }
    }
    if (closed || fault != null) {
      throw new NotRecordedException("The database does not take predictions", fault);
    }
  }

  @Override
  public void settle(Predicate<StoredPrediction> sought) {
    if (waits(sought)) {
      move();
      if (fault != null && waits(sought)) {
        throw new NotRecordedException("The database does not take predictions", fault);
      }
    }
  }

  @Override
  public void await() {
    lock.lock();
    try {
      long before = recorded;
      long left = TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
      while (recorded - taken.size() - moved.size() < before) {
        if (closed || fault != null || left <= 0) {
          throw new NotRecordedException("The database does not take predictions", fault);
        }
        left = moves.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new NotRecordedException("The server shuts down", e);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Optional<String> trouble() {
    return fault == null
        ? Optional.empty()
        : Optional.of("The database does not take predictions: " + fault.getMessage());
  }

  private boolean waits(Predicate<StoredPrediction> sought) {
    lock.lock();
    try {
      return taken.stream().anyMatch(sought) || moved.stream().anyMatch(sought);
    } finally {
      lock.unlock();
    }
  }

  private void write() {
    while (!closed) {
      if (waits(row -> true)) {
        long pause = fault == null ? PAUSE_MILLIS : PAUSE_AFTER_FAULT_MILLIS;
        LockSupport.parkNanos(this, TimeUnit.MILLISECONDS.toNanos(pause));
        move();
      } else {
        LockSupport.park(this);
      }
    }
  }

  /** Moves all rows that are recorded when it is called into the table. */
  private void move() {
    moving.lock();
    try {
      boolean again = !moved.isEmpty();
      if (again) {
        moveOnce(true);
      }
      if (moved.isEmpty() && change()) {
        moveOnce(false);
      }
    } finally {
      moving.unlock();
    }
  }

  /** Lets the other journal take the rows that come now. */
  private boolean change() {
    lock.lock();
    try {
      if (taken.isEmpty()) {
        return false;
      }
      moved = taken;
      taken = new ArrayList<>();
      PredictionJournal empty = leaving;
      leaving = taking;
      taking = empty;
      return true;
    } finally {
      lock.unlock();
    }
  }

  /**
   * @param again whether some of the rows may be in the table already
   */
  private void moveOnce(boolean again) {
    Throwable trouble = null;
    try {
      if (again) {
        production.recordMissing(moved);
      } else {
        production.recordNew(moved);
      }
      leaving.clear();
    } catch (IOException | RuntimeException | Error e) {
      trouble = e;
    }
    if (trouble != null && fault == null) {
      LOG.error(
          "{} predictions wait in {}: the database does not take them",
          moved.size(),
          leaving.file(),
          trouble);
    } else if (trouble == null && fault != null) {
      LOG.info("The database takes predictions again");
    }
    lock.lock();
    try {
      fault = trouble;
      moved = trouble == null ? List.of() : moved;
      moves.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() throws IOException {
    closed = true;
    LockSupport.unpark(writer);
    try {
      writer.join();
    } catch (InterruptedException e) {
      // What is left is in the journals, for the next start.
      Thread.currentThread().interrupt();
      return;
    }
    move();
    taking.close();
    leaving.close();
  }
}
