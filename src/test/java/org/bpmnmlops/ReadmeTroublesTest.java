package org.bpmnmlops;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.runtime.Job;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Troubles of the README that a user of the server meets; other tests provoke the rest. */
@MlopsTest
class ReadmeTroublesTest {

  private static final String PIPELINE = "/api/v1/pipelines/advertising-pipeline";

  @Autowired private Server server;
  @Autowired private ManagementService management;
  @Autowired private HistoryService history;
  @Autowired private JdbcClient jdbc;
  @Autowired private ObjectMapper json;

  private String run;

  @AfterEach
  void forgetTheRun() {
    if (run != null) {
      history.deleteHistoricProcessInstancesIfExists(List.of(run));
      jdbc.sql("DELETE FROM mlops_run WHERE id = :run").param("run", run).update();
    }
  }

  @Test
  void areAllProvokedInATest() throws IOException {
    String tests;
    try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
      StringBuilder all = new StringBuilder();
      for (Path file : files.filter(file -> file.toString().endsWith(".java")).toList()) {
        all.append(Files.readString(file));
      }
      tests = all.toString();
    }
    assertThat(Troubles.rows()).hasSizeGreaterThan(15);
    Troubles.rows()
        .forEach(
            (meaning, cells) -> {
              assertThat(cells.get(1)).as("what to do, " + meaning).isNotBlank();
              assertThat(tests)
                  .containsPattern("assertTold\\(\\s*\"" + Pattern.quote(meaning) + "\"");
            });
  }

  @Test
  void aPipelineThatIsNotThere() {
    Troubles.assertTold(
        "No such pipeline, or no right to read it",
        server.admin().get("/api/v1/pipelines/no-such-pipeline").body());
  }

  @Test
  void aWrongPassword() {
    Troubles.assertTold(
        "Wrong password, or locked after several",
        server.user("nobody", "wrong").get("/api/v1/pipelines").body());
  }

  @Test
  void aPipelineThatIsPaused() {
    server.admin().post(PIPELINE + "/pause", "{}");
    try {
      Troubles.assertTold(
          "The pipeline is paused", server.admin().post(PIPELINE + "/start", "{}").body());
    } finally {
      server.admin().post(PIPELINE + "/resume", "{}");
    }
  }

  @Test
  void aDataSetThatIsNotThere() throws IOException {
    Troubles.assertTold(
        "The data set is not there", failure("{\"dataset\": \"late.csv\", \"maxAttempts\": 1}"));
  }

  @Test
  void aModelThatIsNotGoodEnough() throws IOException {
    Troubles.assertTold(
        "The model is not saved: it is below the bar",
        failure("{\"minimumAccuracy\": 1, \"seed\": 7}"));
  }

  private String failure(String parameters) throws IOException {
    run =
        json.readTree(
                server
                    .admin()
                    .post(PIPELINE + "/start", "{\"parameters\": %s}".formatted(parameters))
                    .body())
            .get("run")
            .asText();
    for (Job job = job(); job != null; job = job()) {
      management.executeJob(job.getId());
    }
    JsonNode detail = json.readTree(server.admin().get("/api/v1/runs/" + run).body());
    return detail.at("/run/failureMessage").asText() + " " + detail.get("whatToDo").asText();
  }

  private Job job() {
    List<Job> jobs = management.createJobQuery().processInstanceId(run).listPage(0, 1);
    return jobs.isEmpty() ? null : jobs.get(0);
  }
}
