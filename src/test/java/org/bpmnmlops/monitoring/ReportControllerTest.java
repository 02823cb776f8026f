package org.bpmnmlops.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import org.bpmnmlops.MlopsTest;
import org.bpmnmlops.Server;
import org.bpmnmlops.artifact.Home;
import org.bpmnmlops.report.ReportKind;
import org.camunda.bpm.engine.AuthorizationService;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.authorization.Authorization;
import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.identity.User;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@MlopsTest
class ReportControllerTest {

  private static final String REPORTS = "/api/v1/reports";
  private static final String ID = "data_drift_report_20261125_120000";
  private static final String READER = "rita";
  private static final String PASSWORD = "Correct-Horse-7";

  @Autowired private Server server;
  @Autowired private ReportStore store;
  @Autowired private Home home;
  @Autowired private JdbcClient jdbc;
  @Autowired private IdentityService identity;
  @Autowired private AuthorizationService authorizations;

  @BeforeEach
  void writeReports() throws IOException {
    Files.createDirectories(home.reports());
    add(ReportKind.DATA_DRIFT, "run 1", "2026-11-25T12:00:00Z");
    add(ReportKind.DATA_QUALITY, "run 1", "2026-11-25T12:00:00Z");
    add(ReportKind.DATA_DRIFT, "run 2", "2026-11-25T18:00:00Z");
    Files.writeString(store.file(ID, ReportStore.HTML), "<h1>Drift</h1>");
    Files.writeString(store.file(ID, ReportStore.JSON), "{\"driftShare\":0.5}");
  }

  @AfterEach
  void deleteReports() {
    jdbc.sql("DELETE FROM mlops_report").update();
  }

  @Test
  void listsReportsNewestFirst() throws IOException {
    JsonNode page = json(REPORTS + "?size=2");

    assertThat(page.path("total").asInt()).isEqualTo(3);
    assertThat(page.path("items")).hasSize(2);
    JsonNode newest = page.path("items").path(0);
    assertThat(newest.path("id").asText()).isEqualTo("data_drift_report_20261125_180000");
    assertThat(newest.path("kind").asText()).isEqualTo("data_drift");
    assertThat(newest.path("verdict").asText()).isEqualTo("good");
    assertThat(newest.path("verdictWords").asText()).isEqualTo("✓ Good");
    assertThat(newest.path("createdAt").asText()).isEqualTo("2026-11-25T18:00:00Z");
    assertThat(newest.path("href").asText())
        .isEqualTo("/api/v1/reports/data_drift_report_20261125_180000");
    assertThat(json(REPORTS + "?size=2&page=1").path("items")).hasSize(1);
    assertThat(json(REPORTS + "?kind=data_drift").path("total").asInt()).isEqualTo(2);
    assertThat(json(REPORTS + "?run=run%201").path("total").asInt()).isEqualTo(2);
    assertThat(json(REPORTS + "?model=churn").path("total").asInt()).isZero();
  }

  @Test
  void answersThePageInASandbox() {
    var page = server.admin().get(REPORTS + "/" + ID, "Accept", "text/html,*/*;q=0.8");

    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body()).isEqualTo("<h1>Drift</h1>");
    assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html;charset=UTF-8");
    assertThat(page.headers().firstValue("Content-Security-Policy"))
        .hasValue("sandbox allow-scripts");
    assertThat(page.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
    assertThat(server.admin().get(REPORTS + "/" + ID).body()).isEqualTo("<h1>Drift</h1>");
  }

  @Test
  void answersTheNumbersAsJson() {
    var numbers = server.admin().get(REPORTS + "/" + ID, "Accept", "application/json");

    assertThat(numbers.body()).isEqualTo("{\"driftShare\":0.5}");
    assertThat(numbers.headers().firstValue("Content-Type")).hasValue("application/json");
  }

  @ParameterizedTest
  @CsvSource({
    "404, /data_drift_report_20261125_120001, keepReports",
    "404, /data_quality_report_20261125_120000, was deleted",
    "400, ?kind=drift, data_drift",
    "400, ?page=-1, page",
    "400, ?size=0, size",
    "400, ?size=1001, 1000",
    "400, ?page=many, page"
  })
  void saysWhatIsWrong(int status, String path, String words) {
    var answer = server.admin().get(REPORTS + path);

    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(answer.body()).contains(words);
  }

  @Test
  void answersNothingElse() {
    var answer = server.admin().get(REPORTS + "/" + ID, "Accept", "image/png");

    assertThat(answer.statusCode()).isEqualTo(406);
  }

  @Test
  void asksForALoginAndForTheRight() {
    User rita = identity.newUser(READER);
    rita.setPassword(PASSWORD);
    identity.saveUser(rita);
    try {
      assertThat(server.anonymous().get(REPORTS + "/" + ID).statusCode()).isEqualTo(401);
      var caller = server.user(READER, PASSWORD);
      assertThat(caller.get(REPORTS).statusCode()).isEqualTo(403);
      assertThat(caller.get(REPORTS + "/" + ID).statusCode()).isEqualTo(403);

      Authorization grant = authorizations.createNewAuthorization(Authorization.AUTH_TYPE_GRANT);
      grant.setUserId(READER);
      grant.setResource(Resources.APPLICATION);
      grant.setResourceId("reports");
      grant.addPermission(Permissions.ACCESS);
      authorizations.saveAuthorization(grant);

      assertThat(caller.get(REPORTS + "/" + ID).statusCode()).isEqualTo(200);
    } finally {
      authorizations.createAuthorizationQuery().userIdIn(READER).list().stream()
          .map(Authorization::getId)
          .forEach(authorizations::deleteAuthorization);
      identity.deleteUser(READER);
    }
  }

  private JsonNode json(String path) throws IOException {
    var answer = server.admin().get(path);
    assertThat(answer.statusCode()).describedAs(answer.body()).isEqualTo(200);
    return new ObjectMapper().readTree(answer.body());
  }

  private void add(ReportKind kind, String run, String at) {
    Instant moment = Instant.parse(at);
    store.add(
        new StoredReport(
            StoredReport.id(kind, moment), kind, run, "ads", 1, "good", "All is well.", moment));
  }
}
