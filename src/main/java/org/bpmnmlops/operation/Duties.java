package org.bpmnmlops.operation;

import org.bpmnmlops.registry.ModelCleanUp;
import org.springframework.scheduling.annotation.Scheduled;

/** What every node does by the clock; doing it on several at once does no harm. */
class Duties {

  private final Watchdog watchdog;
  private final RunCleanUp cleanUp;
  private final ModelCleanUp models;

  Duties(Watchdog watchdog, RunCleanUp cleanUp, ModelCleanUp models) {
    this.watchdog = watchdog;
    this.cleanUp = cleanUp;
    this.models = models;
  }

  /** Not at once: after a downtime the overdue starts have a minute to come. */
  @Scheduled(initialDelayString = "PT1M", fixedDelayString = "PT1M")
  void watch() {
    watchdog.check();
  }

  /** After the engine has cleaned up its history, which it does from two to four. */
  @Scheduled(cron = "0 30 4 * * *", zone = "UTC")
  void cleanUp() {
    models.cleanUp();
    cleanUp.cleanUp();
  }
}
