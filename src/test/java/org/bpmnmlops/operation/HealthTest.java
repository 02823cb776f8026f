package org.bpmnmlops.operation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.Status;

class HealthTest {

  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-11-22T12:00:00Z"));

  @Test
  void isDownWhenTheServerAskedHangs() {
    CountDownLatch hangs = new CountDownLatch(1);
    CachedHealth health = cached(() -> wait(hangs), Duration.ofMillis(50));

    assertThat(health.health().getStatus()).isEqualTo(Status.DOWN);
    assertThat(health.health().getDetails().get("error")).isEqualTo("No answer within PT0.05S");
    hangs.countDown();
    health.destroy();
  }

  @Test
  void asksAtMostOnceAMinute() {
    AtomicInteger asked = new AtomicInteger();
    CachedHealth health =
        cached(
            () -> asked.incrementAndGet() == 1 ? Health.down().build() : Health.up().build(),
            Duration.ofSeconds(30));

    assertThat(health.health().getStatus()).isEqualTo(Status.DOWN);
    now.set(now.get().plusSeconds(59));
    assertThat(health.health().getStatus()).isEqualTo(Status.DOWN);
    now.set(now.get().plusSeconds(1));
    assertThat(health.health().getStatus()).isEqualTo(Status.UP);
    assertThat(asked).hasValue(2);
    health.destroy();
  }

  @Test
  void isDownWhileTheJobExecutorTakesNoJobs() {
    AtomicLong nanos = new AtomicLong();
    NodeJobExecutor executor = new NodeJobExecutor(1, 1, Duration.ZERO, nanos::get);
    JobExecutorHealth health = new JobExecutorHealth(executor);

    assertThat(health.health().getStatus()).isEqualTo(Status.DOWN);

    executor.start();
    assertThat(health.health().getStatus()).isEqualTo(Status.UP);

    executor.shutdown();
    assertThat(health.health().getStatus()).isEqualTo(Status.DOWN);
  }

  @Test
  void isDownWhenTheJobExecutorCannotReachItsJobsForAMinute() {
    AtomicLong nanos = new AtomicLong();
    JdbcConnectionPool database =
        JdbcConnectionPool.create(
            "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", "sa", "");
    TestNode node =
        new TestNode(database, "node", Duration.ZERO, nanos::get, BlockingStep.thatEndsAtOnce(""));
    node.executor.start();
    JobExecutorHealth health = new JobExecutorHealth(node.executor);
    node.jdbc.sql("ALTER TABLE ACT_RU_JOB RENAME TO ACT_RU_JOB_GONE").update();

    nanos.addAndGet(Duration.ofSeconds(61).toNanos());

    assertThat(health.health().getStatus()).isEqualTo(Status.DOWN);
    node.jdbc.sql("ALTER TABLE ACT_RU_JOB_GONE RENAME TO ACT_RU_JOB").update();
    node.close();
    database.dispose();
  }

  private CachedHealth cached(
      org.springframework.boot.actuate.health.HealthIndicator asked, Duration patience) {
    return new CachedHealth(
        asked,
        patience,
        new java.time.Clock() {
          @Override
          public java.time.ZoneId getZone() {
            return ZoneOffset.UTC;
          }

          @Override
          public java.time.Clock withZone(java.time.ZoneId zone) {
            throw new UnsupportedOperationException("Only UTC");
          }

          @Override
          public Instant instant() {
            return now.get();
          }
        });
  }

  private static Health wait(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return Health.up().build();
  }
}
