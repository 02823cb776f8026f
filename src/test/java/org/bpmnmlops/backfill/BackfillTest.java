package org.bpmnmlops.backfill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.bpmnmlops.MlopsTest;
import org.bpmnmlops.Server;
import org.bpmnmlops.engine.Drawn;
import org.camunda.bpm.engine.AuthorizationService;
import org.camunda.bpm.engine.BadUserRequestException;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.authorization.Authorization;
import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.authorization.Resource;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.identity.User;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.ServiceTask;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Every way through process "backfill", with a pipeline whose run of 3 November fails. */
@MlopsTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BackfillTest {

  private static final String BACKFILL = "backfill";
  private static final String PIPELINE = "backfilled-weather";

  @Autowired private Server server;
  @Autowired private RuntimeService runtime;
  @Autowired private RepositoryService repository;
  @Autowired private ManagementService management;
  @Autowired private HistoryService history;
  @Autowired private IdentityService identity;
  @Autowired private AuthorizationService authorizations;
  @Autowired private Backfills backfills;
  @Autowired private TransactionTemplate transaction;
  @Autowired private JdbcClient jdbc;
  @Autowired private ObjectMapper json;

  private final Set<String> visited = new TreeSet<>();
  private final List<String> started = new ArrayList<>();
  private String deployment;

  @BeforeEach
  void draw() {
    BpmnModelInstance model =
        Drawn.pipeline(PIPELINE, Map.of("city", "Kassel", "maxAttempts", "1"));
    ServiceTask step = model.getModelElementById("serviceTask_fetchWeather");
    step.builder().camundaInputParameter("misses", "${logicalDate == '2025-11-03' ? 9 : 0}").done();
    deployment =
        repository.createDeployment().addModelInstance("weather.bpmn", model).deploy().getId();
  }

  @AfterEach
  void erase() {
    for (String backfill : started) {
      history.createHistoricActivityInstanceQuery().processInstanceId(backfill).list().stream()
          .map(it -> it.getActivityId())
          .forEach(visited::add);
      if (runtime.createProcessInstanceQuery().processInstanceId(backfill).count() > 0) {
        runtime.deleteProcessInstance(backfill, "test over");
      }
      history.deleteHistoricProcessInstance(backfill);
    }
    started.clear();
    repository.deleteDeployment(deployment, true, true);
    runtime.createProcessInstanceQuery().processDefinitionKey("cancelled-run").list().stream()
        .forEach(it -> runtime.deleteProcessInstance(it.getId(), "test over"));
    jdbc.sql("DELETE FROM mlops_run WHERE pipeline = :pipeline")
        .param("pipeline", PIPELINE)
        .update();
    jdbc.sql("DELETE FROM mlops_backfill_date").update();
    jdbc.sql("DELETE FROM mlops_backfill").update();
  }

  @AfterAll
  void everyFlowNodeWasVisited() {
    String definition =
        repository
            .createProcessDefinitionQuery()
            .processDefinitionKey(BACKFILL)
            .latestVersion()
            .singleResult()
            .getId();
    assertThat(visited)
        .containsAll(
            repository
                .getBpmnModelInstance(definition)
                .getModelElementsByType(FlowNode.class)
                .stream()
                .map(FlowNode::getId)
                .toList());
  }

  @Test
  void runsEachOfSevenDaysOnceInTwoLanes() {
    String backfill = start("2025-11-04", "2025-11-10", Map.of());
    work();

    assertThat(ends(backfill)).containsExactly("endEvent_backfillDone");
    assertThat(runs())
        .hasSize(7)
        .allSatisfy(
            run -> {
              assertThat(run)
                  .containsEntry("outcome", "success")
                  .containsEntry("caller", backfill)
                  .containsEntry("priority", 1)
                  .containsEntry("business_key", "backfill__" + run.get("logical_date"));
            })
        .extracting(run -> run.get("logical_date"))
        .containsExactlyInAnyOrderElementsOf(days("2025-11-04", 7));
    assertThat(backfills.dates(backfill)).hasSize(7).allMatch(it -> it.state().equals("success"));
  }

  @Test
  void plansOnlyWhenItIsADryRun() {
    start("2025-11-04", "2025-11-04", Map.of());
    work();

    String plan = start("2025-11-04", "2025-11-06", Map.of("dryRun", "true"));
    work();

    assertThat(ends(plan)).containsExactly("endEvent_planMade");
    assertThat(runs()).hasSize(1);
    assertThat(backfills.dates(plan))
        .extracting(BackfillDate::state)
        .containsExactly("skipped", "planned", "planned");
    assertThat(backfills.dates(plan).get(0).reason()).startsWith("succeeded already");
  }

  @Test
  void endsWithTheDaysThatFailedAndRunsThoseAgainWhenAsked() {
    String first = start("2025-11-02", "2025-11-04", Map.of());
    work();
    assertThat(ends(first)).containsExactly("endEvent_someDatesFailed");
    assertThat(backfills.dates(first))
        .extracting(BackfillDate::state)
        .containsExactly("success", "failed", "success");

    String unasked = start("2025-11-02", "2025-11-04", Map.of());
    work();
    assertThat(backfills.dates(unasked)).allMatch(it -> it.state().equals("skipped"));
    assertThat(ends(unasked)).containsExactly("endEvent_backfillDone");

    String failed = start("2025-11-02", "2025-11-04", Map.of("rerun", "failed"));
    work();
    assertThat(backfills.dates(failed))
        .extracting(BackfillDate::state)
        .containsExactly("skipped", "failed", "skipped");

    String all = start("2025-11-02", "2025-11-04", Map.of("rerun", "all"));
    work();
    assertThat(backfills.dates(all))
        .extracting(BackfillDate::state)
        .containsExactly("success", "failed", "success");
    assertThat(runs()).hasSize(7);
  }

  @Test
  void takesNoDayWhileItIsStoppedAndGoesOnAfterwards() throws IOException {
    String backfill = start("2025-11-04", "2025-11-08", Map.of());
    workUntil(() -> runs().size() == 2);

    JsonNode stopped = post("/api/v1/backfills/" + backfill + "/stop", 200);
    work();

    assertThat(stopped.get("state").asText()).isEqualTo("stopped");
    assertThat(runs()).hasSize(2).allMatch(run -> "success".equals(run.get("outcome")));
    assertThat(runtime.getActiveActivityIds(backfill)).containsOnly("event_backfillGoesOn");

    JsonNode goesOn = post("/api/v1/backfills/" + backfill + "/continue", 200);
    work();

    assertThat(goesOn.get("state").asText()).isEqualTo("running");
    assertThat(ends(backfill)).containsExactly("endEvent_backfillDone");
    assertThat(runs()).hasSize(5);
    post("/api/v1/backfills/" + backfill + "/stop", 409);
  }

  @Test
  void cancelsTheRunsOfABackfillThatIsCancelledAndANewOneRunsTheRest() {
    String backfill = start("2025-11-04", "2025-11-07", Map.of("parallel", "1"));
    workUntil(() -> runs().size() == 2);

    runtime.deleteProcessInstance(backfill, "not needed");

    assertThat(runs())
        .extracting(run -> run.get("outcome"))
        .containsExactlyInAnyOrder("success", "cancelled");

    String rest = start("2025-11-04", "2025-11-07", Map.of());
    work();
    assertThat(backfills.dates(rest))
        .extracting(BackfillDate::state)
        .containsExactly("skipped", "success", "success", "success");
  }

  @Test
  void losesNoDayWhenTheStartOfItsRunIsRolledBack() {
    String backfill = start("2025-11-04", "2025-11-05", Map.of("parallel", "1"));
    String withoutCity =
        repository
            .createDeployment()
            .addModelInstance("weather.bpmn", Drawn.pipeline(PIPELINE, Map.of()))
            .deploy()
            .getId();

    assertThat(catchThrowable(this::work)).hasMessageContaining("Parameter 'city' is not set");
    assertThat(backfills.dates(backfill)).allMatch(it -> it.state().equals("planned"));
    assertThat(runs()).isEmpty();

    repository.deleteDeployment(withoutCity, true, true);
    work();
    assertThat(ends(backfill)).containsExactly("endEvent_backfillDone");
    assertThat(runs()).hasSize(2);
  }

  @Test
  void waitsWithAPipelineThatIsPaused() {
    String backfill = start("2025-11-04", "2025-11-05", Map.of("parallel", "1"));
    repository.suspendProcessDefinitionByKey(PIPELINE, true, null);
    work();

    assertThat(runs())
        .singleElement()
        .satisfies(run -> assertThat(run).containsEntry("state", "queued"));

    repository.activateProcessDefinitionByKey(PIPELINE, true, null);
    work();
    assertThat(ends(backfill)).containsExactly("endEvent_backfillDone");
    assertThat(runs()).hasSize(2);
  }

  @Test
  void leavesOutADayThatSomebodyElseRunsMeanwhile() {
    String backfill = start("2025-11-04", "2025-11-05", Map.of("parallel", "1"));
    workUntil(() -> backfills.dates(backfill).size() == 2);
    start(
        runtime
            .startProcessInstanceByKey(
                PIPELINE, Map.<String, Object>of("logicalDate", "2025-11-04"))
            .getId());
    work();

    assertThat(backfills.dates(backfill))
        .extracting(BackfillDate::state)
        .containsExactly("skipped", "success");
  }

  @Test
  void givesNoDayToTwoLanes() {
    String backfill = start("2025-10-01", "2025-10-31", Map.of("parallel", "16"));
    workUntil(() -> backfills.dates(backfill).size() == 31);

    List<LocalDate> taken =
        IntStream.range(0, 8)
            .mapToObj(lane -> CompletableFuture.supplyAsync(() -> takeAll(backfill)))
            .toList()
            .stream()
            .flatMap(lane -> lane.join().stream())
            .toList();

    assertThat(taken).hasSize(31).doesNotHaveDuplicates();
  }

  @Test
  void isRefusedToWhoMayNotStartThePipeline() throws IOException {
    User user = identity.newUser("bea");
    user.setPassword("Correct-Horse-7");
    identity.saveUser(user);
    grant(Resources.PROCESS_DEFINITION, BACKFILL, Permissions.CREATE_INSTANCE);
    grant(Resources.PROCESS_DEFINITION, BACKFILL, Permissions.READ_HISTORY);
    grant(Resources.PROCESS_DEFINITION, BACKFILL, Permissions.READ);
    grant(Resources.PROCESS_INSTANCE, "*", Permissions.CREATE);
    var bea = server.user("bea", "Correct-Horse-7");
    String body =
        "{\"pipeline\": \"%s\", \"from\": \"2025-11-04\", \"to\": \"2025-11-04\"}"
            .formatted(PIPELINE);
    try {
      assertThat(bea.post("/api/v1/backfills", body).statusCode()).isEqualTo(403);
      assertThat(
              bea.post(
                      "/engine-rest/process-definition/key/backfill/start",
                      "{\"variables\": {\"pipeline\": {\"value\": \"%s\"}, \"from\": {\"value\": \"2025-11-04\"}, \"to\": {\"value\": \"2025-11-04\"}}}"
                          .formatted(PIPELINE))
                  .statusCode())
          .isEqualTo(403);
      assertThat(jdbc.sql("SELECT COUNT(*) FROM mlops_backfill").query(Long.class).single())
          .isZero();

      grant(Resources.PROCESS_DEFINITION, PIPELINE, Permissions.CREATE_INSTANCE);
      var answer = bea.post("/api/v1/backfills", body);
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
      started.add(json.readTree(answer.body()).get("id").asText());
      work();
      assertThat(runs())
          .singleElement()
          .satisfies(run -> assertThat(run).containsEntry("starter", "bea"));
    } finally {
      identity.deleteUser("bea");
      authorizations.createAuthorizationQuery().userIdIn("bea").list().stream()
          .map(Authorization::getId)
          .forEach(authorizations::deleteAuthorization);
    }
  }

  @Test
  void callsThePipelineItWasAllowedWhateverBecomesOfTheVariable() {
    String backfill = start("2025-11-04", "2025-11-04", Map.of());
    runtime.setVariable(backfill, "pipeline", "incident-alert");
    work();

    assertThat(runs())
        .singleElement()
        .satisfies(run -> assertThat(run).containsEntry("pipeline", PIPELINE));
  }

  @Test
  void saysWhatIsWrongWithARequest() throws IOException {
    assertThatThrownBy(() -> start("2025-11-05", "2025-11-04", Map.of()))
        .isInstanceOf(BadUserRequestException.class)
        .hasMessageContaining("Parameter 'from' is '2025-11-05', after 'to'");
    assertThatThrownBy(() -> start("2025-11-05", "9999-01-01", Map.of()))
        .hasMessageContaining("at the latest");
    assertThatThrownBy(() -> start("1999-01-01", "2025-11-04", Map.of()))
        .hasMessageContaining("expected at most 3660");
    var answer =
        server
            .admin()
            .post(
                "/api/v1/backfills",
                "{\"pipeline\": \"backfilled-wheather\", \"from\": \"2025-11-04\", \"to\": \"2025-11-04\"}");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body())
        .contains(
            "'backfilled-wheather', which is no pipeline; did you mean 'backfilled-weather'?");
    assertThat(server.admin().post("/api/v1/backfills", "{\"from\": \"soon\"}").body())
        .contains("Parameter 'from' is 'soon'", "Parameter 'pipeline' is not set");
    assertThat(server.admin().get("/api/v1/backfills/nothing").statusCode()).isEqualTo(404);
  }

  @Test
  void showsWhatBecameOfEveryDay() throws IOException {
    String backfill = start("2025-11-02", "2025-11-04", Map.of());
    work();

    JsonNode shown = json.readTree(server.admin().get("/api/v1/backfills/" + backfill).body());

    assertThat(shown.get("state").asText()).isEqualTo("ended");
    assertThat(shown.get("counts").get("success").asInt()).isEqualTo(2);
    assertThat(shown.get("counts").get("failed").asInt()).isEqualTo(1);
    assertThat(shown.get("dates").get(0).get("run").asText())
        .isIn(runs().stream().map(run -> run.get("id")).toList());
    assertThat(json.readTree(server.admin().get("/api/v1/backfills?pipeline=" + PIPELINE).body()))
        .singleElement()
        .satisfies(one -> assertThat(one.get("id").asText()).isEqualTo(backfill));
  }

  private List<LocalDate> takeAll(String backfill) {
    List<LocalDate> dates = new ArrayList<>();
    for (LocalDate date = take(backfill); date != null; date = take(backfill)) {
      dates.add(date);
    }
    return dates;
  }

  private LocalDate take(String backfill) {
    return transaction.execute(status -> backfills.take(backfill).date());
  }

  private void grant(Resource resource, String id, Permissions permission) {
    Authorization existing =
        authorizations
            .createAuthorizationQuery()
            .userIdIn("bea")
            .resourceType(resource)
            .resourceId(id)
            .singleResult();
    Authorization grant =
        existing == null
            ? authorizations.createNewAuthorization(Authorization.AUTH_TYPE_GRANT)
            : existing;
    grant.setUserId("bea");
    grant.setResource(resource);
    grant.setResourceId(id);
    grant.addPermission(permission);
    authorizations.saveAuthorization(grant);
  }

  private void start(String run) {
    started.add(run);
  }

  private String start(String from, String to, Map<String, Object> more) {
    Map<String, Object> variables = new HashMap<>(more);
    variables.put("pipeline", PIPELINE);
    variables.put("from", from);
    variables.put("to", to);
    String id = runtime.startProcessInstanceByKey(BACKFILL, variables).getId();
    started.add(id);
    return id;
  }

  private JsonNode post(String path, int status) throws IOException {
    var answer = server.admin().post(path, "{}");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    return json.readTree(answer.body());
  }

  private void work() {
    workUntil(() -> false);
  }

  private void workUntil(java.util.function.BooleanSupplier done) {
    for (List<Job> jobs = due(); !jobs.isEmpty() && !done.getAsBoolean(); jobs = due()) {
      management.executeJob(jobs.get(0).getId());
    }
  }

  private List<Job> due() {
    return management.createJobQuery().messages().orderByJobId().asc().list().stream()
        .filter(job -> Set.of(BACKFILL, PIPELINE).contains(job.getProcessDefinitionKey()))
        .filter(job -> !job.isSuspended())
        .toList();
  }

  private List<String> ends(String backfill) {
    return history
        .createHistoricActivityInstanceQuery()
        .processInstanceId(backfill)
        .activityType("noneEndEvent")
        .list()
        .stream()
        .map(it -> it.getActivityId())
        .filter(id -> !id.equals("endEvent_laneDone"))
        .toList();
  }

  private List<Map<String, Object>> runs() {
    return jdbc.sql(
            "SELECT * FROM mlops_run WHERE pipeline = :pipeline ORDER BY logical_date, place")
        .param("pipeline", PIPELINE)
        .query()
        .listOfRows();
  }

  private static List<Object> days(String from, int count) {
    LocalDate first = LocalDate.parse(from);
    return IntStream.range(0, count)
        .mapToObj(first::plusDays)
        .map(LocalDate::toString)
        .collect(Collectors.toList());
  }
}
