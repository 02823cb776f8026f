package org.bpmnmlops.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.bpmnmlops.TestDatabase;
import org.bpmnmlops.production.ProductionDatabase;
import org.bpmnmlops.production.ProductionRows;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class CommittedLogTest {

  private static final int CALLERS = 32;
  private static final int CALLS = 40;

  private SwitchedDatabase database;
  private CommittedLog log;

  @BeforeEach
  void start() {
    database = new SwitchedDatabase(TestDatabase.H2.create());
    log = log(Duration.ofMinutes(1));
  }

  private CommittedLog log(Duration patience) {
    return new CommittedLog(
        ProductionDatabase.of(database),
        new TransactionTemplate(new DataSourceTransactionManager(database)),
        patience);
  }

  @Test
  void recordsRequestsThatComeTogetherInOneTransaction() throws Exception {
    ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
    int before = database.connections();
    try {
      List<Callable<Void>> calls = new ArrayList<>();
      for (int i = 0; i < CALLERS * CALLS; i++) {
        calls.add(
            () -> {
              log.record(List.of(ProductionRows.served(), ProductionRows.served()));
              return null;
            });
      }
      for (Future<Void> call : callers.invokeAll(calls)) {
        call.get();
      }
    } finally {
      callers.shutdown();
    }

    assertThat(recorded()).isEqualTo(2L * CALLERS * CALLS);
    assertThat(database.connections() - before).isLessThan(CALLERS * CALLS);
  }

  @Test
  void answersNobodyWhoseRowIsNotRecordedAndGoesOnWhenTheDatabaseIsBack() {
    database.down(true);
    assertThatThrownBy(() -> log.record(List.of(ProductionRows.served())))
        .isInstanceOf(NotRecordedException.class)
        .hasStackTraceContaining("out of reach");

    database.down(false);
    log.record(List.of(ProductionRows.served()));

    assertThat(recorded()).isEqualTo(1);
  }

  @Test
  void tellsNobodyThatARowIsNotRecordedWhichIsJustBeingWritten() {
    log = log(Duration.ofSeconds(1));
    int before = database.connections();
    AtomicInteger told = new AtomicInteger();
    database.close();
    Thread first = caller(told);
    await().until(() -> database.connections() == before + 1);
    List<Thread> together = List.of(caller(told), caller(told));
    await()
        .until(() -> together.stream().allMatch(it -> it.getState() == Thread.State.TIMED_WAITING));

    // The first goes; of the two behind it one writes for both, and cannot.
    database.letIn(1);
    await().until(() -> database.connections() == before + 2);
    await().during(Duration.ofMillis(1500)).until(() -> told.get() == 0);
    database.letIn(2);

    await().until(() -> !first.isAlive() && together.stream().noneMatch(Thread::isAlive));
    assertThat(told).hasValue(0);
    database.letIn(1);
    assertThat(recorded()).isEqualTo(3);
  }

  private Thread caller(AtomicInteger told) {
    Thread caller =
        new Thread(
            () -> {
              try {
                log.record(List.of(ProductionRows.served()));
              } catch (NotRecordedException e) {
                told.incrementAndGet();
              }
            });
    caller.start();
    return caller;
  }

  private long recorded() {
    return JdbcClient.create(database)
        .sql("SELECT COUNT(*) FROM mlops_prediction")
        .query(Long.class)
        .single();
  }
}
