package org.bpmnmlops.serving;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.bpmnmlops.production.ProductionData;
import org.bpmnmlops.production.ProductionRow;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Records predictions before they are answered. Requests that come while a commit is under way
 * share the next one: one thread writes, all others wait for it. What cannot be recorded within
 * {@value #PATIENCE_SECONDS} s is not answered.
 */
@Component
class PredictionLog implements DisposableBean {

  private static final Logger LOG = LoggerFactory.getLogger(PredictionLog.class);

  /** Requests that may wait; more are refused at once. */
  private static final int MOST_WAITING = 2_000;

  /** Rows of one transaction, unless a single request has more. */
  private static final int MOST_ROWS = 2_000;

  private static final long PATIENCE_SECONDS = 5;

  private record Entry(List<ProductionRow> rows, CompletableFuture<Void> recorded) {}

  private final ProductionData production;
  private final TransactionTemplate transaction;
  private final BlockingQueue<Entry> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
  private final Thread writer;
  private volatile boolean closed;

  PredictionLog(ProductionData production, TransactionTemplate transaction) {
    this.production = production;
    this.transaction = transaction;
    this.writer = new Thread(this::write, "prediction-log");
    writer.setDaemon(true);
    writer.start();
  }

  /**
   * Returns when the rows are committed.
   *
   * @throws NotRecordedException when they could not be; they may still come into the table later,
   *     as predictions that nobody got
   */
  void record(List<ProductionRow> rows) {
    Entry entry = new Entry(rows, new CompletableFuture<>());
    if (closed || !waiting.offer(entry)) {
      throw new NotRecordedException("Too many predictions wait to be recorded", null);
    }
    try {
      entry.recorded().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new NotRecordedException("The prediction could not be recorded", e.getCause());
    } catch (TimeoutException e) {
      throw new NotRecordedException("The database takes too long to record the prediction", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new NotRecordedException("The server shuts down", e);
    }
  }

  /** Requests are answered before the server shuts down, so nothing waits here any more. */
  @Override
  public void destroy() throws InterruptedException {
    closed = true;
    writer.interrupt();
    writer.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
  }

  private void write() {
    List<Entry> batch = new ArrayList<>();
    while (!closed) {
      try {
        Entry first = waiting.take();
        batch.add(first);
        int rows = first.rows().size();
        for (Entry next = waiting.peek();
            next != null && rows + next.rows().size() <= MOST_ROWS;
            next = waiting.peek()) {
          batch.add(waiting.remove());
          rows += next.rows().size();
        }
        commit(batch, rows);
      } catch (InterruptedException e) {
        // Only destroy() interrupts; the loop ends.
        Thread.currentThread().interrupt();
        closed = true;
      } finally {
        batch.clear();
      }
    }
    waiting.forEach(
        entry -> entry.recorded().completeExceptionally(new IllegalStateException("shut down")));
  }

  private void commit(List<Entry> batch, int count) {
    List<ProductionRow> rows = batch.get(0).rows();
    if (batch.size() > 1) {
      rows = new ArrayList<>(count);
      for (Entry entry : batch) {
        rows.addAll(entry.rows());
      }
    }
    List<ProductionRow> all = rows;
    try {
      transaction.executeWithoutResult(status -> production.record(all));
      batch.forEach(entry -> entry.recorded().complete(null));
    } catch (RuntimeException | Error e) {
      // Whoever waits is told and answers 503; the writer itself has to go on.
      LOG.error("{} predictions could not be recorded", count, e);
      batch.forEach(entry -> entry.recorded().completeExceptionally(e));
    }
  }
}
