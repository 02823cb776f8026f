package org.bpmnmlops.serving;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.bpmnmlops.MlopsTest;
import org.bpmnmlops.Server;
import org.bpmnmlops.artifact.Home;
import org.bpmnmlops.production.ProductionData;
import org.bpmnmlops.production.ProductionRow;
import org.bpmnmlops.production.Source;
import org.bpmnmlops.production.Window;
import org.bpmnmlops.registry.ModelRegistry;
import org.bpmnmlops.registry.TrainedRun;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@MlopsTest
class FeedbackControllerTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ROW = "{\"TV\": 230.1, \"radio\": 37.8, \"newspaper\": 69.2}";

  /** A version of the test's own replaces the shipped one, which waits for the same message. */
  private static final String PROCESS = "model-retraining";

  @Autowired private Server server;
  @Autowired private ModelRegistry registry;
  @Autowired private ProductionData production;
  @Autowired private Home home;
  @Autowired private JdbcClient jdbc;
  @Autowired private RepositoryService repository;
  @Autowired private RuntimeService runtime;

  private final String name = "f-" + UUID.randomUUID();
  private String deployment;

  @BeforeEach
  void train() {
    registry.register(TrainedRun.of(home, name, 42).asked());
  }

  @AfterEach
  void undeploy() {
    if (deployment != null) {
      repository.activateProcessDefinitionByKey(PROCESS);
      repository.deleteDeployment(deployment, true);
    }
    woken().forEach(run -> runtime.deleteProcessInstance(run.getId(), "test over"));
  }

  /** Runs the messages of this test started; others that share the engine have other models. */
  private List<ProcessInstance> woken() {
    return runtime
        .createProcessInstanceQuery()
        .processDefinitionKey(PROCESS)
        .variableValueEquals("modelName", name)
        .list();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "\"0\"", "0.0"})
  void recordsWhatCameTrueOfAPrediction(String actual) throws IOException {
    String id = predict();

    JsonNode answer = feedback(byId(id, actual), 200);

    assertThat(answer.get("status").textValue()).isEqualTo("recorded");
    assertThat(answer.get("total_feedbacks").longValue()).isEqualTo(1);
    assertThat(answer.get("retrain_triggered").booleanValue()).isFalse();
    assertThat(answer.get("version").intValue()).isEqualTo(1);
    assertThat(production.find(UUID.fromString(id)).orElseThrow().actual()).isEqualTo("0");
  }

  @Test
  void countsTheSameOutcomeOnceAndLetsAnotherCorrectIt() throws IOException {
    String id = predict();
    feedback(byId(id, "0"), 200);

    assertThat(feedback(byId(id, "0"), 200).get("status").textValue())
        .isEqualTo("already recorded");
    JsonNode corrected = feedback(byId(id, "1"), 200);

    assertThat(corrected.get("status").textValue()).isEqualTo("corrected");
    assertThat(corrected.get("total_feedbacks").longValue()).isEqualTo(1);
    assertThat(production.find(UUID.fromString(id)).orElseThrow().actual()).isEqualTo("1");
  }

  @Test
  void saysWhenAnOutcomeComesLate() throws IOException {
    String id = predict();
    registry.register(TrainedRun.of(home, name, 43).asked());
    registry.promote(name, 2, "test", "better");
    awaitVersion(2);

    JsonNode answer = feedback(byId(id, "1"), 200);

    assertThat(answer.get("version").intValue()).isEqualTo(1);
    assertThat(answer.get("note").textValue()).contains("Version 1", "version 2 answers");
  }

  @Test
  void saysWhenThereIsNoSuchPrediction() throws IOException {
    String id = UUID.randomUUID().toString();

    JsonNode problem = feedback(byId(id, "1"), 404);

    assertThat(problem.get("field").textValue()).isEqualTo("predictionId");
    assertThat(problem.get("value").textValue()).isEqualTo(id);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{}; predictionId",
        "{'predictionId': 'x', 'actual': 1}; predictionId",
        "{'features': {'TV': 1, 'radio': 1, 'newspaper': 1}}; actual",
        "{'features': {'TV': 1, 'radio': 1, 'newspaper': 1}, 'actual': 2}; actual",
        "{'features': {'TV': 1, 'radio': 1, 'newspaper': 1}, 'actual': 1, 'prediction': 'maybe'}; prediction",
        "{'features': {'TV': 'x', 'radio': 1, 'newspaper': 1}, 'actual': 1}; TV",
        "{'features': 5, 'actual': 1}; features"
      })
  void namesWhatCannotBeUsed(String body, String field) throws IOException {
    assertThat(feedback(body.replace('\'', '"'), 400).get("field").textValue()).isEqualTo(field);
    assertThat(production.count(Window.of(name))).isZero();
  }

  @Test
  void findsThePredictionOfTheReplacedSystemsCallers() throws IOException {
    String first = predict();
    String second = predict();

    assertThat(feedback(byFeatures("0"), 200).get("predictionId").textValue()).isEqualTo(first);
    assertThat(feedback(byFeatures("0"), 200).get("predictionId").textValue()).isEqualTo(second);
    JsonNode third = feedback(byFeatures("0"), 200);

    assertThat(third.get("total_feedbacks").longValue()).isEqualTo(3);
    ProductionRow row =
        production.find(UUID.fromString(third.get("predictionId").textValue())).orElseThrow();
    assertThat(row.source()).isEqualTo(Source.FEEDBACK);
    assertThat(row.prediction()).isEqualTo("1");
    assertThat(row.actual()).isEqualTo("0");
    assertThat(row.version()).isNull();
    assertThat(third.has("note")).isFalse();
  }

  @Test
  void countsAFeedbackWithAKeyOnceHoweverOftenItIsSent() throws IOException {
    for (int i = 0; i < 2; i++) {
      JsonNode first = json(send(byFeatures("0"), "Idempotency-Key", "a"), 200);
      assertThat(first.get("status").textValue())
          .isEqualTo(i == 0 ? "recorded" : "already recorded");
    }
    JsonNode other = json(send(byFeatures("0"), "Idempotency-Key", "b"), 200);

    assertThat(other.get("total_feedbacks").longValue()).isEqualTo(2);
    assertThat(production.count(Window.of(name))).isEqualTo(2);
  }

  /** The mark is 1,000; 990 outcomes are there already. */
  @Test
  void triggersRetrainingOnExactlyTheOneCallThatCrossesTheMark() throws Exception {
    deployment = deploy();
    feedback(byFeatures("1"), 200);
    jdbc.sql("UPDATE mlops_feedback SET since_message = 990 WHERE model = ?").param(name).update();
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      ids.add(predict());
    }

    List<Boolean> triggered = new ArrayList<>();
    ExecutorService callers = Executors.newFixedThreadPool(8);
    try {
      List<Callable<JsonNode>> calls =
          ids.stream().map(id -> (Callable<JsonNode>) () -> feedback(byId(id, "1"), 200)).toList();
      for (Future<JsonNode> call : callers.invokeAll(calls)) {
        triggered.add(call.get().get("retrain_triggered").booleanValue());
      }
    } finally {
      callers.shutdown();
    }

    assertThat(triggered).filteredOn(it -> it).hasSize(1);
    assertThat(woken()).hasSize(1);
    assertThat(runtime.getVariable(woken().get(0).getId(), "labelledRows")).isEqualTo(11L);
  }

  @Test
  void crossesTheMarkAsWellWhereNobodyWaitsForTheMessage() throws IOException {
    feedback(byFeatures("1"), 200);
    jdbc.sql("UPDATE mlops_feedback SET since_message = 999 WHERE model = ?").param(name).update();

    assertThat(feedback(byFeatures("1"), 200).get("retrain_triggered").booleanValue()).isTrue();
    assertThat(feedback(byFeatures("1"), 200).get("retrain_triggered").booleanValue()).isFalse();
  }

  @Test
  void isNotHeldUpByAPausedProcess() throws IOException {
    deployment = deploy();
    repository.suspendProcessDefinitionByKey(PROCESS);
    feedback(byFeatures("1"), 200);
    jdbc.sql("UPDATE mlops_feedback SET since_message = 999 WHERE model = ?").param(name).update();

    assertThat(feedback(byFeatures("1"), 200).get("retrain_triggered").booleanValue()).isTrue();
    assertThat(woken()).isEmpty();
  }

  /**
   * The replaced system trained inside the request. The process starts, and its first step waits.
   */
  @Test
  void trainsNothingInsideTheRequest() throws IOException {
    deployment = deploy();
    feedback(byFeatures("1"), 200);
    jdbc.sql("UPDATE mlops_feedback SET since_message = 999 WHERE model = ?").param(name).update();

    feedback(byFeatures("1"), 200);

    assertThat(woken()).hasSize(1);
    assertThat(runtime.getVariable(woken().get(0).getId(), "trained")).isNull();
    assertThat(registry.versions(name, 0, 10)).hasSize(1);
  }

  private String deploy() {
    return repository
        .createDeployment()
        .addModelInstance(
            PROCESS + ".bpmn",
            Bpmn.createExecutableProcess(PROCESS)
                .camundaHistoryTimeToLiveString("P1D")
                .startEvent()
                .message(FeedbackMessenger.MESSAGE)
                .camundaAsyncAfter()
                .serviceTask("serviceTask_train")
                .camundaExpression("${execution.setVariable('trained', true)}")
                .camundaAsyncBefore()
                .endEvent()
                .camundaAsyncBefore()
                .done())
        .deploy()
        .getId();
  }

  private String predict() throws IOException {
    return json(server.admin().post("/api/v1/predict?model=" + name, ROW), 200)
        .get("predictionId")
        .textValue();
  }

  private void awaitVersion(int version) {
    org.awaitility.Awaitility.await()
        .until(
            () ->
                json(server.admin().get("/api/v1/feature-names?model=" + name), 200)
                        .get("version")
                        .intValue()
                    == version);
  }

  private static String byId(String id, String actual) {
    return "{\"predictionId\": \"%s\", \"actual\": %s}".formatted(id, actual);
  }

  private static String byFeatures(String actual) {
    return "{\"features\": %s, \"prediction\": 1, \"actual\": %s}".formatted(ROW, actual);
  }

  private JsonNode feedback(String body, int status) throws IOException {
    return json(send(body), status);
  }

  private HttpResponse<String> send(String body, String... headers) {
    return server.admin().post("/api/v1/feedback?model=" + name, body, headers);
  }

  private static JsonNode json(HttpResponse<String> answer, int status) throws IOException {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    return JSON.readTree(answer.body());
  }
}
