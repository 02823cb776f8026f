package org.bpmnmlops.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import org.bpmnmlops.MlopsTest;
import org.bpmnmlops.Server;
import org.bpmnmlops.artifact.Home;
import org.camunda.bpm.engine.AuthorizationService;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Pipelines and runs over REST, as pages and command line see them. */
@MlopsTest
class ConsoleTest {

  private static final String PIPELINE = "advertising-pipeline";

  @Autowired private Server server;
  @Autowired private RuntimeService runtime;
  @Autowired private RepositoryService repository;
  @Autowired private ManagementService management;
  @Autowired private HistoryService history;
  @Autowired private IdentityService identity;
  @Autowired private AuthorizationService authorizations;
  @Autowired private JdbcClient jdbc;
  @Autowired private ObjectMapper json;
  @Autowired private Home home;

  private final List<String> started = new ArrayList<>();

  @AfterEach
  void cleanUp() {
    for (String run : started) {
      if (runtime.createProcessInstanceQuery().processInstanceId(run).count() > 0) {
        runtime.deleteProcessInstance(run, "test over");
      }
      history.deleteHistoricProcessInstancesIfExists(List.of(run));
      jdbc.sql("DELETE FROM mlops_run WHERE id = :run").param("run", run).update();
    }
    runtime
        .createProcessInstanceQuery()
        .processDefinitionKeyIn("cancelled-run", "incident-alert")
        .list()
        .forEach(it -> runtime.deleteProcessInstance(it.getId(), "test over"));
  }

  @Test
  void showsAPipelineWithTheParametersThatItsStepsDeclare() throws Exception {
    JsonNode pipeline = get("/api/v1/pipelines/" + PIPELINE);

    assertThat(pipeline.at("/pipeline/name").asText()).isEqualTo("Advertising pipeline");
    assertThat(pipeline.at("/pipeline/paused").asBoolean()).isFalse();
    assertThat(pipeline.at("/pipeline/schedule").asText()).isEqualTo("0 0 0 * * ?");
    assertThat(pipeline.at("/pipeline/nextRun").asText()).endsWith("T00:00:00Z");
    assertThat(texts(pipeline.get("steps"), "name"))
        .containsSubsequence(
            "Report start",
            "Admit run",
            "Load data",
            "Preprocess data",
            "Separate data",
            "Build model",
            "Evaluate model",
            "Send success notification",
            "Call status API",
            "Send failure notification",
            "Report failure");
    JsonNode share = named(pipeline.get("parameters"), "testShare");
    assertThat(share.get("kind").asText()).isEqualTo("number");
    assertThat(share.get("value").asDouble()).isEqualTo(0.2);
    assertThat(share.get("expected").asText()).startsWith("a number from");
    assertThat(share.get("help").asText()).isNotBlank();
    assertThat(named(pipeline.get("parameters"), "algorithm").get("choices"))
        .extracting(JsonNode::asText)
        .contains("logistic-regression", "xgboost");
    assertThat(named(pipeline.get("parameters"), "trees").get("value").asInt()).isEqualTo(100);
  }

  @Test
  void refusesCrossValidationOfAModelThatIsToBeRegistered() {
    var answer =
        server
            .admin()
            .post(
                "/engine-rest/process-definition/key/" + PIPELINE + "/start",
                "{\"variables\": {\"folds\": {\"value\": 5}}}");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body())
        .contains("Parameter 'folds' is '5'; expected 0: Register model")
        .contains("Leave folds out");
  }

  @Test
  void tellsOfARunThatAPersonHasToDecideWhatItWaitsFor() throws Exception {
    String asks = "asks-somebody";
    String deployment =
        repository
            .createDeployment()
            .addModelInstance(
                asks + ".bpmn",
                Bpmn.createExecutableProcess(asks)
                    .camundaHistoryTimeToLive(1)
                    .startEvent()
                    .userTask("ask")
                    .name("Approve model")
                    .endEvent()
                    .done())
            .deploy()
            .getId();
    try {
      String run = runtime.startProcessInstanceByKey(asks).getId();
      started.add(run);
      jdbc.sql(
              "INSERT INTO mlops_run (id, pipeline, process_version, business_key, logical_date,"
                  + " priority, max_active, state, waiting, started_at) VALUES (:id, :pipeline, 1,"
                  + " 'asks', '2026-11-26', 0, 16, 'active', FALSE, CURRENT_TIMESTAMP)")
          .param("id", run)
          .param("pipeline", PIPELINE)
          .update();

      JsonNode list = get("/api/v1/runs?status=waiting");
      assertThat(texts(list.get("runs"), "id")).containsExactly(run);
      assertThat(list.at("/runs/0/status").asText()).isEqualTo("waiting");
      assertThat(list.at("/runs/0/task").asText()).isEqualTo("Approve model");
      assertThat(texts(get("/api/v1/runs?status=running").get("runs"), "id")).doesNotContain(run);
      JsonNode one = get("/api/v1/runs/" + run).get("run");
      assertThat(one.get("status").asText()).isEqualTo("waiting");
      assertThat(one.get("waitingForSlot").asBoolean()).isFalse();
      assertThat(one.has("waiting")).isFalse();
      assertThat(get("/api/v1/pipelines/" + PIPELINE).at("/pipeline/counts/waiting").asInt())
          .isEqualTo(1);
    } finally {
      repository.deleteDeployment(deployment, true);
    }
  }

  @Test
  void tellsOfATaskThatWaitsInARunItCalled() throws Exception {
    String deployment =
        repository
            .createDeployment()
            .addModelInstance(
                "called.bpmn",
                Bpmn.createExecutableProcess("called")
                    .camundaHistoryTimeToLive(1)
                    .startEvent()
                    .userTask("ask")
                    .name("Approve model")
                    .endEvent()
                    .done())
            .addModelInstance(
                "caller.bpmn",
                Bpmn.createExecutableProcess("caller")
                    .camundaHistoryTimeToLive(1)
                    .startEvent()
                    .callActivity("call")
                    .calledElement("called")
                    .endEvent()
                    .done())
            .deploy()
            .getId();
    try {
      String caller = runtime.startProcessInstanceByKey("caller").getId();
      started.add(caller);
      String called =
          runtime
              .createProcessInstanceQuery()
              .superProcessInstanceId(caller)
              .singleResult()
              .getId();

      JsonNode detail = get("/api/v1/runs/" + caller);

      assertThat(detail.at("/tasks/0/name").asText()).isEqualTo("Approve model");
      assertThat(detail.at("/tasks/0/run").asText()).isEqualTo(called);
      assertThat(detail.at("/run/status").asText()).isEqualTo("waiting");
    } finally {
      repository.deleteDeployment(deployment, true);
    }
  }

  @Test
  void tellsInTheListWhyARetrainingTrainedNothing() throws Exception {
    String run =
        runtime
            .startProcessInstanceByKey(
                "model-retraining", Map.of("modelName", "nobody-trained-this"))
            .getId();
    started.add(run);
    work(run);

    JsonNode row = get("/api/v1/runs?pipeline=model-retraining").at("/runs/0");

    assertThat(row.get("id").asText()).isEqualTo(run);
    assertThat(row.get("reason").asText())
        .startsWith("Nothing to retrain: ")
        .contains("nobody-trained-this");
    assertThat(texts(get("/api/v1/runs/" + run + "/steps"), "name"))
        .containsSubsequence(
            "Compare with champion",
            "Register model",
            "Decide promotion",
            "Approve model",
            "Promote model",
            "Smoke test",
            "Archive production data",
            "Send result",
            "Report result");
  }

  @Test
  void showsARunFromItsStartToItsEnd() throws Exception {
    String run = start("{\"parameters\": {\"seed\": 7}}");

    JsonNode before = get("/api/v1/runs/" + run);
    assertThat(before.at("/run/status").asText()).isEqualTo("queued");
    assertThat(before.at("/tokens/0/activity").asText()).isEqualTo("startEvent_dailyOrOnRequest");
    work(run);
    JsonNode after = get("/api/v1/runs/" + run);

    assertThat(after.at("/run/status").asText()).isEqualTo("success");
    assertThat(after.at("/run/accuracy").asDouble()).isBetween(0.75, 1.0);
    assertThat(after.at("/run/starter").asText()).isEqualTo("admin");
    assertThat(after.get("tokens")).isEmpty();
    assertThat(texts(after.get("path"), "activity"))
        .contains("serviceTask_buildModel", "endEvent_modelReady");
    JsonNode seed = named(after.get("variables"), "seed");
    assertThat(seed.get("value").asInt()).isEqualTo(7);
    assertThat(seed.get("kind").asText()).isEqualTo("parameter");
    assertThat(named(after.get("variables"), "accuracy").get("kind").asText()).isEqualTo("output");
    assertThat(states(run))
        .containsEntry("Build model", "success 1")
        .containsEntry("Report failure", "none 0");
  }

  @Test
  void servesTheFilesOfARunWithoutItsReadersRights() throws Exception {
    String run = start("{}");
    work(run);

    assertThat(texts(get("/api/v1/runs/" + run + "/files"), "name")).contains("evaluation.json");
    var file = server.admin().get("/api/v1/runs/" + run + "/files/evaluation.json");
    assertThat(file.statusCode()).isEqualTo(200);
    assertThat(file.body()).contains("accuracy");
    assertThat(file.headers().firstValue("Content-Security-Policy"))
        .hasValue("sandbox allow-scripts");
    var model = server.admin().get("/api/v1/runs/" + run + "/files/model.zip");
    assertThat(model.headers().firstValue("Content-Disposition").orElseThrow())
        .startsWith("attachment");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../../admin-password", "..%2F..%2Fadmin-password", "", "nothing.csv"})
  void givesOutNothingButTheFilesOfTheRun(String name) throws Exception {
    String run = start("{}");
    Files.createDirectories(home.runs().resolve(run));

    var answer = server.admin().get("/api/v1/runs/" + run + "/files/" + name);

    assertThat(answer.statusCode()).isIn(400, 404);
    assertThat(answer.body()).doesNotContain(server.adminPassword());
  }

  @Test
  void givesAStepWithAnIncidentAnotherAttempt() throws Exception {
    String run = start("{}");
    workUntil(run, "serviceTask_separateData");
    Path data = home.runs().resolve(run).resolve("preprocessed_advertising.csv");
    byte[] rows = Files.readAllBytes(data);
    Files.delete(data);
    fail(run);
    fail(run);

    assertThat(get("/api/v1/runs/" + run).at("/run/status").asText()).isEqualTo("incident");
    assertThat(states(run)).containsEntry("Separate data", "incident 2");
    JsonNode tries = step(run, "Separate data").get("tries");
    assertThat(tries).hasSize(2);
    assertThat(tries.get(1).get("error").asText()).contains("preprocessed_advertising.csv");
    assertThat(tries.get(1).get("whatToDo").asText()).startsWith("Mend the cause");

    Files.write(data, rows);
    assertThat(post("/api/v1/runs/" + run + "/retry", "{}").statusCode()).isEqualTo(200);
    work(run);

    assertThat(states(run)).containsEntry("Separate data", "success 3");
    assertThat(post("/api/v1/runs/" + run + "/retry", "{}").statusCode()).isEqualTo(409);
  }

  @Test
  void triesAStepThatWaitsForItsNextAttemptAtOnce() throws Exception {
    String run = start("{\"parameters\": {\"dataset\": \"late.csv\", \"maxAttempts\": 3}}");
    workUntil(run, "event_loadDataWait");

    JsonNode waiting = step(run, "Load data");
    assertThat(waiting.get("state").asText()).isEqualTo("retrying");
    assertThat(waiting.get("nextAt").asText()).isNotEmpty();
    assertThat(waiting.at("/tries/0/error").asText()).contains("late.csv");
    assertThat(post("/api/v1/runs/" + run + "/retry", "{}").statusCode()).isEqualTo(200);

    assertThat(job(run).getDuedate())
        .isBeforeOrEqualTo(new Date(System.currentTimeMillis() + 1000));
  }

  @Test
  void tellsWhyARunFailedAndWhatToDo() throws Exception {
    String run = start("{\"parameters\": {\"minimumAccuracy\": 1, \"seed\": 7}}");
    work(run);

    JsonNode detail = get("/api/v1/runs/" + run);

    assertThat(detail.at("/run/status").asText()).isEqualTo("failed");
    assertThat(detail.at("/run/failureCode").asText()).isEqualTo("MODEL_BELOW_BAR");
    assertThat(detail.at("/run/failureMessage").asText()).contains("minimumAccuracy");
    assertThat(detail.get("whatToDo").asText()).contains("minimumAccuracy");
  }

  @Test
  void continuesAnEndedRunWithANewOneThatTakesOverItsResults() throws Exception {
    String origin = start("{\"parameters\": {\"seed\": 3}}");
    work(origin);

    var answer =
        post("/api/v1/runs/" + origin + "/continue", "{\"step\": \"serviceTask_buildModel\"}");
    String run = json.readTree(answer.body()).get("run").asText();
    started.add(run);
    assertThat(run).isNotEqualTo(origin);
    assertThat(get("/api/v1/runs/" + run).at("/run/state").asText()).isEqualTo("active");
    work(run);

    JsonNode detail = get("/api/v1/runs/" + run);
    assertThat(detail.at("/run/status").asText()).isEqualTo("success");
    assertThat(named(detail.get("variables"), "originRun").get("value").asText()).isEqualTo(origin);
    assertThat(named(detail.get("variables"), "seed").get("value").asInt()).isEqualTo(3);
    assertThat(states(run))
        .containsEntry("Load data", "none 0")
        .containsEntry("Build model", "success 1");
    assertThat(detail.at("/run/accuracy"))
        .isEqualTo(get("/api/v1/runs/" + origin).at("/run/accuracy"));
  }

  @Test
  void movesARunUnderWayToTheChosenStep() throws Exception {
    String run = start("{}");
    workUntil(run, "serviceTask_buildModel");

    var answer = post("/api/v1/runs/" + run + "/continue", "{\"step\": \"serviceTask_loadData\"}");

    assertThat(json.readTree(answer.body()).get("run").asText()).isEqualTo(run);
    assertThat(states(run)).containsEntry("Load data", "queued 1");
    work(run);
    assertThat(states(run))
        .containsEntry("Load data", "success 2")
        .containsEntry("Build model", "success 1");
  }

  @Test
  void repeatsARunWithItsParametersAndThoseThatWereChanged() throws Exception {
    String origin =
        start(
            "{\"parameters\": {\"seed\": 5, \"logicalDate\": \"2026-03-01\", \"testShare\": 0.3}}");
    work(origin);

    var answer = post("/api/v1/runs/" + origin + "/again", "{\"parameters\": {\"seed\": 6}}");
    String run = json.readTree(answer.body()).get("run").asText();
    started.add(run);

    assertThat(answer.statusCode()).isEqualTo(201);
    JsonNode detail = get("/api/v1/runs/" + run);
    assertThat(detail.at("/run/logicalDate").asText()).isEqualTo("2026-03-01");
    assertThat(named(detail.get("variables"), "seed").get("value").asInt()).isEqualTo(6);
    assertThat(named(detail.get("variables"), "testShare").get("value").asDouble()).isEqualTo(0.3);
  }

  @Test
  void cancelsARunOnce() throws Exception {
    String run = start("{}");
    workUntil(run, "serviceTask_buildModel");

    assertThat(post("/api/v1/runs/" + run + "/cancel", "{}").statusCode()).isEqualTo(200);

    assertThat(get("/api/v1/runs/" + run).at("/run/status").asText()).isEqualTo("cancelled");
    var again = post("/api/v1/runs/" + run + "/cancel", "{}");
    assertThat(again.statusCode()).isEqualTo(409);
    assertThat(again.body()).contains("has ended", "run it again");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"parameters\": {\"seed\": \"many\"}}|Parameter 'seed' is 'many'",
        "{\"parameters\": {\"color\": \"red\"}}|There is no parameter 'color'",
        "{\"parameters\": {\"seed\": [1]}}|an object or a list"
      })
  void refusesAStartWithParametersThatCannotBeUsed(String body, String message) throws Exception {
    var answer = post("/api/v1/pipelines/" + PIPELINE + "/start", body);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(json.readTree(answer.body()).get("detail").asText()).contains(message);
  }

  @Test
  void takesNoRunsWhilePaused() throws Exception {
    assertThat(post("/api/v1/pipelines/" + PIPELINE + "/pause", "").body())
        .contains("\"paused\":true");
    try {
      var refused = post("/api/v1/pipelines/" + PIPELINE + "/start", "{}");

      assertThat(refused.statusCode()).isEqualTo(409);
      assertThat(refused.body())
          .contains("is paused", "POST /api/v1/pipelines/%s/resume".formatted(PIPELINE));
    } finally {
      assertThat(post("/api/v1/pipelines/" + PIPELINE + "/resume", "").body())
          .contains("\"paused\":false");
    }
    start("{}");
  }

  @Test
  void filtersAndPagesOnTheServer() throws Exception {
    String first = start("{\"parameters\": {\"seed\": 901, \"logicalDate\": \"2026-02-01\"}}");
    String second = start("{\"parameters\": {\"seed\": 902, \"logicalDate\": \"2026-02-02\"}}");
    work(first);

    assertThat(ids("logicalFrom=2026-02-01&logicalTo=2026-02-02")).containsExactly(second, first);
    assertThat(ids("logicalDate=2026-02-02")).containsExactly(second);
    assertThat(ids("logicalFrom=2026-02-01&logicalTo=2026-02-02&status=success"))
        .containsExactly(first);
    assertThat(ids("parameter=seed%3D902")).containsExactly(second);
    assertThat(ids("parameter=testShare%3D0.2&logicalFrom=2026-02-01&logicalTo=2026-02-01"))
        .containsExactly(first);
    assertThat(ids("parameter=stratified%3Dfalse")).isEmpty();
    assertThat(ids("parameter=testShare%3D0")).isEmpty();
    assertThat(ids("parameter=algorithm%3Dlogistic-regression&logicalDate=2026-02-02"))
        .containsExactly(second);
    assertThat(ids("parameter=algorithm%3D%25&logicalDate=2026-02-02")).isEmpty();
    assertThat(ids("logicalFrom=2026-02-01&logicalTo=2026-02-02&size=1&page=1"))
        .containsExactly(first);
    for (String filter : List.of("status", "state", "outcome")) {
      var answer = server.admin().get("/api/v1/runs?%s=odd".formatted(filter));
      assertThat(answer.statusCode()).isEqualTo(400);
      assertThat(answer.body()).contains("There is no %s 'odd'; expected one of".formatted(filter));
    }
    assertThat(server.admin().get("/api/v1/runs?size=100000").statusCode()).isEqualTo(400);
    assertThat(server.admin().get("/api/v1/runs?from=yesterday").statusCode()).isEqualTo(400);
  }

  @Test
  void putsRunsSideBySide() throws Exception {
    String run = start("{\"parameters\": {\"logicalDate\": \"2026-01-01\"}}");
    work(run);
    String filter = "?logicalDate=2026-01-01";

    JsonNode grid = get("/api/v1/pipelines/" + PIPELINE + "/grid" + filter);
    JsonNode metrics = get("/api/v1/pipelines/" + PIPELINE + "/metrics" + filter);

    assertThat(grid.at("/runs/0/run/id").asText()).isEqualTo(run);
    assertThat(grid.at("/runs/0/steps/serviceTask_buildModel/state").asText()).isEqualTo("success");
    assertThat(texts(grid.get("steps"), "name")).contains("Load data", "Report failure");
    assertThat(metrics.get("names")).extracting(JsonNode::asText).contains("accuracy", "trainRows");
    assertThat(metrics.at("/runs/0/values/trainRows").asInt()).isEqualTo(160);
  }

  @Test
  void showsAProcessThatIsNoPipelineAndCountsItsLanesAsOneAttempt() throws Exception {
    var answer =
        post(
            "/api/v1/backfills",
            "{\"pipeline\": \"%s\", \"from\": \"2026-04-01\", \"to\": \"2026-04-04\"}"
                .formatted(PIPELINE));
    String backfill = json.readTree(answer.body()).get("id").asText();
    started.add(backfill);

    for (Job job = jobOfBackfill(backfill); job != null; job = jobOfBackfill(backfill)) {
      management.executeJob(job.getId());
    }
    started.addAll(ids("logicalFrom=2026-04-01&logicalTo=2026-04-04"));

    assertThat(get("/api/v1/runs/" + backfill).at("/run/status").asText()).isEqualTo("success");
    assertThat(get("/api/v1/runs/" + backfill).get("isPipeline").asBoolean()).isFalse();
    assertThat(states(backfill)).containsEntry("Run pipeline", "success 1");
    JsonNode tries = step(backfill, "Run pipeline").get("tries");
    assertThat(tries).hasSize(4);
    assertThat(get("/api/v1/runs/" + tries.get(0).get("run").asText()).get("callerRun").asText())
        .isEqualTo(backfill);
  }

  @Test
  void countsWhatActivitiesDid() throws Exception {
    String run = start("{}");
    work(run);

    JsonNode heat = get("/api/v1/pipelines/" + PIPELINE + "/heat");

    JsonNode build =
        StreamSupport.stream(heat.spliterator(), false)
            .filter(it -> it.get("activity").asText().equals("serviceTask_buildModel"))
            .findFirst()
            .orElseThrow();
    assertThat(build.get("count").asInt()).isPositive();
    assertThat(build.get("meanMs").isNumber()).isTrue();
  }

  @Test
  void showsARunToWhoMayReadItAndLetsThemChangeNothing() throws Exception {
    String run = start("{}");
    try (Operator reader = new Operator("rita", identity, authorizations)) {
      Server.Caller rita = reader.of(server);
      assertThat(json.readTree(rita.get("/api/v1/pipelines").body())).isEmpty();
      assertThat(rita.get("/api/v1/pipelines/" + PIPELINE).statusCode()).isEqualTo(404);
      assertThat(json.readTree(rita.get("/api/v1/runs").body()).get("runs")).isEmpty();
      assertThat(rita.get("/api/v1/runs/" + run).statusCode()).isEqualTo(403);
      assertThat(rita.get("/api/v1/runs/" + run + "/steps").statusCode()).isEqualTo(403);
      assertThat(rita.get("/api/v1/runs/" + run + "/files").statusCode()).isEqualTo(403);
      assertThat(rita.get("/api/v1/runs/" + run + "/files/model.zip").statusCode()).isEqualTo(403);

      reader.grant(
          Resources.PROCESS_DEFINITION,
          PIPELINE,
          Permissions.READ,
          Permissions.READ_INSTANCE,
          Permissions.READ_HISTORY);

      assertThat(json.readTree(rita.get("/api/v1/pipelines").body())).hasSize(1);
      JsonNode detail = json.readTree(rita.get("/api/v1/runs/" + run).body());
      assertThat(detail.at("/run/id").asText()).isEqualTo(run);
      assertThat(detail.get("may")).allMatch(may -> !may.asBoolean());
      for (String write :
          List.of(
              "/api/v1/runs/" + run + "/cancel",
              "/api/v1/runs/" + run + "/again",
              "/api/v1/pipelines/" + PIPELINE + "/start",
              "/api/v1/pipelines/" + PIPELINE + "/pause",
              "/api/v1/pipelines/" + PIPELINE + "/resume")) {
        assertThat(rita.post(write, "{}").statusCode()).as(write).isEqualTo(403);
      }
      assertThat(
              rita.post("/api/v1/runs/" + run + "/continue", "{\"step\": \"serviceTask_loadData\"}")
                  .statusCode())
          .isEqualTo(403);
    }
  }

  @Test
  void letsNobodyRetryWithoutTheRightTo() throws Exception {
    String run = start("{\"parameters\": {\"dataset\": \"late.csv\"}}");
    workUntil(run, "event_loadDataWait");
    try (Operator reader = new Operator("rita", identity, authorizations)) {
      reader.grant(
          Resources.PROCESS_DEFINITION,
          PIPELINE,
          Permissions.READ,
          Permissions.READ_INSTANCE,
          Permissions.READ_HISTORY);

      var answer = reader.of(server).post("/api/v1/runs/" + run + "/retry", "{}");

      assertThat(answer.statusCode()).isEqualTo(403);
    }
  }

  @Test
  void knowsNoRunThatIsNone() {
    for (String path : List.of("", "/steps", "/files")) {
      var answer = server.admin().get("/api/v1/runs/none" + path);

      assertThat(answer.statusCode()).isEqualTo(404);
      assertThat(answer.body()).contains("There is no run 'none'");
    }
  }

  private String start(String body) throws IOException {
    var answer = post("/api/v1/pipelines/" + PIPELINE + "/start", body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    String run = json.readTree(answer.body()).get("run").asText();
    started.add(run);
    return run;
  }

  /** Of the backfill or of a run it called; null when there is nothing to do. */
  private Job jobOfBackfill(String backfill) {
    Set<String> own = new HashSet<>(Set.of(backfill));
    runtime.createProcessInstanceQuery().superProcessInstanceId(backfill).list().stream()
        .map(ProcessInstance::getId)
        .forEach(own::add);
    return management.createJobQuery().messages().list().stream()
        .filter(job -> own.contains(job.getProcessInstanceId()))
        .findFirst()
        .orElse(null);
  }

  private void work(String run) {
    for (Job job = job(run); job != null; job = job(run)) {
      management.executeJob(job.getId());
    }
  }

  private void workUntil(String run, String activity) {
    while (!activity.equals(activityOf(job(run)))) {
      management.executeJob(job(run).getId());
    }
  }

  private void fail(String run) {
    assertThatThrownBy(() -> management.executeJob(job(run).getId())).isNotNull();
  }

  private Job job(String run) {
    return management.createJobQuery().processInstanceId(run).listPage(0, 1).stream()
        .findFirst()
        .orElse(null);
  }

  private String activityOf(Job job) {
    return management
        .createJobDefinitionQuery()
        .jobDefinitionId(job.getJobDefinitionId())
        .singleResult()
        .getActivityId();
  }

  private HttpResponse<String> post(String path, String body) {
    return server.admin().post(path, body);
  }

  private JsonNode get(String path) throws IOException {
    var answer = server.admin().get(path);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return json.readTree(answer.body());
  }

  private List<String> ids(String query) throws IOException {
    JsonNode page = get("/api/v1/runs?pipeline=" + PIPELINE + "&" + query);
    return texts(page.get("runs"), "id");
  }

  private JsonNode step(String run, String name) throws IOException {
    return named(get("/api/v1/runs/" + run + "/steps"), name);
  }

  private Map<String, String> states(String run) throws IOException {
    Map<String, String> states = new TreeMap<>();
    get("/api/v1/runs/" + run + "/steps")
        .forEach(
            step ->
                states.put(
                    step.get("name").asText(),
                    step.get("state").asText() + " " + step.get("attempts").asInt()));
    return states;
  }

  private static List<String> texts(JsonNode list, String field) {
    return StreamSupport.stream(list.spliterator(), false)
        .map(it -> it.get(field).asText())
        .toList();
  }

  private static JsonNode named(JsonNode list, String name) {
    return StreamSupport.stream(list.spliterator(), false)
        .filter(it -> it.get("name").asText().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("No " + name + " in " + list));
  }
}
