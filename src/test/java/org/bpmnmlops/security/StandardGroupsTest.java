package org.bpmnmlops.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.authorization.Authorization;
import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.identity.User;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** One user in each of the groups an installation begins with: what they may do, and may not. */
@MlopsTest
class StandardGroupsTest {

  private static final String PASSWORD = "Correct-Horse-7";
  private static final String PIPELINE = "groups-weather";
  private static final String RETRAINING = "model-retraining";
  private static final String ROLLBACK = "model-rollback";

  @Autowired private Server server;
  @Autowired private StandardGroups groups;
  @Autowired private IdentityService identity;
  @Autowired private AuthorizationService authorizations;
  @Autowired private RuntimeService runtime;
  @Autowired private RepositoryService repository;
  @Autowired private ManagementService management;
  @Autowired private TaskService tasks;
  @Autowired private JdbcClient jdbc;
  @Autowired private ObjectMapper json;

  private final List<String> deployments = new ArrayList<>();

  @BeforeEach
  void create() {
    for (StandardGroup group : StandardGroup.values()) {
      User user = identity.newUser(name(group.id()));
      user.setPassword(PASSWORD);
      identity.saveUser(user);
      identity.createMembership(name(group.id()), group.id());
    }
    deployments.add(
        repository
            .createDeployment()
            .addModelInstance("weather.bpmn", Drawn.pipeline(PIPELINE, Map.of("city", "Ulm")))
            .addModelInstance(
                "retraining.bpmn",
                Bpmn.createExecutableProcess(RETRAINING)
                    .camundaHistoryTimeToLiveString("P1D")
                    .startEvent()
                    .userTask("userTask_approve")
                    .camundaCandidateGroups("model-owners")
                    .serviceTask("serviceTask_promote")
                    .camundaExpression("${1}")
                    .camundaAsyncBefore()
                    .endEvent()
                    .done())
            .addModelInstance(
                "rollback.bpmn",
                Bpmn.createExecutableProcess(ROLLBACK)
                    .camundaHistoryTimeToLiveString("P1D")
                    .startEvent()
                    .endEvent()
                    .done())
            .deploy()
            .getId());
  }

  @AfterEach
  void erase() {
    for (StandardGroup group : StandardGroup.values()) {
      identity.deleteUser(name(group.id()));
    }
    deployments.forEach(deployment -> repository.deleteDeployment(deployment, true, true));
    jdbc.sql("DELETE FROM mlops_run WHERE pipeline IN (:pipelines)")
        .param("pipelines", List.of(PIPELINE, RETRAINING, ROLLBACK))
        .update();
  }

  @ParameterizedTest
  @CsvSource({
    "pipeline-viewers,   cockpit,  true",
    "pipeline-viewers,   tasklist, false",
    "pipeline-viewers,   admin,    false",
    "pipeline-operators, cockpit,  true",
    "pipeline-operators, tasklist, true",
    "pipeline-operators, admin,    false",
    "model-owners,       cockpit,  true",
    "model-owners,       tasklist, true",
    "model-owners,       admin,    false"
  })
  void openTheApplicationsTheyNeed(String group, String application, boolean allowed) {
    var browser = WebappBrowser.signIn(server, name(group), PASSWORD).caller();

    var answer = browser.get("/camunda/api/admin/auth/user/default", "Accept", "application/json");

    assertThat(answer.statusCode()).isEqualTo(200);
    if (allowed) {
      assertThat(answer.body()).contains("\"" + application + "\"");
    } else {
      assertThat(answer.body()).doesNotContain("\"" + application + "\"");
    }
  }

  /** An address nobody serves yet answers 404 once the check has let somebody pass. */
  @ParameterizedTest
  @CsvSource({
    "pipeline-viewers,   /actuator/prometheus,  true",
    "pipeline-viewers,   /api/v1/status,        true",
    "pipeline-operators, /actuator/prometheus,  true",
    "pipeline-operators, /api/v1/status,        true",
    "model-owners,       /actuator/prometheus,  false",
    "model-owners,       /api/v1/status,        true"
  })
  void readWhatTheyNeed(String group, String path, boolean allowed) {
    assertThat(user(group).get(path).statusCode()).isEqualTo(allowed ? 200 : 403);
  }

  /** A report nobody can read answers 400 once the check has let somebody pass. */
  @ParameterizedTest
  @CsvSource({"pipeline-viewers,   403", "pipeline-operators, 400", "model-owners,       403"})
  void reportTheStatusOfAPipelineOnlyWhereTheyOperateIt(String group, int status) {
    assertThat(user(group).post("/api/v1/update-status", "no report").statusCode())
        .isEqualTo(status);
  }

  /** Until writing had a right of its own, {@code status} was it. */
  @Test
  void letWhoeverWasGivenTheStatusGoOnReportingIt() {
    Authorization reporter = authorizations.createNewAuthorization(Authorization.AUTH_TYPE_GRANT);
    reporter.setUserId("reporter");
    reporter.setResource(Resources.APPLICATION);
    reporter.setResourceId("status");
    reporter.addPermission(Permissions.ACCESS);
    authorizations.saveAuthorization(reporter);
    grants("update-status").forEach(right -> authorizations.deleteAuthorization(right.getId()));
    jdbc.sql("DELETE FROM mlops_default_right WHERE id LIKE '%/update-status'").update();
    try {
      groups.afterPropertiesSet();

      assertThat(grants("update-status"))
          .extracting(Authorization::getUserId, Authorization::getGroupId)
          .containsExactlyInAnyOrder(tuple("reporter", null), tuple(null, "pipeline-operators"));
    } finally {
      authorizations.createAuthorizationQuery().userIdIn("reporter").list().stream()
          .map(Authorization::getId)
          .forEach(authorizations::deleteAuthorization);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "pipeline-viewers,   models,  true",
    "pipeline-viewers,   reports, true",
    "pipeline-viewers,   serving, false",
    "pipeline-operators, models,  true",
    "pipeline-operators, reports, true",
    "pipeline-operators, serving, false",
    "model-owners,       models,  true",
    "model-owners,       reports, true",
    "model-owners,       serving, true"
  })
  void mayUseThePartsOfOurRestApi(String group, String application, boolean allowed) {
    assertThat(
            authorizations.isUserAuthorized(
                group, List.of(group), Permissions.ACCESS, Resources.APPLICATION, application))
        .isEqualTo(allowed);
  }

  @ParameterizedTest
  @CsvSource({
    "pipeline-viewers,   groups-weather,   403",
    "pipeline-viewers,   model-retraining, 403",
    "pipeline-viewers,   model-rollback,   403",
    "pipeline-operators, groups-weather,   200",
    "pipeline-operators, model-retraining, 200",
    "pipeline-operators, model-rollback,   403",
    "model-owners,       groups-weather,   403",
    "model-owners,       model-retraining, 200",
    "model-owners,       model-rollback,   200"
  })
  void start(String group, String process, int status) {
    assertThat(
            user(group)
                .post("/engine-rest/process-definition/key/" + process + "/start", "{}")
                .statusCode())
        .isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource({"pipeline-viewers,   403", "pipeline-operators, 204", "model-owners,       403"})
  void retryAFailedStep(String group, int status) {
    String run = runtime.startProcessInstanceByKey(PIPELINE).getId();
    String job = management.createJobQuery().processInstanceId(run).singleResult().getId();

    assertThat(
            user(group)
                .put("/engine-rest/job/" + job + "/retries", "{\"retries\": 1}")
                .statusCode())
        .isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource({"pipeline-viewers,   403", "pipeline-operators, 204", "model-owners,       403"})
  void pauseAPipeline(String group, int status) {
    assertThat(
            user(group)
                .put(
                    "/engine-rest/process-definition/key/" + PIPELINE + "/suspended",
                    "{\"suspended\": true, \"includeProcessInstances\": true}")
                .statusCode())
        .isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource({"pipeline-viewers,   403", "pipeline-operators, 204", "model-owners,       403"})
  void cancelARun(String group, int status) {
    String run = runtime.startProcessInstanceByKey(PIPELINE).getId();
    var caller = user(group);

    assertThat(
            caller
                .send(caller.request("/engine-rest/process-instance/" + run).DELETE())
                .statusCode())
        .isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource({"pipeline-viewers", "pipeline-operators", "model-owners"})
  void readEveryRun(String group) throws IOException {
    runtime.startProcessInstanceByKey(PIPELINE);

    assertThat(
            count(user(group), "/engine-rest/history/process-instance/count?processDefinitionKey="))
        .isEqualTo(1);
    assertThat(count(user(group), "/engine-rest/process-instance/count?processDefinitionKey="))
        .isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"pipeline-viewers,   403", "pipeline-operators, 403", "model-owners,       204"})
  void approve(String group, int status) {
    String run = runtime.startProcessInstanceByKey(RETRAINING).getId();
    String task = tasks.createTaskQuery().processInstanceId(run).singleResult().getId();

    assertThat(user(group).post("/engine-rest/task/" + task + "/complete", "{}").statusCode())
        .isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource({"pipeline-viewers", "pipeline-operators", "model-owners"})
  void doNotGoAroundAnApproval(String group) {
    String run = runtime.startProcessInstanceByKey(RETRAINING).getId();

    assertThat(
            user(group)
                .post(
                    "/engine-rest/process-instance/" + run + "/modification",
                    """
                    {"instructions": [
                      {"type": "cancel", "activityId": "userTask_approve"},
                      {"type": "startBeforeActivity", "activityId": "serviceTask_promote"}]}
                    """)
                .statusCode())
        .isEqualTo(403);
    assertThat(
            user(group)
                .put(
                    "/engine-rest/process-instance/" + run + "/variables/approved",
                    "{\"value\": true, \"type\": \"Boolean\"}")
                .statusCode())
        .isEqualTo(403);
  }

  @Test
  void letAnOperatorContinueAPipelineFromAnotherStep() {
    String run = runtime.startProcessInstanceByKey(PIPELINE).getId();
    management.executeJob(
        management.createJobQuery().processInstanceId(run).singleResult().getId());

    assertThat(
            user("pipeline-operators")
                .post(
                    "/engine-rest/process-instance/" + run + "/modification",
                    """
                    {"instructions": [
                      {"type": "cancel", "activityId": "serviceTask_admitRun",
                       "cancelCurrentActiveActivityInstances": true},
                      {"type": "startBeforeActivity", "activityId": "serviceTask_fetchWeather"}]}
                    """)
                .statusCode())
        .isEqualTo(204);
  }

  @ParameterizedTest
  @CsvSource({"pipeline-viewers,   false", "pipeline-operators, false", "model-owners,       true"})
  void changeDecisions(String group, boolean allowed) {
    assertThat(
            authorizations.isUserAuthorized(
                group,
                List.of(group),
                Permissions.UPDATE,
                Resources.DECISION_DEFINITION,
                "retraining-decision"))
        .isEqualTo(allowed);
  }

  @ParameterizedTest
  @CsvSource({"pipeline-viewers", "pipeline-operators", "model-owners"})
  void deployNothingAndMakeNobody(String group) throws IOException {
    var caller = user(group);
    String boundary = "b";
    String body =
        "--b\r\nContent-Disposition: form-data; name=\"x\"; filename=\"x.bpmn\"\r\n\r\n%s\r\n--b--\r\n"
            .formatted(Files.readString(Path.of("processes", "incident-alert.bpmn")));

    assertThat(
            caller
                .send(
                    caller
                        .request(
                            "/engine-rest/deployment/create",
                            "Content-Type",
                            "multipart/form-data; boundary=" + boundary)
                        .POST(java.net.http.HttpRequest.BodyPublishers.ofString(body)))
                .statusCode())
        .isEqualTo(403);
    assertThat(
            caller
                .post(
                    "/engine-rest/user/create",
                    "{\"profile\": {\"id\": \"eve\"}, \"credentials\": {\"password\": \"Correct-Horse-7\"}}")
                .statusCode())
        .isEqualTo(403);
  }

  @Test
  void keepWhatAnAdministratorTookAwayOrDeleted() {
    Authorization right =
        authorizations
            .createAuthorizationQuery()
            .groupIdIn("pipeline-viewers")
            .resourceType(Resources.APPLICATION)
            .resourceId("metrics")
            .singleResult();
    authorizations.deleteAuthorization(right.getId());
    try {
      long before = authorizations.createAuthorizationQuery().count();

      groups.afterPropertiesSet();

      assertThat(authorizations.createAuthorizationQuery().count()).isEqualTo(before);
      assertThat(user("pipeline-viewers").get("/actuator/prometheus").statusCode()).isEqualTo(403);
    } finally {
      jdbc.sql("DELETE FROM mlops_default_right WHERE id LIKE 'pipeline-viewers/%metrics'")
          .update();
      groups.afterPropertiesSet();
    }
    assertThat(user("pipeline-viewers").get("/actuator/prometheus").statusCode()).isEqualTo(200);
  }

  @Test
  void doNotComeBackOnceDeleted() {
    identity.deleteGroup("pipeline-viewers");
    try {
      groups.afterPropertiesSet();

      assertThat(identity.createGroupQuery().groupId("pipeline-viewers").count()).isZero();
    } finally {
      jdbc.sql("DELETE FROM mlops_default_right WHERE id LIKE 'pipeline-viewers%'").update();
      groups.afterPropertiesSet();
    }
    assertThat(identity.createGroupQuery().groupId("pipeline-viewers").count()).isEqualTo(1);
  }

  @Test
  void seeTheFilterThatTasklistNeeds() throws IOException {
    assertThat(json.readTree(user("model-owners").get("/engine-rest/filter").body()))
        .extracting(filter -> filter.get("name").asText())
        .contains("All tasks");
    assertThat(json.readTree(user("pipeline-viewers").get("/engine-rest/filter").body())).isEmpty();
  }

  private List<Authorization> grants(String application) {
    return authorizations
        .createAuthorizationQuery()
        .resourceType(Resources.APPLICATION)
        .resourceId(application)
        .list();
  }

  private long count(Server.Caller caller, String path) throws IOException {
    return json.readTree(caller.get(path + PIPELINE).body()).get("count").asLong();
  }

  private Server.Caller user(String group) {
    return server.user(name(group), PASSWORD);
  }

  /** A user's name has letters and digits. */
  private static String name(String group) {
    return group.replace("-", "");
  }
}
