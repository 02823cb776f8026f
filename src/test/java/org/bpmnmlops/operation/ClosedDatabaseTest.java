package org.bpmnmlops.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.bpmnmlops.Troubles;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.actuate.health.Status;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.dao.DataAccessException;

/**
 * An H2 database in a file that closes itself under a running server, as it does on a full disk.
 */
@ExtendWith(OutputCaptureExtension.class)
class ClosedDatabaseTest {

  private static final Duration LONGER_THAN_ANY_MACHINE_TAKES = Duration.ofMinutes(1);

  private final HikariDataSource pool = new HikariDataSource();
  private final BlockingStep step = new BlockingStep("this");
  private TestNode node;
  private Node heart;

  @BeforeEach
  void start() {
    // Files that outlive the database, in memory.
    pool.setJdbcUrl("jdbc:h2:nioMemFS:" + UUID.randomUUID() + ";WRITE_DELAY=0");
    pool.setUsername("sa");
    pool.setAllowPoolSuspension(true);
    pool.setConnectionTimeout(2000);
    start(pool);
  }

  private void start(DataSource dataSource) {
    node = new TestNode(dataSource, "node", Duration.ofSeconds(5), step);
    node.deploy();
  }

  @AfterEach
  void stop() {
    step.letEnd();
    if (heart != null) {
      heart.stop();
    }
    node.close();
    pool.close();
  }

  @Test
  void isDownAndSaysSoWithoutFailing() {
    var health =
        new Healths()
            .processEngineHealthIndicator(
                (ProcessEngineConfigurationImpl) node.engine.getProcessEngineConfiguration());
    assertThat(health.health().getStatus()).isEqualTo(Status.UP);

    closeUnderAllConnections();

    assertThat(health.health().getStatus()).isEqualTo(Status.DOWN);
  }

  @Test
  void opensAgainAndRunsTheStepThatWasCutOff(CapturedOutput output) {
    node.close();
    // As servers have it.
    start(new DurableDataSource(pool));
    heart = node.node("node", true);
    heart.start();
    node.executor.start();
    String run = node.start();
    await().atMost(LONGER_THAN_ANY_MACHINE_TAKES).until(() -> step.begun() == 1);

    closeUnderAllConnections();
    step.letEnd();

    await()
        .atMost(LONGER_THAN_ANY_MACHINE_TAKES)
        .ignoreExceptions()
        .until(() -> node.hasEnded(run));
    assertThat(node.locked()).isZero();
    Troubles.assertTold("The disk with the home is full", output);
  }

  @Test
  void freesOnlyTheLocksOfStepsThatNobodyWorksOn() {
    node.start();
    String working = node.start();
    node.jdbc.sql("UPDATE ACT_RU_JOB SET LOCK_OWNER_ = 'node'").update();
    String job =
        node.jdbc
            .sql("SELECT ID_ FROM ACT_RU_JOB WHERE PROCESS_INSTANCE_ID_ = :run")
            .param("run", working)
            .query(String.class)
            .single();

    assertThat(node.locks.freeThoseOf("node", Set.of(job))).isEqualTo(1);
    assertThat(node.locked()).isEqualTo(1);
  }

  @Test
  void leavesADatabaseAloneThatOnlyRefusedAStatement() {
    var refused =
        catchThrowableOfType(
            DataAccessException.class, () -> node.jdbc.sql("SELECT nothing").query().listOfRows());

    new ClosedDatabase(pool).reopenAfter(refused);

    assertThat(ClosedDatabase.isClosed(refused)).isFalse();
    assertThat(pool.getHikariPoolMXBean().getTotalConnections()).isPositive();
  }

  private void closeUnderAllConnections() {
    node.jdbc.sql("SHUTDOWN IMMEDIATELY").update();
  }
}
