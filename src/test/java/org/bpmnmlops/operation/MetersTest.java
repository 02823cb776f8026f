package org.bpmnmlops.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import org.bpmnmlops.MlopsTest;
import org.bpmnmlops.engine.DrawnPipeline;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.Job;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@MlopsTest
class MetersTest {

  private static final String PIPELINE = "metered-pipeline";

  @Autowired private RuntimeService runtime;
  @Autowired private RepositoryService repository;
  @Autowired private ManagementService management;
  @Autowired private RunMeters meters;
  @Autowired private MeterRegistry registry;
  @Autowired private JdbcClient jdbc;

  private DrawnPipeline pipeline;

  @BeforeEach
  void draw() {
    pipeline =
        new DrawnPipeline(
            repository, jdbc, PIPELINE, Map.of("city", "Kassel", "maxActiveRuns", "1"));
  }

  @AfterEach
  void erase() {
    pipeline.erase();
  }

  @Test
  void countsRunsThatWaitAreActiveAndHaveEnded() {
    start();
    start();
    work();
    start();
    meters.refresh();

    assertThat(gauge("mlops.runs", "outcome", "success")).isEqualTo(2);
    assertThat(gauge("mlops.queue", "state", "queued")).isEqualTo(1);
    assertThat(gauge("mlops.queue", "state", "active")).isZero();
    assertThat(gauge("mlops.incidents")).isZero();
  }

  @Test
  void reportsTheLatestAccuracy() {
    String latest = start();
    String other = start();
    work();
    jdbc.sql("UPDATE mlops_run SET accuracy = 0.7 WHERE id = :id").param("id", other).update();
    jdbc.sql(
            "UPDATE mlops_run SET accuracy = 0.9, ended_at = CURRENT_TIMESTAMP + INTERVAL '1' DAY"
                + " WHERE id = :id")
        .param("id", latest)
        .update();

    meters.refresh();

    assertThat(gauge("mlops.accuracy")).isEqualTo(0.9);
  }

  @Test
  void countsOpenIncidents() {
    String run = start();
    Job job = management.createJobQuery().processInstanceId(run).singleResult();
    management.setJobRetries(job.getId(), 0);

    meters.refresh();

    assertThat(gauge("mlops.incidents")).isEqualTo(1);
  }

  @Test
  void timesEachStepOnceItIsCommitted() {
    long before = count("serviceTask_fetchWeather");
    start();

    work();

    assertThat(count("serviceTask_fetchWeather") - before).isEqualTo(1);
    assertThat(registry.find("mlops.step").tag("step", "endEvent_done").timer()).isNull();
  }

  private String start() {
    return runtime.startProcessInstanceByKey(PIPELINE).getId();
  }

  private void work() {
    for (var jobs = jobs(); !jobs.isEmpty(); jobs = jobs()) {
      jobs.forEach(job -> management.executeJob(job.getId()));
    }
  }

  private java.util.List<Job> jobs() {
    return management.createJobQuery().processDefinitionKey(PIPELINE).listPage(0, 1);
  }

  private long count(String step) {
    Timer timer = registry.find("mlops.step").tag("pipeline", PIPELINE).tag("step", step).timer();
    return timer == null ? 0 : timer.count();
  }

  private double gauge(String name, String... tags) {
    return registry.get(name).tag("pipeline", PIPELINE).tags(tags).gauge().value();
  }
}
