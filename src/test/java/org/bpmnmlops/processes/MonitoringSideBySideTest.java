package org.bpmnmlops.processes;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.bpmnmlops.MlopsTest;
import org.bpmnmlops.artifact.Home;
import org.bpmnmlops.process.Step;
import org.bpmnmlops.process.StepDeclaration;
import org.bpmnmlops.production.ProductionData;
import org.bpmnmlops.production.Window;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestPropertySource;

/**
 * Model monitoring on PostgreSQL, its job executor running. Each of the three reports begins only
 * when the other two have begun: run one after the other they would wait for ever.
 */
@MlopsTest
@TestPropertySource(
    properties = {
      "camunda.bpm.job-execution.enabled=true",
      "camunda.bpm.generate-unique-process-engine-name=true"
    })
@DirtiesContext
class MonitoringSideBySideTest {

  private static final Duration LONGER_THAN_ANY_MACHINE_TAKES = Duration.ofMinutes(3);

  @Autowired private RuntimeService runtime;
  @Autowired private HistoryService history;
  @Autowired private ProductionData production;
  @Autowired private JdbcClient jdbc;
  @Autowired private Home home;

  @TestConfiguration
  static class Surroundings {

    @Bean
    EmbeddedPostgres postgres() throws IOException {
      return EmbeddedPostgres.start();
    }

    @Bean
    HikariDataSource dataSource(EmbeddedPostgres postgres) {
      HikariDataSource pool = new HikariDataSource();
      pool.setJdbcUrl(postgres.getJdbcUrl("postgres", "postgres"));
      pool.setMaximumPoolSize(32);
      return pool;
    }

    @Bean
    static BeanPostProcessor reportsThatWaitForEachOther() {
      CyclicBarrier all = new CyclicBarrier(3);
      return new BeanPostProcessor() {
        @Override
        public Object postProcessAfterInitialization(Object bean, String name) {
          return name.endsWith("ReportDelegate") ? new Waiting((Step) bean, all) : bean;
        }
      };
    }
  }

  private record Waiting(Step step, CyclicBarrier all) implements Step {

    @Override
    public void execute(DelegateExecution execution) throws Exception {
      all.await(2, TimeUnit.MINUTES);
      step.execute(execution);
    }

    @Override
    public StepDeclaration declaration() {
      return step.declaration();
    }
  }

  @Test
  void makesTheThreeReportsSideBySide() throws IOException {
    await(runtime.startProcessInstanceByKey("advertising-pipeline").getId());
    StringBuilder csv = new StringBuilder("TV,radio,newspaper,prediction,target\n");
    for (String line : Files.readAllLines(Path.of("data", "advertising.csv")).subList(1, 201)) {
      csv.append(line.replaceFirst(",([01])$", ",1,$1")).append('\n');
    }
    Files.createDirectories(home.production());
    Files.writeString(home.production().resolve("prod_data.csv"), csv);

    String run =
        runtime.startProcessInstanceByKey("model-monitoring", Map.of("keepReports", 1)).getId();
    await(run);
    String second =
        runtime.startProcessInstanceByKey("model-monitoring", Map.of("keepReports", 1)).getId();
    await(second);

    assertThat(production.count(Window.of("advertising").labelled())).isEqualTo(200);
    for (String step : List.of("qualityReport", "driftReport", "performanceReport")) {
      assertThat(
              history
                  .createHistoricActivityInstanceQuery()
                  .processInstanceId(run)
                  .activityId("serviceTask_" + step)
                  .count())
          .describedAs(step)
          .isEqualTo(1);
    }
    assertThat(jdbc.sql("SELECT run FROM mlops_report").query(String.class).list())
        .containsExactly(second, second, second);
  }

  private void await(String run) {
    Awaitility.await()
        .atMost(LONGER_THAN_ANY_MACHINE_TAKES)
        .until(
            () ->
                jdbc.sql("SELECT outcome FROM mlops_run WHERE id = :run AND state = 'ended'")
                    .param("run", run)
                    .query(String.class)
                    .optional()
                    .isPresent());
    assertThat(
            jdbc.sql("SELECT outcome FROM mlops_run WHERE id = :run")
                .param("run", run)
                .query(String.class)
                .single())
        .isEqualTo("success");
  }
}
