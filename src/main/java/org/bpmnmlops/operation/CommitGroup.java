package org.bpmnmlops.operation;

import java.sql.SQLException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets threads that commit at the same time share one write: the first to come writes for all who
 * have committed by then, and those who come meanwhile go into the next write. Where others are
 * about to commit, the writer waits for them a moment, as PostgreSQL does with {@code
 * commit_delay}.
 */
final class CommitGroup {

  /** Writes everything that had been committed when it is called. */
  @FunctionalInterface
  interface Write {
    void run() throws SQLException;
  }

  private final int siblings;
  private final long patienceNanos;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private long committed;
  private long written;
  private boolean writing;
  private int open;

  /**
   * @param siblings so many other transactions have to be open for a writer to wait for them
   * @param patienceNanos how long it waits at most
   */
  CommitGroup(int siblings, long patienceNanos) {
    this.siblings = siblings;
    this.patienceNanos = patienceNanos;
  }

  /** A transaction that may commit soon. */
  void opened() {
    lock.lock();
    try {
      open++;
    } finally {
      lock.unlock();
    }
  }

  /** It is over, or its thread waits for a write. */
  void closed() {
    lock.lock();
    try {
      open--;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Returns when what the caller has committed is written, by this thread or another.
   *
   * @throws SQLException of the write, where this thread did it
   */
  void write(Write write) throws SQLException {
    lock.lock();
    try {
      long mine = ++committed;
      while (written < mine) {
        if (writing) {
          changed.awaitUninterruptibly();
        } else {
          lead(write);
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /** Threads that have committed and are not known to be in a finished write. */
  long waiting() {
    lock.lock();
    try {
      return committed - written;
    } finally {
      lock.unlock();
    }
  }

  private void lead(Write write) throws SQLException {
    writing = true;
    try {
      awaitSiblings();
      long upTo = committed;
      lock.unlock();
      try {
        write.run();
      } finally {
        lock.lock();
      }
      written = upTo;
    } finally {
      writing = false;
      changed.signalAll();
    }
  }

  private void awaitSiblings() {
    long left = patienceNanos;
    try {
      while (open >= siblings && left > 0) {
        left = changed.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      // The write must not be lost to it: whoever interrupts hears of it afterwards.
      Thread.currentThread().interrupt();
    }
  }
}
