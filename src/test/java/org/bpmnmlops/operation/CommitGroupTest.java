package org.bpmnmlops.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CommitGroupTest {

  private static final long FOR_EVER = TimeUnit.HOURS.toNanos(1);

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final AtomicInteger writes = new AtomicInteger();

  @AfterEach
  void end() {
    threads.shutdownNow();
  }

  @Test
  void writesOnceForAllWhoCommitDuringAWrite() throws Exception {
    CommitGroup group = new CommitGroup(1, FOR_EVER);
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch mayEnd = new CountDownLatch(1);
    Future<?> first =
        commit(
            group,
            () -> {
              writes.incrementAndGet();
              begun.countDown();
              await(mayEnd);
            });
    begun.await();

    List<Future<?>> others = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      others.add(commit(group, writes::incrementAndGet));
    }
    Awaitility.await().until(() -> group.waiting() == 6);
    mayEnd.countDown();

    first.get();
    for (Future<?> other : others) {
      other.get();
    }
    assertThat(writes).hasValue(2);
  }

  @Test
  void waitsForTransactionsThatAreAboutToCommit() throws Exception {
    CommitGroup group = new CommitGroup(1, FOR_EVER);
    group.opened();

    Future<?> early = commit(group, writes::incrementAndGet);
    Awaitility.await().until(() -> group.waiting() == 1);
    assertThat(writes).hasValue(0);
    group.closed();
    Future<?> late = commit(group, writes::incrementAndGet);

    early.get();
    late.get();
    assertThat(writes.get()).isBetween(1, 2);
  }

  @Test
  void doesNotWaitForATransactionLongerThanItsPatience() throws Exception {
    CommitGroup group = new CommitGroup(1, 1);
    group.opened();

    group.write(writes::incrementAndGet);

    assertThat(writes).hasValue(1);
  }

  @Test
  void tellsWhoeverWroteThatItFailedAndWritesAgainForTheNext() throws Exception {
    CommitGroup group = new CommitGroup(1, FOR_EVER);

    assertThatThrownBy(
            () ->
                group.write(
                    () -> {
                      throw new SQLException("No space left on device");
                    }))
        .hasMessage("No space left on device");
    group.write(writes::incrementAndGet);

    assertThat(writes).hasValue(1);
  }

  private Future<?> commit(CommitGroup group, CommitGroup.Write write) {
    return threads.submit(
        () -> {
          group.write(write);
          return null;
        });
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
