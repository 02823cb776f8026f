package org.bpmnmlops.operation;

import java.time.Duration;
import org.springframework.boot.actuate.health.AbstractHealthIndicator;
import org.springframework.boot.actuate.health.Health;

/** Whether this node takes jobs: switched on, and its last look for jobs went well. */
class JobExecutorHealth extends AbstractHealthIndicator {

  /** The longest pause between two looks is a few seconds; see {@code max-wait}. */
  private static final Duration STUCK = Duration.ofSeconds(60);

  private final NodeJobExecutor executor;

  JobExecutorHealth(NodeJobExecutor executor) {
    super("The job executor cannot be asked");
    this.executor = executor;
  }

  @Override
  protected void doHealthCheck(Health.Builder health) {
    Duration idle = executor.sinceLastAcquisition();
    boolean acquiring = executor.isActive() && idle.compareTo(STUCK) < 0;
    health.status(acquiring ? "UP" : "DOWN").withDetail("node", executor.getLockOwner());
    if (executor.isActive()) {
      health.withDetail("secondsSinceLastAcquisition", idle.toSeconds());
    }
  }
}
