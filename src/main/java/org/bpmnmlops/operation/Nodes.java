package org.bpmnmlops.operation;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;
import org.bpmnmlops.registry.ModelCleanUp;
import org.camunda.bpm.engine.impl.jobexecutor.NotifyAcquisitionRejectedJobsHandler;
import org.camunda.bpm.spring.boot.starter.property.CamundaBpmProperties;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** A server that runs jobs is a node; one with its job executor switched off is none. */
@Configuration
@EnableConfigurationProperties(NodeSettings.class)
@ConditionalOnProperty(
    name = "camunda.bpm.job-execution.enabled",
    havingValue = "true",
    matchIfMissing = true)
class Nodes {

  /** For operators: the sizes are {@code camunda.bpm.job-execution.*} as ever. */
  @Bean
  NodeJobExecutor jobExecutor(NodeSettings settings, CamundaBpmProperties engine) {
    var sizes = engine.getJobExecution();
    NodeJobExecutor executor =
        new NodeJobExecutor(
            sizes.getMaxPoolSize(),
            sizes.getQueueCapacity(),
            settings.shutdownWait(),
            System::nanoTime);
    executor.setLockOwner(settings.node());
    executor.setRejectedJobsHandler(new NotifyAcquisitionRejectedJobsHandler());
    Optional.ofNullable(sizes.getLockTimeInMillis()).ifPresent(executor::setLockTimeInMillis);
    Optional.ofNullable(sizes.getMaxJobsPerAcquisition())
        .ifPresent(executor::setMaxJobsPerAcquisition);
    Optional.ofNullable(sizes.getWaitTimeInMillis()).ifPresent(executor::setWaitTimeInMillis);
    Optional.ofNullable(sizes.getMaxWait()).ifPresent(executor::setMaxWait);
    Optional.ofNullable(sizes.getBackoffTimeInMillis()).ifPresent(executor::setBackoffTimeInMillis);
    Optional.ofNullable(sizes.getMaxBackoff()).ifPresent(executor::setMaxBackoff);
    Optional.ofNullable(sizes.getBackoffDecreaseThreshold())
        .ifPresent(executor::setBackoffDecreaseThreshold);
    Optional.ofNullable(sizes.getWaitIncreaseFactor()).ifPresent(executor::setWaitIncreaseFactor);
    return executor;
  }

  @Bean
  Node node(
      NodeSettings settings,
      DataSource dataSource,
      NodeTable table,
      JobLocks locks,
      NodeJobExecutor executor)
      throws SQLException {
    return new Node(
        settings.node(),
        NodeTiming.STANDARD,
        isEmbedded(dataSource),
        table,
        locks,
        executor,
        new ClosedDatabase(dataSource));
  }

  @Bean
  Duties duties(Watchdog watchdog, RunCleanUp cleanUp, ModelCleanUp models) {
    return new Duties(watchdog, cleanUp, models);
  }

  @Bean
  HealthIndicator jobExecutorHealthIndicator(NodeJobExecutor executor) {
    return new JobExecutorHealth(executor);
  }

  /** A database inside this JVM, whose file no second one can open. */
  private static boolean isEmbedded(DataSource dataSource) throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      String url = connection.getMetaData().getURL();
      return url.startsWith("jdbc:h2:file:") || url.startsWith("jdbc:h2:mem:");
    }
  }
}
