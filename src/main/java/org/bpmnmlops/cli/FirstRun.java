package org.bpmnmlops.cli;

import java.nio.file.Files;
import java.time.Duration;
import java.util.Optional;
import org.bpmnmlops.artifact.Home;
import org.bpmnmlops.run.RunQueue;
import org.camunda.bpm.engine.RuntimeService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Runs the advertising pipeline once on a fresh installation and tells on the console what it did.
 * {@code MLOPS_FIRST_RUN=false} turns it off. Start-up does not wait for it: the job executor only
 * works once the application is ready.
 */
@Component
@ConditionalOnWebApplication
class FirstRun {

  private static final Logger LOG = LoggerFactory.getLogger(FirstRun.class);
  private static final String PIPELINE = "advertising-pipeline";
  private static final String SHIPPED_DATA = "advertising.csv";
  private static final Duration LOOK_AGAIN = Duration.ofMillis(200);

  private final boolean wanted;
  private final RunQueue queue;
  private final RuntimeService runtime;
  private final RunSummary summary;
  private final Pages pages;
  private final Home home;
  private final TransactionTemplate transaction;
  private final TaskScheduler scheduler;

  FirstRun(
      @Value("${mlops.first-run}") boolean wanted,
      RunQueue queue,
      RuntimeService runtime,
      RunSummary summary,
      Pages pages,
      Home home,
      TransactionTemplate transaction,
      TaskScheduler scheduler) {
    this.wanted = wanted;
    this.queue = queue;
    this.runtime = runtime;
    this.summary = summary;
    this.pages = pages;
    this.home = home;
    this.transaction = transaction;
    this.scheduler = scheduler;
  }

  @EventListener
  void applicationIsReady(ApplicationReadyEvent event) {
    LOG.info("\n\n{}\n", pages.text());
    if (!wanted) {
      return;
    }
    if (Files.exists(home.dataDir().resolve(SHIPPED_DATA))) {
      start().ifPresent(this::tellWhenEnded);
    } else {
      LOG.warn(
          "No first run: {} is not in the data folder {}; set MLOPS_DATA_DIR, or"
              + " MLOPS_FIRST_RUN=false",
          SHIPPED_DATA,
          home.dataDir());
    }
  }

  /** The pipeline's row is locked meanwhile: of two nodes that start at once, one finds a run. */
  private Optional<String> start() {
    return transaction.execute(
        status ->
            queue.hasRunOrModel(PIPELINE)
                ? Optional.empty()
                : Optional.of(
                    runtime
                        .startProcessInstanceByKey(PIPELINE, "first-run")
                        .getProcessInstanceId()));
  }

  private void tellWhenEnded(String run) {
    LOG.info("First start: running {} on the shipped data (run {})", PIPELINE, run);
    scheduler.schedule(() -> tell(run), scheduler.getClock().instant().plus(LOOK_AGAIN));
  }

  private void tell(String run) {
    if (queue.hasEnded(run)) {
      LOG.info("\n\n{}\n", summary.of(run));
    } else {
      scheduler.schedule(() -> tell(run), scheduler.getClock().instant().plus(LOOK_AGAIN));
    }
  }
}
