package org.bpmnmlops.operation;

import java.lang.management.ManagementFactory;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;

/**
 * This JVM among those that run jobs on the database. It enters before anything else starts, and
 * its heart beats as long as a step runs.
 */
class Node implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(Node.class);

  private final String name;
  private final NodeTiming timing;
  private final boolean alone;
  private final NodeTable table;
  private final JobLocks locks;
  private final NodeJobExecutor executor;
  private final ClosedDatabase database;
  private final String instance =
      "%d-%s".formatted(ManagementFactory.getRuntimeMXBean().getPid(), UUID.randomUUID());

  private ScheduledExecutorService heart;
  private boolean cutOff;

  /**
   * @param alone whether the database lets only one JVM in, so that every lock found is a dead
   *     one's
   */
  Node(
      String name,
      NodeTiming timing,
      boolean alone,
      NodeTable table,
      JobLocks locks,
      NodeJobExecutor executor,
      ClosedDatabase database) {
    this.name = name;
    this.timing = timing;
    this.alone = alone;
    this.table = table;
    this.locks = locks;
    this.executor = executor;
    this.database = database;
  }

  @Override
  public int getPhase() {
    return Integer.MIN_VALUE;
  }

  /**
   * Takes the name and frees what an earlier life of this node still holds.
   *
   * @throws NodeNameTakenException when another JVM lives under this name
   */
  @Override
  public synchronized void start() {
    takeName();
    int freed = alone ? locks.freeAll() : locks.freeThoseOf(name);
    if (freed > 0) {
      LOG.info("Node '{}': {} steps were cut off when it last ended and run again", name, freed);
    }
    heart =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "node-heartbeat");
              thread.setDaemon(true);
              return thread;
            });
    long beat = timing.beat().toMillis();
    heart.scheduleWithFixedDelay(this::beat, beat, beat, TimeUnit.MILLISECONDS);
  }

  private void takeName() {
    Optional<NodeTable.Row> first = table.find(name);
    for (Optional<NodeTable.Row> row = first; ; row = table.find(name)) {
      if (row.isEmpty()) {
        if (table.enter(name, instance)) {
          return;
        }
      } else if (alone || row.get().age().compareTo(timing.fresh()) >= 0) {
        if (table.replace(name, row.get(), instance)) {
          return;
        }
      } else if (first.isPresent() && !row.get().seenAt().equals(first.get().seenAt())) {
        throw new NodeNameTakenException(name);
      } else {
        waitForItsNextBeat();
      }
    }
  }

  private void waitForItsNextBeat() {
    try {
      TimeUnit.MILLISECONDS.sleep(timing.beat().toMillis() / 5);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while node '%s' started".formatted(name), e);
    }
  }

  private void beat() {
    try {
      if (!table.beat(name, instance)) {
        LOG.error(
            "Another server took the name of node '{}' while this one did not answer: this one runs"
                + " no more steps. Give each node its own MLOPS_NODE and restart it",
            name);
        executor.shutdown();
        heart.shutdown();
        return;
      }
      if (cutOff) {
        cutOff = false;
        goOn();
      }
      int freed = locks.freeAbandoned(timing.dead());
      if (freed > 0) {
        LOG.warn("{} steps of a node that is gone run again", freed);
        executor.jobWasAdded();
      }
    } catch (DataAccessException e) {
      if (!cutOff) {
        LOG.warn("Node '{}' cannot reach the database; it tries again", name, e);
      }
      cutOff = true;
      database.reopenAfter(e);
    }
  }

  /** A step that ended while the database was away could not give its lock back. */
  private void goOn() {
    int freed = locks.freeThoseOf(name, executor.jobsInWork());
    LOG.info(
        "Node '{}' reaches the database again; {} steps were cut off and run again", name, freed);
    executor.jobWasAdded();
  }

  /**
   * Waits for the running steps with a beating heart, then gives up what is left of them, so that
   * others need not wait for this node's row to age. Spring stops a bean after those that depend on
   * it: without the first line the locks of running steps would be freed under their feet.
   */
  @Override
  public synchronized void stop() {
    executor.shutdown();
    heart.shutdownNow();
    heart = null;
    if (table.beat(name, instance)) {
      locks.freeThoseOf(name);
      table.leave(name, instance);
    }
  }

  @Override
  public synchronized boolean isRunning() {
    return heart != null;
  }
}
