package org.bpmnmlops.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.bpmnmlops.MlopsTest;
import org.bpmnmlops.Server;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestPropertySource;

/** The whole product on PostgreSQL, its job executor running. */
@MlopsTest
@TestPropertySource(
    properties = {
      "camunda.bpm.job-execution.enabled=true",
      "camunda.bpm.generate-unique-process-engine-name=true"
    })
@DirtiesContext
class OnPostgresTest {

  private static final String PIPELINE = "advertising-pipeline";
  private static final Duration LONGER_THAN_ANY_MACHINE_TAKES = Duration.ofMinutes(3);

  @Autowired private Server server;
  @Autowired private RuntimeService runtime;
  @Autowired private HistoryService history;
  @Autowired private JdbcClient jdbc;
  @Autowired private DataSource database;
  @Autowired private Watchdog watchdog;
  @Autowired private RunCleanUp cleanUp;
  @Autowired private RunMeters runMeters;
  @Autowired private MeterRegistry meters;

  /** A bean, so that the database outlives whatever uses it. */
  @TestConfiguration
  static class Database {

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
  }

  private record Row(
      String id, long place, String outcome, Timestamp admittedAt, Timestamp endedAt) {}

  @Test
  void admitsRunsInOrderNeverTooManyAndLosesNone() {
    List<String> started =
        IntStream.range(0, 20)
            .mapToObj(i -> runtime.startProcessInstanceByKey(PIPELINE, Map.of("maxActiveRuns", 3)))
            .map(run -> run.getProcessInstanceId())
            .toList();

    await().atMost(LONGER_THAN_ANY_MACHINE_TAKES).until(() -> ended().size() == started.size());

    List<Row> rows = ended();
    assertThat(rows).extracting(Row::id).containsExactlyElementsOf(started);
    assertThat(rows).extracting(Row::outcome).containsOnly("success");
    assertThat(rows).extracting(Row::admittedAt).isSorted();
    for (Row row : rows) {
      Instant admitted = row.admittedAt().toInstant();
      assertThat(rows)
          .filteredOn(
              other ->
                  !other.admittedAt().toInstant().isAfter(admitted)
                      && other.endedAt().toInstant().isAfter(admitted))
          .hasSizeLessThanOrEqualTo(3);
    }
    assertThat(
            history
                .createHistoricActivityInstanceQuery()
                .activityId("serviceTask_buildModel")
                .count())
        .isEqualTo(20);

    watchdog.check();
    cleanUp.cleanUp();
    runMeters.refresh();
    assertThat(meters.get("mlops.runs").tag("outcome", "success").meters())
        .extracting(meter -> meter.measure().iterator().next().getValue())
        .contains(20.0);
  }

  @Test
  void answersWhatPagesAsk() {
    String run =
        runtime.startProcessInstanceByKey(PIPELINE, Map.of("logicalDate", "2026-05-01")).getId();
    await()
        .atMost(LONGER_THAN_ANY_MACHINE_TAKES)
        .until(
            () ->
                history
                        .createHistoricProcessInstanceQuery()
                        .processInstanceId(run)
                        .finished()
                        .count()
                    == 1);
    String filter =
        "logicalDate=2026-05-01&status=success&from=2026-01-01T00:00:00Z&parameter=testShare%3D0.2";

    for (String path :
        List.of(
            "/api/v1/runs/" + run,
            "/api/v1/runs?" + filter,
            "/api/v1/pipelines/" + PIPELINE + "/grid?" + filter,
            "/api/v1/pipelines/" + PIPELINE + "/metrics?" + filter)) {
      assertThat(server.admin().get(path).body()).as(path).contains(run);
    }
    assertThat(server.admin().get("/api/v1/runs/" + run + "/files").body())
        .contains("evaluation.json");
    for (String path :
        List.of(
            "/api/v1/runs/" + run + "/steps",
            "/api/v1/pipelines/" + PIPELINE,
            "/api/v1/pipelines/" + PIPELINE + "/heat")) {
      assertThat(server.admin().get(path).body()).as(path).contains("serviceTask_buildModel");
    }
    assertThat(server.admin().get("/api/v1/pipelines").body())
        .containsPattern("\"lastAccuracy\":[01]\\.");
  }

  /** The driver then cannot tell how many rows each of them was. */
  @Test
  void insertsTheRowsOfABatchByOneStatement() throws SQLException {
    try (Connection connection = database.getConnection();
        Statement setUp = connection.createStatement()) {
      setUp.execute("CREATE TEMPORARY TABLE batch (id INTEGER)");
      try (var insert = connection.prepareStatement("INSERT INTO batch (id) VALUES (?)")) {
        for (int id = 0; id < 4; id++) {
          insert.setInt(1, id);
          insert.addBatch();
        }

        assertThat(insert.executeBatch()).hasSize(4).containsOnly(Statement.SUCCESS_NO_INFO);
      }
    }
  }

  @AfterEach
  void forgetRuns() {
    jdbc.sql("DELETE FROM mlops_run").update();
    history
        .createHistoricProcessInstanceQuery()
        .finished()
        .list()
        .forEach(run -> history.deleteHistoricProcessInstance(run.getId()));
  }

  private List<Row> ended() {
    return jdbc.sql(
            "SELECT id, place, outcome, admitted_at, ended_at FROM mlops_run"
                + " WHERE state = 'ended' ORDER BY place")
        .query(
            (row, number) ->
                new Row(
                    row.getString("id"),
                    row.getLong("place"),
                    row.getString("outcome"),
                    row.getTimestamp("admitted_at"),
                    row.getTimestamp("ended_at")))
        .list();
  }
}
