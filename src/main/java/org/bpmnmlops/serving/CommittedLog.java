package org.bpmnmlops.serving;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.bpmnmlops.production.ProductionData;
import org.bpmnmlops.production.StoredPrediction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Records predictions by committing them to the database. Requests that come while a commit is
 * under way share the next one: one of them writes the rows of all, the others wait for it. A
 * request that is alone commits by itself and waits for nobody. What cannot be recorded within
 * {@value #PATIENCE_SECONDS} s is not answered.
 */
final class CommittedLog implements PredictionLog {

  private static final Logger LOG = LoggerFactory.getLogger(CommittedLog.class);

  /** Requests that may wait; more are refused at once. */
  private static final int MOST_WAITING = 2_000;

  /** Rows of one transaction, unless a single request has more. */
  private static final int MOST_ROWS = 2_000;

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final class Entry {

    private final List<StoredPrediction> rows;
    private final Thread waiting = Thread.currentThread();
    private volatile boolean done;
    private volatile Throwable fault;

    Entry(List<StoredPrediction> rows) {
      this.rows = rows;
    }

    void end(Throwable reason) {
      fault = reason;
      done = true;
      LockSupport.unpark(waiting);
    }
  }

  private final ProductionData production;
  private final TransactionTemplate transaction;
  private final Duration patience;
  private final BlockingQueue<Entry> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
  private final AtomicBoolean writing = new AtomicBoolean();

  CommittedLog(ProductionData production, TransactionTemplate transaction) {
    this(production, transaction, PATIENCE);
  }

  /**
   * @param patience how long rows wait for others to be written
   */
  CommittedLog(ProductionData production, TransactionTemplate transaction, Duration patience) {
    this.production = production;
    this.transaction = transaction;
    this.patience = patience;
  }

  @Override
  public void record(List<StoredPrediction> rows) {
    Entry entry = new Entry(rows);
    if (!waiting.offer(entry)) {
      throw new NotRecordedException("Too many predictions wait to be recorded", null);
    }
    long deadline = System.nanoTime() + patience.toNanos();
    while (!entry.done) {
      if (writing.compareAndSet(false, true)) {
        try {
          // Between the look above and here another may have written this entry.
          if (!entry.done) {
            writeNext();
          }
        } finally {
          writing.set(false);
          Entry next = waiting.peek();
          if (next != null) {
            LockSupport.unpark(next.waiting);
          }
        }
      } else {
        await(entry, deadline);
      }
    }
    if (entry.fault != null) {
      throw new NotRecordedException("The prediction could not be recorded", entry.fault);
    }
  }

  @Override
  public void settle(Predicate<StoredPrediction> sought) {
    // What is recorded is in the database.
  }

  @Override
  public Optional<String> trouble() {
    return Optional.empty();
  }

  @Override
  public void await() {
    // What is recorded is in the database.
  }

  /** Gives up only where nobody is writing the entry: whoever is told so will send it again. */
  private void await(Entry entry, long deadline) {
    long left = deadline - System.nanoTime();
    if ((left <= 0 || Thread.interrupted()) && waiting.remove(entry)) {
      throw new NotRecordedException(
          left <= 0
              ? "The database takes too long to record the prediction"
              : "The server shuts down",
          null);
    }
    LockSupport.parkNanos(this, left > 0 ? left : TimeUnit.SECONDS.toNanos(1));
  }

  private void writeNext() {
    List<Entry> batch = new ArrayList<>();
    List<StoredPrediction> rows = new ArrayList<>();
    for (Entry next = waiting.peek();
        next != null && (batch.isEmpty() || rows.size() + next.rows.size() <= MOST_ROWS);
        next = waiting.peek()) {
      // One that gives up takes itself out meanwhile; then there is nothing to poll, or the next.
      Entry taken = waiting.poll();
      if (taken != null) {
        batch.add(taken);
        rows.addAll(taken.rows);
      }
    }
    Throwable fault = null;
    try {
      transaction.executeWithoutResult(status -> production.recordNew(rows));
    } catch (RuntimeException | Error e) {
      // Whoever waits is told and answers 503.
      LOG.error("{} predictions could not be recorded", rows.size(), e);
      fault = e;
    }
    for (Entry entry : batch) {
      entry.end(fault);
    }
  }
}
