package org.bpmnmlops.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.bpmnmlops.TestDatabase;
import org.bpmnmlops.production.ProductionDatabase;
import org.bpmnmlops.production.ProductionRows;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
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

  @RepeatedTest(20)
  void tellsNobodyThatARowIsNotRecordedWhichIsJustBeingWritten() throws Exception {
    log = log(Duration.ofMillis(1));
    ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
    int before = database.connections();
    database.close();
    try {
      Callable<Void> call =
          () -> {
            log.record(List.of(ProductionRows.served()));
            return null;
          };
      List<Future<Void>> calls = new ArrayList<>();
      for (int i = 0; i < CALLERS; i++) {
        calls.add(callers.submit(call));
      }
      await().until(() -> database.connections() > before);
      database.letIn(Integer.MAX_VALUE);

      int told = 0;
      for (Future<Void> each : calls) {
        try {
          each.get();
        } catch (ExecutionException e) {
          assertThat(e).hasCauseInstanceOf(NotRecordedException.class);
          told++;
        }
      }
      assertThat(recorded()).isEqualTo(CALLERS - told);
    } finally {
      callers.shutdown();
    }
  }

  private long recorded() {
    return JdbcClient.create(database)
        .sql("SELECT COUNT(*) FROM mlops_prediction")
        .query(Long.class)
        .single();
  }
}
