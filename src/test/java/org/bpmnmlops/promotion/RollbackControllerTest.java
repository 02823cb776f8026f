package org.bpmnmlops.promotion;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.bpmnmlops.MlopsTest;
import org.bpmnmlops.Server;
import org.bpmnmlops.artifact.Home;
import org.bpmnmlops.registry.ModelRegistry;
import org.bpmnmlops.registry.TrainedRun;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.identity.User;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

@MlopsTest
class RollbackControllerTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PROCESS = "model-rollback";
  private static final String PASSWORD = "Correct-Horse-7";
  private static final List<String> PEOPLE = List.of("rollo", "viola", "oswin");

  @Autowired private Server server;
  @Autowired private ModelRegistry registry;
  @Autowired private Home home;
  @Autowired private IdentityService identity;
  @Autowired private RuntimeService runtime;
  @Autowired private RepositoryService repository;

  private final String model = "r-" + UUID.randomUUID();
  private final String path = "/api/v1/models/" + model + "/rollback";
  private Server.Caller owner;
  private Server.Caller viewer;
  private Server.Caller operator;

  @BeforeEach
  void twoVersions() {
    registry.register(TrainedRun.of(home, model, 1).asked());
    registry.register(TrainedRun.of(home, model, 2).asked());
    owner = member("rollo", "model-owners");
    viewer = member("viola", "pipeline-viewers");
    operator = member("oswin", "pipeline-operators");
  }

  @AfterEach
  void leave() {
    PEOPLE.forEach(identity::deleteUser);
    leaveRuns();
  }

  @Test
  void startsARunThatGoesBackToTheChampionBefore() throws IOException {
    registry.promote(model, 2, "test", "better");

    HttpResponse<String> answer = owner.post(path, "{\"reason\": \"complaints\"}");

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    JsonNode started = JSON.readTree(answer.body());
    String run = started.get("run").textValue();
    assertThat(started.get("from").intValue()).isEqualTo(2);
    assertThat(started.get("to").intValue()).isEqualTo(1);
    assertThat(answer.headers().firstValue("Location")).hasValue("/api/v1/runs/" + run);
    assertThat(runtime.getVariables(run))
        .containsEntry("modelName", model)
        .containsEntry("toVersion", 1L)
        .containsEntry("rollbackReason", "complaints");
    assertThat(owner.get("/api/v1/runs/" + run).statusCode()).isEqualTo(200);
  }

  @Test
  void takesNoBodyAndAVersion() throws IOException {
    registry.promote(model, 2, "test", "better");
    assertThat(owner.post(path, "").statusCode()).isEqualTo(202);
    leaveRuns();
    registry.register(TrainedRun.of(home, model, 3).asked());

    JsonNode started = JSON.readTree(owner.post(path, "{\"toVersion\": 3}").body());

    assertThat(started.get("to").intValue()).isEqualTo(3);
  }

  @Test
  void startsNoSecondOneThatWouldUndoTheFirst() {
    registry.promote(model, 2, "test", "better");

    List<Integer> answers =
        IntStream.range(0, 6)
            .mapToObj(i -> CompletableFuture.supplyAsync(() -> owner.post(path, "{}").statusCode()))
            .toList()
            .stream()
            .map(CompletableFuture::join)
            .toList();

    assertThat(answers).containsOnlyOnce(202).contains(409);
    assertThat(owner.post(path, "{}").body()).contains("is under way, run ");
    assertThat(
            runtime
                .createProcessInstanceQuery()
                .processDefinitionKey(PROCESS)
                .variableValueEquals("modelName", model)
                .count())
        .isEqualTo(1);
  }

  @Test
  void hasNothingToGoBackToBeforeTheSecondChampion() {
    HttpResponse<String> first = owner.post(path, "{}");
    HttpResponse<String> live = owner.post(path, "{\"toVersion\": 1}");

    assertThat(first.statusCode()).isEqualTo(409);
    assertThat(first.body()).contains("there is none before it");
    assertThat(live.statusCode()).isEqualTo(409);
    assertThat(live.body()).contains("is live already");
  }

  @Test
  void knowsNoOtherModelOrVersion() {
    HttpResponse<String> unknown = owner.post("/api/v1/models/nonesuch/rollback", "{}");

    assertThat(unknown.statusCode()).isEqualTo(404);
    assertThat(unknown.body()).contains("nonesuch", model);
    assertThat(owner.post(path, "{\"toVersion\": 9}").statusCode()).isEqualTo(404);
  }

  @Test
  void letsModelOwnersOnly() {
    registry.promote(model, 2, "test", "better");

    for (Server.Caller caller : List.of(viewer, operator)) {
      HttpResponse<String> refused = caller.post(path, "{}");
      assertThat(refused.statusCode()).isEqualTo(403);
      assertThat(refused.body()).contains("CREATE_INSTANCE", PROCESS);
    }
    assertThat(server.anonymous().post(path, "{}").statusCode()).isEqualTo(401);
  }

  @Test
  void startsNothingWhileTheProcessIsPaused() {
    registry.promote(model, 2, "test", "better");
    repository.updateProcessDefinitionSuspensionState().byProcessDefinitionKey(PROCESS).suspend();
    try {
      HttpResponse<String> refused = owner.post(path, "{}");

      assertThat(refused.statusCode()).isEqualTo(409);
      assertThat(refused.body()).contains("paused");
    } finally {
      repository
          .updateProcessDefinitionSuspensionState()
          .byProcessDefinitionKey(PROCESS)
          .activate();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"toVersion\": \"two\"} | toVersion is",
        "{\"toVersion\": 1.5} | toVersion is",
        "{\"toVersion\": 0} | toVersion is",
        "{\"toVersion\": 99999999999} | toVersion is",
        "{\"reason\": 7} | reason is 7",
        "{\"version\": 1} | no field",
        "[1] | expected an object",
        "{ | The body is no JSON"
      })
  void refusesWhatItCannotUse(String body, String what) {
    HttpResponse<String> refused = owner.post(path, body);

    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.body()).contains(what);
  }

  private void leaveRuns() {
    runtime
        .createProcessInstanceQuery()
        .processDefinitionKey(PROCESS)
        .variableValueEquals("modelName", model)
        .list()
        .forEach(run -> runtime.deleteProcessInstance(run.getId(), "test goes on"));
  }

  private Server.Caller member(String name, String group) {
    User user = identity.newUser(name);
    user.setPassword(PASSWORD);
    identity.saveUser(user);
    identity.createMembership(name, group);
    return server.user(name, PASSWORD);
  }
}
