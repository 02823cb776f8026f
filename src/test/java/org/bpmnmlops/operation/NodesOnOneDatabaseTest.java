package org.bpmnmlops.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.time.Duration;
import org.bpmnmlops.Troubles;
import org.camunda.bpm.engine.history.HistoricVariableInstance;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two nodes on one PostgreSQL. */
class NodesOnOneDatabaseTest {

  private static final Duration NO_WAIT = Duration.ZERO;

  private static EmbeddedPostgres postgres;

  private final BlockingStep stuck = new BlockingStep("first");
  private TestNode first;
  private TestNode second;

  @BeforeAll
  static void startPostgres() throws IOException {
    postgres = EmbeddedPostgres.start();
  }

  @AfterAll
  static void stopPostgres() throws IOException {
    postgres.close();
  }

  @BeforeEach
  void startBoth() {
    first = new TestNode(postgres.getPostgresDatabase(), "first", NO_WAIT, stuck);
    second =
        new TestNode(
            postgres.getPostgresDatabase(),
            "second",
            NO_WAIT,
            BlockingStep.thatEndsAtOnce("second"));
    first.deploy();
  }

  @AfterEach
  void stopBoth() {
    stuck.letEnd();
    second.close();
    first.close();
    first.jdbc.sql("DELETE FROM mlops_node").update();
  }

  @Test
  void takesOverWhatADeadNodeWasRunningAndItsLateResultDoesNotCount() {
    first.table.enter("first", "a JVM that died");
    String run = first.start();
    first.executor.start();
    await().until(() -> stuck.begun() == 1);
    notSeenFor(46, "first");

    Node alive = second.node("second", false);
    alive.start();
    second.executor.start();

    await().atMost(Duration.ofSeconds(30)).until(() -> second.hasEnded(run));
    stuck.letEnd();
    first.executor.shutdown();
    assertThat(variable(run, "by")).isEqualTo("second");
    assertThat(
            first
                .engine
                .getHistoryService()
                .createHistoricActivityInstanceQuery()
                .processInstanceId(run)
                .activityId("endEvent_done")
                .count())
        .isEqualTo(1);
    alive.stop();
  }

  @Test
  void leavesTheLocksOfALivingNodeAlone() {
    Node alive = first.node("first", false);
    alive.start();
    first.start();
    first.executor.start();
    await().until(() -> stuck.begun() == 1);

    int freed = second.locks.freeAbandoned(TestNode.QUICK.dead());

    assertThat(freed).isZero();
    assertThat(first.locked()).isEqualTo(1);
    stuck.letEnd();
    first.executor.shutdown();
    alive.stop();
  }

  @Test
  void refusesToStartUnderTheNameOfALivingNode() {
    Node living = first.node("same", false);
    living.start();
    Node twin = second.node("same", false);

    assertThatThrownBy(twin::start)
        .isInstanceOf(NodeNameTakenException.class)
        .hasMessageContaining("Another server runs as node 'same'")
        .hasMessageContaining("set MLOPS_NODE")
        .satisfies(e -> Troubles.assertTold("Two nodes have one name", e.getMessage()));
    living.stop();
  }

  @Test
  void takesItsOwnNameBackAfterItWasKilled() {
    first.table.enter("same", "a JVM that died a moment ago");
    Node restarted = second.node("same", false);

    restarted.start();

    assertThat(restarted.isRunning()).isTrue();
    restarted.stop();
    assertThat(second.table.find("same")).isEmpty();
  }

  @Test
  void runsNoMoreStepsWhenAnotherTookItsNameMeanwhile() {
    Node node = first.node("first", false);
    node.start();
    first.executor.start();

    first.jdbc.sql("UPDATE mlops_node SET instance = 'another JVM'").update();

    await().until(() -> !first.executor.isActive());
    node.stop();
    assertThat(first.table.find("first")).isPresent();
  }

  private void notSeenFor(int seconds, String node) {
    first
        .jdbc
        .sql(
            "UPDATE mlops_node SET seen_at = seen_at - INTERVAL '%d' SECOND WHERE name = :name"
                .formatted(seconds))
        .param("name", node)
        .update();
  }

  private Object variable(String run, String name) {
    HistoricVariableInstance variable =
        first
            .engine
            .getHistoryService()
            .createHistoricVariableInstanceQuery()
            .processInstanceId(run)
            .variableName(name)
            .singleResult();
    return variable.getValue();
  }
}
