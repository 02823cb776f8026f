package org.bpmnmlops.operation;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;

/**
 * Asks somebody far away how they are, at most once a minute, and does not wait long for the
 * answer: a server that hangs is not well, and must not make the one who asks hang too.
 */
class CachedHealth implements HealthIndicator, DisposableBean {

  private static final Duration KEEP = Duration.ofMinutes(1);

  private final HealthIndicator asked;
  private final Duration patience;
  private final Clock clock;
  private final ExecutorService asker =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "health");
            thread.setDaemon(true);
            return thread;
          });

  private CompletableFuture<Health> answer;
  private Instant askedAt;

  CachedHealth(HealthIndicator asked, Duration patience, Clock clock) {
    this.asked = asked;
    this.patience = patience;
    this.clock = clock;
  }

  @Override
  public Health health() {
    try {
      return answer().get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return Health.down().withDetail("error", "No answer within " + patience).build();
    } catch (ExecutionException e) {
      return Health.down(e).build();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Health.down(e).build();
    }
  }

  private synchronized CompletableFuture<Health> answer() {
    Instant now = clock.instant();
    if (answer == null || (answer.isDone() && !now.isBefore(askedAt.plus(KEEP)))) {
      answer = CompletableFuture.supplyAsync(asked::health, asker);
      askedAt = now;
    }
    return answer;
  }

  @Override
  public void destroy() {
    asker.shutdownNow();
  }
}
