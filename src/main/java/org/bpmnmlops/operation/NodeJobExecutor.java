package org.bpmnmlops.operation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.camunda.bpm.engine.impl.ProcessEngineImpl;
import org.camunda.bpm.engine.impl.jobexecutor.JobAcquisitionContext;
import org.camunda.bpm.engine.impl.jobexecutor.JobAcquisitionStrategy;
import org.camunda.bpm.engine.impl.jobexecutor.JobExecutor;
import org.camunda.bpm.engine.impl.jobexecutor.SequentialJobAcquisitionRunnable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * The engine's job executor with an orderly end: it takes no more jobs, gives back those nobody has
 * begun, and waits for the steps that run. It stops before the web server, which those steps may
 * still call, and long before the data source. The starter starts it when the application is ready.
 */
class NodeJobExecutor extends JobExecutor implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(NodeJobExecutor.class);

  private final int threads;
  private final int queueCapacity;
  private final Duration shutdownWait;
  private final LongSupplier nanos;

  private final Set<String> inWork = ConcurrentHashMap.newKeySet();

  private ThreadPoolExecutor pool;
  private volatile long acquiredAt;

  /**
   * @param threads how many steps run at once
   * @param queueCapacity how many acquired jobs wait for a thread
   * @param shutdownWait the longest a shutdown waits for running steps
   * @param nanos a clock that never goes back, in nanoseconds
   */
  NodeJobExecutor(int threads, int queueCapacity, Duration shutdownWait, LongSupplier nanos) {
    this.threads = threads;
    this.queueCapacity = queueCapacity;
    this.shutdownWait = shutdownWait;
    this.nanos = nanos;
  }

  /** Ids of the jobs whose steps run, or wait for a thread. */
  Set<String> jobsInWork() {
    return Set.copyOf(inWork);
  }

  /** How long ago the last look for jobs that went well was. */
  Duration sinceLastAcquisition() {
    return Duration.ofNanos(nanos.getAsLong() - acquiredAt);
  }

  @Override
  public boolean isAutoStartup() {
    return false;
  }

  @Override
  public void stop() {
    shutdown();
  }

  @Override
  public boolean isRunning() {
    return isActive();
  }

  @Override
  protected void ensureInitialization() {
    super.ensureInitialization();
    acquireJobsRunnable = new Acquisition();
  }

  @Override
  protected void startExecutingJobs() {
    AtomicInteger number = new AtomicInteger();
    pool =
        new ThreadPoolExecutor(
            threads,
            threads,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(queueCapacity),
            task -> {
              Thread thread = new Thread(task, "job-" + number.incrementAndGet());
              // A step that shutdown gave up must not keep the JVM; it is not interrupted either,
              // since that would count as a failed attempt.
              thread.setDaemon(true);
              return thread;
            });
    acquiredAt = nanos.getAsLong();
    startJobAcquisitionThread();
  }

  @Override
  public void executeJobs(List<String> jobIds, ProcessEngineImpl engine) {
    Runnable work = getExecuteJobsRunnable(jobIds, engine);
    inWork.addAll(jobIds);
    try {
      pool.execute(
          () -> {
            try {
              work.run();
            } finally {
              inWork.removeAll(jobIds);
            }
          });
    } catch (RejectedExecutionException e) {
      inWork.removeAll(jobIds);
      logRejectedExecution(engine, jobIds.size());
      rejectedJobsHandler.jobsRejected(jobIds, engine, this);
    }
  }

  @Override
  public void jobWasAdded() {
    var acquisition = acquireJobsRunnable;
    if (isActive && acquisition != null) {
      acquisition.jobWasAdded();
    }
  }

  @Override
  protected void stopExecutingJobs() {
    stopJobAcquisitionThread();
    // From here on a batch of jobs that is run gives its jobs back instead.
    isActive = false;
    List<Runnable> waiting = new ArrayList<>();
    pool.getQueue().drainTo(waiting);
    waiting.addAll(rejected());
    waiting.forEach(Runnable::run);
    pool.shutdown();
    awaitRunningSteps();
  }

  private List<Runnable> rejected() {
    List<Runnable> batches = new ArrayList<>();
    JobAcquisitionContext context = ((Acquisition) acquireJobsRunnable).getAcquisitionContext();
    for (ProcessEngineImpl engine : processEngines) {
      context
          .getRejectedJobsByEngine()
          .getOrDefault(engine.getName(), List.of())
          .forEach(ids -> batches.add(getExecuteJobsRunnable(ids, engine)));
    }
    return batches;
  }

  private void awaitRunningSteps() {
    int running = pool.getActiveCount();
    if (running > 0) {
      LOG.info("Waiting up to {} for {} running steps", shutdownWait, running);
    }
    try {
      if (!pool.awaitTermination(shutdownWait.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn(
            "{} steps still run after {}: they run again", pool.getActiveCount(), shutdownWait);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private final class Acquisition extends SequentialJobAcquisitionRunnable {

    Acquisition() {
      super(NodeJobExecutor.this);
    }

    @Override
    protected void configureNextAcquisitionCycle(
        JobAcquisitionContext context, JobAcquisitionStrategy strategy) {
      super.configureNextAcquisitionCycle(context, strategy);
      if (context.getAcquisitionException() == null) {
        acquiredAt = nanos.getAsLong();
      }
    }
  }
}
