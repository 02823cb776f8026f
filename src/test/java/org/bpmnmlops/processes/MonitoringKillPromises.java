package org.bpmnmlops.processes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * One run of monitoring on a server that is killed in each of its steps, work done and nothing
 * committed: in the end it is as if nothing had happened.
 */
abstract class MonitoringKillPromises {

  /** Predictions of the champion, with outcomes. */
  static final int SERVED = 150;

  /** Lines of the production file, with outcomes. */
  static final int IN_FILE = 1200;

  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final List<String> STEPS =
      List.of(
          "serviceTask_reportStart",
          "serviceTask_admitRun",
          "serviceTask_checkData",
          "serviceTask_qualityReport",
          "serviceTask_driftReport",
          "serviceTask_performanceReport",
          "serviceTask_compareWithLastRun",
          "serviceTask_cleanUpOldReports",
          "serviceTask_sendSummary",
          "serviceTask_reportSuccess");

  /** The reports are made side by side, so the first that is ready stops the server for all. */
  private static final List<String> STOPS =
      List.of(
          "serviceTask_reportStart end",
          "serviceTask_admitRun end",
          "serviceTask_checkData end",
          "serviceTask_(quality|drift|performance)Report end",
          "serviceTask_compareWithLastRun end",
          "serviceTask_cleanUpOldReports end",
          "serviceTask_sendSummary end",
          "serviceTask_reportSuccess end",
          "endEvent_reportsReady end");

  @TempDir Path home;

  private KilledServer server;

  /** Settings of the server. */
  abstract Map<String, String> database();

  /** The same database, once the server has ended. */
  abstract DataSource look();

  @AfterEach
  void kill() throws InterruptedException {
    server.kill();
  }

  @Test
  void endsAsIfNothingHadHappened() throws Exception {
    server = new KilledServer(home, "monitoring", database());
    for (String stop : STOPS) {
      server.start(stop);
      await(server::isStopped);
      server.kill();
    }
    server.start("nowhere");
    await(() -> server.hasEnded("model-monitoring"));
    server.end();

    JdbcClient jdbc = JdbcClient.create(look());
    String run =
        jdbc.sql("SELECT id FROM mlops_run WHERE outcome = 'success'").query(String.class).single();
    assertEveryStepOnce(jdbc);
    assertRowsNeitherLostNorDoubled(jdbc);
    assertThreeReports(jdbc);
    assertOneMail(run);
  }

  private static void assertEveryStepOnce(JdbcClient jdbc) {
    assertThat(
            jdbc.sql("SELECT ACT_ID_ FROM ACT_HI_ACTINST WHERE ACT_TYPE_ = 'serviceTask'")
                .query(String.class)
                .list())
        .containsExactlyInAnyOrderElementsOf(STEPS);
    assertThat(count(jdbc, "ACT_HI_INCIDENT")).isZero();
    assertThat(
            jdbc.sql("SELECT status FROM mlops_status WHERE dag_id = 'model-monitoring'")
                .query(String.class)
                .list())
        .containsExactlyInAnyOrder("running", "success");
  }

  private void assertRowsNeitherLostNorDoubled(JdbcClient jdbc) throws IOException {
    assertThat(count(jdbc, "mlops_prediction")).isEqualTo(SERVED + IN_FILE);
    assertThat(count(jdbc, "mlops_outcome")).isEqualTo(SERVED + IN_FILE);
    assertThat(
            jdbc.sql("SELECT imported_rows FROM mlops_import WHERE sha256 <> '*'")
                .query(Integer.class)
                .list())
        .containsExactly(IN_FILE);
    assertThat(server.files("production"))
        .extracting(file -> file.getFileName().toString())
        .containsExactly("imported");
    assertThat(server.files("production/imported")).hasSize(1);
  }

  private void assertThreeReports(JdbcClient jdbc) throws IOException {
    List<String> reports =
        jdbc.sql("SELECT id FROM mlops_report ORDER BY id").query(String.class).list();
    assertThat(reports)
        .satisfiesExactly(
            id -> assertThat(id).startsWith("data_drift_report_"),
            id -> assertThat(id).startsWith("data_quality_report_"),
            id -> assertThat(id).startsWith("model_performance_report_"));
    assertThat(server.files("reports"))
        .extracting(file -> file.getFileName().toString())
        .containsExactlyInAnyOrderElementsOf(
            reports.stream().flatMap(id -> Stream.of(id + ".html", id + ".json")).toList());
    Path folder = home.resolve("reports");
    for (String id : reports) {
      assertThat(folder.resolve(id + ".html")).content().endsWith("</html>\n");
    }
    JsonNode quality =
        new ObjectMapper().readTree(folder.resolve(reports.get(1) + ".json").toFile());
    assertThat(quality.path("current").path("rows").intValue()).isEqualTo(SERVED + IN_FILE);
    try (Stream<Path> files = Files.walk(home)) {
      assertThat(files).noneMatch(file -> file.toString().endsWith(".part"));
    }
  }

  /** Sent again it has the same Message-ID, and so the same file in the outbox. */
  private void assertOneMail(String run) throws IOException {
    assertThat(server.files("outbox"))
        .singleElement()
        .satisfies(
            mail ->
                assertThat(mail)
                    .content()
                    .containsPattern("Message-ID: <" + run + "[^>]*sendSummary[^>]*>"));
  }

  private static int count(JdbcClient jdbc, String table) {
    return jdbc.sql("SELECT COUNT(*) FROM " + table).query(Integer.class).single();
  }

  private void await(Callable<Boolean> condition) {
    Awaitility.await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(100))
        .until(() -> server.isUp() && condition.call());
  }
}
