package org.bpmnmlops.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/** What a shutdown does with the steps that run and with those that wait for a thread. */
class ShutdownTest {

  private final BlockingStep step = new BlockingStep("this");
  private final JdbcConnectionPool database =
      JdbcConnectionPool.create(
          "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", "sa", "");
  private TestNode node;

  @AfterEach
  void close() {
    step.letEnd();
    node.close();
    database.dispose();
  }

  @Test
  void waitsForTheRunningStepAndGivesBackTheOthersAtOnce() {
    node = new TestNode(database, "node", Duration.ofMinutes(1), step);
    List<String> runs = startWorking(8);

    CompletableFuture<Void> shutdown = CompletableFuture.runAsync(node.executor::shutdown);

    await().until(() -> node.locked() == 1);
    assertThat(shutdown).isNotDone();
    step.letEnd();
    shutdown.join();
    assertThat(step.begun()).isEqualTo(1);
    assertThat(step.ended()).isEqualTo(1);
    assertThat(node.locked()).isZero();
    assertThat(runs.stream().filter(this::hasDoneItsStep)).hasSize(1);
  }

  @Test
  void goesOnAfterARestartWithWhatItGaveBack() {
    node = new TestNode(database, "node", Duration.ofMinutes(1), step);
    List<String> runs = startWorking(8);
    CompletableFuture<Void> shutdown = CompletableFuture.runAsync(node.executor::shutdown);
    step.letEnd();
    shutdown.join();

    node.executor.start();

    await().atMost(Duration.ofSeconds(30)).until(() -> runs.stream().allMatch(node::hasEnded));
    assertThat(step.ended()).isEqualTo(8);
  }

  @Test
  void keepsTheLockOfTheRunningStepWhenSpringStopsTheNodeFirst() {
    node = new TestNode(database, "node", Duration.ofMinutes(1), step);
    try (var context = new AnnotationConfigApplicationContext()) {
      context.registerBean("jobExecutor", NodeJobExecutor.class, () -> node.executor);
      context.registerBean(
          "node",
          Node.class,
          () -> {
            context.getBeanFactory().registerDependentBean("jobExecutor", "node");
            return node.node("node", true);
          });
      context.refresh();
      List<String> runs = startWorking(1);

      CompletableFuture<Void> close = CompletableFuture.runAsync(context::close);

      await().until(() -> !node.executor.isActive());
      assertThat(close).isNotDone();
      assertThat(node.locked()).isEqualTo(1);
      step.letEnd();
      close.join();
      assertThat(runs).allMatch(this::hasDoneItsStep);
      assertThat(node.table.find("node")).isEmpty();
    }
  }

  @Test
  void givesUpOnAStepThatTakesTooLongAndFreesIt() {
    node = new TestNode(database, "node", Duration.ofMillis(100), step);
    Node life = node.node("node", true);
    life.start();
    startWorking(1);

    node.executor.stop();
    life.stop();

    assertThat(node.locked()).isZero();
    assertThat(step.ended()).isZero();
  }

  private List<String> startWorking(int count) {
    node.deploy();
    List<String> runs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      runs.add(node.start());
    }
    node.executor.start();
    await().until(() -> step.begun() == 1 && node.locked() >= Math.min(count, 3));
    return runs;
  }

  private boolean hasDoneItsStep(String run) {
    return node.engine
            .getHistoryService()
            .createHistoricVariableInstanceQuery()
            .processInstanceId(run)
            .variableName("by")
            .count()
        == 1;
  }
}
