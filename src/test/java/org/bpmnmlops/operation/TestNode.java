package org.bpmnmlops.operation;

import java.time.Duration;
import java.util.Map;
import java.util.function.LongSupplier;
import javax.sql.DataSource;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.cfg.StandaloneProcessEngineConfiguration;
import org.camunda.bpm.engine.impl.jobexecutor.NotifyAcquisitionRejectedJobsHandler;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A bare engine with our job executor, on a database that other engines may share. */
final class TestNode implements AutoCloseable {

  /** Waits for nothing longer than a test wants to. */
  static final NodeTiming QUICK =
      new NodeTiming(Duration.ofMillis(100), Duration.ofSeconds(1), Duration.ofSeconds(45));

  final ProcessEngine engine;
  final NodeJobExecutor executor;
  final NodeTable table;
  final JobLocks locks;
  final JdbcClient jdbc;
  private final DataSource database;

  /**
   * @param step the bean {@code step} of this node's models
   */
  TestNode(DataSource database, String name, Duration shutdownWait, Object step) {
    this(database, name, shutdownWait, System::nanoTime, step);
  }

  TestNode(
      DataSource database, String name, Duration shutdownWait, LongSupplier nanos, Object step) {
    Flyway.configure()
        .dataSource(database)
        .baselineOnMigrate(true)
        .baselineVersion("0")
        .load()
        .migrate();
    this.database = database;
    jdbc = JdbcClient.create(database);
    table = new NodeTable(jdbc);
    locks = new JobLocks(jdbc);
    executor = new NodeJobExecutor(1, 3, shutdownWait, nanos);
    executor.setLockOwner(name);
    executor.setLockTimeInMillis((int) Duration.ofHours(12).toMillis());
    executor.setMaxWait(1000);
    executor.setRejectedJobsHandler(new NotifyAcquisitionRejectedJobsHandler());
    var configuration = new StandaloneProcessEngineConfiguration();
    configuration
        .setProcessEngineName("test-" + name)
        .setDataSource(database)
        .setDatabaseSchemaUpdate("true")
        .setJobExecutorActivate(false)
        .setHistory("full");
    configuration
        .setJobExecutor(executor)
        .setEnforceHistoryTimeToLive(false)
        .setMetricsEnabled(false);
    configuration.getProcessEnginePlugins().add(new EngineSchema());
    configuration.setBeans(Map.of("step", step));
    engine = configuration.buildProcessEngine();
  }

  Node node(String name, boolean alone) {
    return new Node(name, QUICK, alone, table, locks, executor, new ClosedDatabase(database));
  }

  /** A process of one step, {@code ${step.run(execution)}}. */
  void deploy() {
    engine
        .getRepositoryService()
        .createDeployment()
        .addModelInstance(
            "one-step.bpmn",
            Bpmn.createExecutableProcess("one-step")
                .startEvent()
                .serviceTask("serviceTask_step")
                .camundaExpression("${step.run(execution)}")
                .camundaAsyncBefore()
                .endEvent("endEvent_done")
                .camundaAsyncBefore()
                .done())
        .deploy();
  }

  String start() {
    ProcessInstance run = engine.getRuntimeService().startProcessInstanceByKey("one-step");
    return run.getId();
  }

  boolean hasEnded(String run) {
    return engine
            .getHistoryService()
            .createHistoricProcessInstanceQuery()
            .processInstanceId(run)
            .finished()
            .count()
        == 1;
  }

  long locked() {
    return jdbc.sql("SELECT COUNT(*) FROM ACT_RU_JOB WHERE LOCK_OWNER_ IS NOT NULL")
        .query(Long.class)
        .single();
  }

  @Override
  public void close() {
    executor.shutdown();
    engine.close();
  }
}
