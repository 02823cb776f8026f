package org.bpmnmlops.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bpmnmlops.MlopsTest;
import org.bpmnmlops.Server;
import org.bpmnmlops.engine.Drawn;
import org.camunda.bpm.engine.AuthorizationService;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.authorization.Authorization;
import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.identity.User;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What a run leaves in its log, and who may read it. */
@MlopsTest
class StepsAndTheirLogTest {

  private static final String PROCESS = "logged-weather";
  private static final String STEP = "serviceTask_fetchWeather";

  @Autowired private Server server;
  @Autowired private RuntimeService runtime;
  @Autowired private RepositoryService repository;
  @Autowired private ManagementService management;
  @Autowired private IdentityService identity;
  @Autowired private AuthorizationService authorizations;
  @Autowired private JdbcClient jdbc;
  @Autowired private ObjectMapper json;

  private final List<String> deployments = new ArrayList<>();

  @BeforeEach
  void draw() {
    deploy(Drawn.pipeline(PROCESS, Map.of("city", "Kassel")));
  }

  @AfterEach
  void erase() {
    deployments.forEach(deployment -> repository.deleteDeployment(deployment, true, true));
    jdbc.sql("DELETE FROM mlops_run WHERE pipeline = :pipeline")
        .param("pipeline", PROCESS)
        .update();
  }

  @Test
  void tellsWhenAStepBeganAndWhatItCameTo() throws IOException {
    String run = start(Map.of());
    work(run);

    assertThat(lines(run, "?step=fetchWeather"))
        .extracting(line -> line.get("message").asText())
        .containsExactly(
            "Fetch weather: attempt 1", "Fetch weather: done: weather sunny in Kassel");
    assertThat(lines(run, "?step=" + STEP))
        .allSatisfy(
            line -> {
              assertThat(line.get("step").asText()).isEqualTo(STEP);
              assertThat(line.get("attempt").asInt()).isEqualTo(1);
              assertThat(line.get("level").asText()).isEqualTo("INFO");
            });
  }

  @Test
  void keepsTheFaultThatTheDiagramHandlesWithTheStepThatHadIt() throws IOException {
    String run = start(Map.of("misses", 1));
    work(run);
    fireTimer(run);
    work(run);

    assertThat(lines(run, "?step=fetchWeather&level=WARN"))
        .singleElement()
        .satisfies(
            line -> {
              assertThat(line.get("message").asText()).contains("no weather at attempt 1");
              assertThat(line.get("attempt").asInt()).isEqualTo(1);
            });
    assertThat(lines(run, "?step=fetchWeather&level=info"))
        .extracting(line -> line.get("attempt").asInt())
        .containsExactly(1, 1, 2, 2);
  }

  @Test
  void keepsTheErrorOfAStepThatWasRolledBack() throws IOException {
    String run = start(Map.of());
    runtime.setVariable(run, "misses", "nobody knows");
    assertThat(catchThrowable(() -> work(run))).isNotNull();
    assertThat(catchThrowable(() -> work(run))).isNotNull();

    List<JsonNode> errors = lines(run, "?step=fetchWeather&level=WARN");

    assertThat(errors).extracting(line -> line.get("attempt").asInt()).containsExactly(1, 2);
    assertThat(errors.get(0).get("trace").asText())
        .contains("Parameter 'misses' is 'nobody knows'")
        .contains("FetchWeatherDelegate.execute");
  }

  @Test
  void readsOnAfterWhatWasReadAlready() throws IOException {
    String run = start(Map.of());
    work(run);
    JsonNode page = json.readTree(server.admin().get(path(run, "")).body());

    JsonNode rest =
        json.readTree(server.admin().get(path(run, "?after=" + page.get("next"))).body());

    assertThat(page.get("lines")).isNotEmpty();
    assertThat(rest.get("lines")).isEmpty();
    assertThat(rest.get("next")).isEqualTo(page.get("next"));
  }

  @Test
  void showsNothingToWhoMayNotReadTheRun() throws IOException {
    String run = start(Map.of());
    work(run);
    User nobody = identity.newUser("nobody");
    nobody.setPassword("Correct-Horse-7");
    identity.saveUser(nobody);
    var caller = server.user("nobody", "Correct-Horse-7");
    Authorization grant = null;
    try {
      assertThat(caller.get(path(run, "")).statusCode()).isEqualTo(404);
      assertThat(server.anonymous().get(path(run, "")).statusCode()).isEqualTo(401);

      grant = authorizations.createNewAuthorization(Authorization.AUTH_TYPE_GRANT);
      grant.setUserId("nobody");
      grant.setResource(Resources.PROCESS_DEFINITION);
      grant.setResourceId(PROCESS);
      grant.addPermission(Permissions.READ_HISTORY);
      authorizations.saveAuthorization(grant);

      assertThat(caller.get(path(run, "")).statusCode()).isEqualTo(200);
    } finally {
      identity.deleteUser("nobody");
      if (grant != null) {
        authorizations.deleteAuthorization(grant.getId());
      }
    }
  }

  @Test
  void saysWhatIsWrongWithARequest() {
    String run = start(Map.of());

    assertThat(server.admin().get(path("no-such-run", "")).body()).contains("There is no run");
    var level = server.admin().get(path(run, "?level=LOUD"));
    assertThat(level.statusCode()).isEqualTo(400);
    assertThat(level.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(level.body()).contains("'level' is 'LOUD'");
    assertThat(server.admin().get(path(run, "?after=-1")).body()).contains("'after' is '-1'");
    assertThat(server.admin().get("/api/v1/runs/..%2f..%2fadmin-password/log").statusCode())
        .isBetween(400, 404);
  }

  @Test
  void hidesPasswordsThatAMessageHolds() throws IOException {
    String run = start(Map.of());
    MDC.put(LogContext.RUN, run);
    try {
      LoggerFactory.getLogger(RunLog.class)
          .warn(
              "Refused by jdbc:postgresql://db/x?user=u&password=Geheim7 and ftp://u:Geheim7@h/f");
    } finally {
      MDC.remove(LogContext.RUN);
    }

    String body = server.admin().get(path(run, "?level=WARN")).body();
    assertThat(body).contains("Refused by", "password=***", "ftp://u:***@h/f");
    assertThat(body).doesNotContain("Geheim7");
  }

  private void deploy(BpmnModelInstance model) {
    deployments.add(
        repository.createDeployment().addModelInstance("weather.bpmn", model).deploy().getId());
  }

  private String start(Map<String, Object> variables) {
    return runtime.startProcessInstanceByKey(PROCESS, variables).getId();
  }

  private void work(String run) {
    for (List<Job> jobs = due(run); !jobs.isEmpty(); jobs = due(run)) {
      management.executeJob(jobs.get(0).getId());
    }
  }

  private List<Job> due(String run) {
    return management.createJobQuery().processInstanceId(run).messages().list();
  }

  private void fireTimer(String run) {
    management.executeJob(
        management.createJobQuery().processInstanceId(run).timers().singleResult().getId());
  }

  private List<JsonNode> lines(String run, String query) throws IOException {
    var answer = server.admin().get(path(run, query));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    List<JsonNode> lines = new ArrayList<>();
    json.readTree(answer.body()).get("lines").forEach(lines::add);
    return lines;
  }

  private static String path(String run, String query) {
    return "/api/v1/runs/" + run + "/log" + query;
  }
}
