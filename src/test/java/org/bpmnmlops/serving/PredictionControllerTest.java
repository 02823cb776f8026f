package org.bpmnmlops.serving;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.bpmnmlops.MlopsTest;
import org.bpmnmlops.Server;
import org.bpmnmlops.artifact.Home;
import org.bpmnmlops.data.NumericColumn;
import org.bpmnmlops.data.Table;
import org.bpmnmlops.production.ProductionData;
import org.bpmnmlops.production.ProductionRow;
import org.bpmnmlops.production.Source;
import org.bpmnmlops.production.Window;
import org.bpmnmlops.registry.ModelRegistry;
import org.bpmnmlops.registry.TrainedRun;
import org.bpmnmlops.training.TrainingSettings.Algorithm;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

@MlopsTest
class PredictionControllerTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ROW = "{\"TV\": 230.1, \"radio\": 37.8, \"newspaper\": 69.2}";

  @Autowired private Server server;
  @Autowired private ModelRegistry registry;
  @Autowired private ProductionData production;
  @Autowired private Home home;

  private final String name = "m-" + UUID.randomUUID();
  private TrainedRun run;

  @BeforeEach
  void train() {
    run = TrainedRun.of(home, name, 42);
    registry.register(run.asked());
  }

  @ParameterizedTest
  @ValueSource(strings = {ROW, "{\"features\": " + ROW + "}"})
  void answersOneRowInBothForms(String body) throws IOException {
    JsonNode answer = predict(body, 200);

    double[][] expected = run.model().probabilities(table(230.1, 37.8, 69.2));
    assertThat(answer.get("prediction").isInt()).isTrue();
    assertThat(answer.get("prediction").intValue()).isEqualTo(1);
    assertThat(answer.get("probabilities").get("0").doubleValue()).isEqualTo(expected[0][0]);
    assertThat(answer.get("probabilities").get("1").doubleValue()).isEqualTo(expected[1][0]);
    assertThat(answer.get("model").textValue()).isEqualTo(name);
    assertThat(answer.get("version").intValue()).isEqualTo(1);
    assertThat(answer.has("remarks")).isFalse();
  }

  @Test
  void hasRecordedWhatItAnswers() throws IOException {
    JsonNode answer = predict(ROW, 200);

    ProductionRow row =
        production.find(UUID.fromString(answer.get("predictionId").textValue())).orElseThrow();
    assertThat(row.model()).isEqualTo(name);
    assertThat(row.version()).isEqualTo(1);
    assertThat(row.features())
        .isEqualTo(Map.of("TV", 230.1, "radio", 37.8, "newspaper", 69.2))
        .containsOnlyKeys("TV", "radio", "newspaper");
    assertThat(row.prediction()).isEqualTo("1");
    assertThat(row.probabilities().get("1"))
        .isEqualTo(answer.get("probabilities").get("1").doubleValue());
    assertThat(row.source()).isEqualTo(Source.SERVED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[%s, %s]", "{\"rows\": [%s, %s]}"})
  void answersManyRowsInTheirOrder(String form) throws IOException {
    JsonNode answer =
        predict(form.formatted(ROW, "{\"newspaper\": \"1\", \"radio\": 2.1, \"TV\": 8.6}"), 200);

    assertThat(answer.get("version").intValue()).isEqualTo(1);
    assertThat(answer.get("predictions")).hasSize(2);
    double[][] expected = run.model().probabilities(table(8.6, 2.1, 1));
    assertThat(answer.at("/predictions/1/probabilities/1").doubleValue()).isEqualTo(expected[1][0]);
    assertThat(answer.at("/predictions/0/predictionId").textValue())
        .isNotEqualTo(answer.at("/predictions/1/predictionId").textValue());
    assertThat(production.count(Window.of(name))).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{'TV': 'much', 'radio': 1, 'newspaper': 1}; TV; much; a number",
        "{'TV': true, 'radio': 1, 'newspaper': 1}; TV; true; a number",
        "{'TV': [1], 'radio': 1, 'newspaper': 1}; TV; [1]; a number",
        "{'TV': 1e999, 'radio': 1, 'newspaper': 1}; TV; Infinity; a number",
        "[]; rows; 0 rows; 1 to 100000 rows",
        "[1]; row 0; 1; a JSON object",
        "7; the body; 7; a JSON object",
      })
  void namesWhatCannotBeUsed(String body, String field, String value, String expected)
      throws IOException {
    JsonNode problem = predict(body.replace('\'', '"'), 400);

    assertThat(problem.get("field").textValue()).isEqualTo(field);
    assertThat(problem.get("value").textValue()).isEqualTo(value);
    assertThat(problem.get("expected").textValue()).startsWith(expected);
    assertThat(problem.get("detail").textValue()).contains(field, value, expected);
    assertThat(production.count(Window.of(name))).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "{\"TV\": 1, \"TV\": 2}", "{} {}", "{\"TV\": NaN}"})
  void answers400ToWhatIsNoJson(String body) throws IOException {
    assertThat(predict(body, 400).get("field").textValue()).isEqualTo("the body");
  }

  @Test
  void saysWhichHeaderAFormLacks() throws IOException {
    HttpResponse<String> answer =
        server
            .admin()
            .send(
                server
                    .admin()
                    .request(
                        "/api/v1/predict?model=" + name,
                        "Content-Type",
                        "application/x-www-form-urlencoded")
                    .POST(HttpRequest.BodyPublishers.ofString(ROW)));

    assertThat(json(answer, 400).get("expected").textValue())
        .contains("Content-Type: application/json");
  }

  @Test
  void saysWhatMissingUnknownAndForeignValuesCountAs() throws IOException {
    JsonNode remarks =
        predict("{\"TV\": null, \"radio\": 37.8, \"newspaper\": 69.2, \"tv\": 230.1}", 200)
            .get("remarks");

    assertThat(remarks).hasSize(2);
    assertThat(remarks.get(0).get("field").textValue()).isEqualTo("tv");
    assertThat(remarks.get(0).get("handling").textValue()).contains("no column");
    assertThat(remarks.get(1).get("field").textValue()).isEqualTo("TV");
    assertThat(remarks.get(1).get("handling").textValue()).contains("missing", "median");
  }

  @Test
  void refusesAMissingValueWhereTheModelWasTrainedOnCompleteRows() throws IOException {
    String complete = "m-" + UUID.randomUUID();
    registry.register(TrainedRun.complete(home, complete).asked());

    JsonNode problem =
        json(
            call(
                "/api/v1/predict?model=" + complete,
                "[%s, {\"TV\": 1, \"Radio\": 2, \"newspaper\": 3}]".formatted(ROW)),
            400);

    assertThat(problem.get("field").textValue()).isEqualTo("radio");
    assertThat(problem.get("value").isNull()).isTrue();
    assertThat(problem.get("expected").textValue())
        .startsWith("a number: the model was trained on complete rows")
        .contains("'Radio'");
    assertThat(problem.at("/findings/0/row").intValue()).isEqualTo(1);
    assertThat(production.count(Window.of(complete))).isZero();
  }

  @Test
  void saysWhichCategoryNoTrainingRowHad() throws IOException {
    String colours = "m-" + UUID.randomUUID();
    StringBuilder csv = new StringBuilder("colour,size,good\n");
    for (int i = 0; i < 60; i++) {
      csv.append(i % 2 == 0 ? "red" : "blue").append(',').append(i * 1.5).append(',');
      csv.append(i % 2 == 0 ? "yes" : "no").append('\n');
    }
    Path data = Files.createTempDirectory(home.home(), "data");
    Files.writeString(data.resolve("colours.csv"), csv);
    registry.register(
        TrainedRun.of(
                new Home(home.home(), data), colours, "colours.csv", "good", Algorithm.XGBOOST, 1)
            .asked());

    JsonNode answer =
        json(call("/api/v1/predict?model=" + colours, "{\"colour\": \"green\", \"size\": 3}"), 200);

    assertThat(answer.get("prediction").textValue()).isIn("yes", "no");
    assertThat(answer.at("/remarks/0/field").textValue()).isEqualTo("colour");
    assertThat(answer.at("/remarks/0/value").textValue()).isEqualTo("green");
    assertThat(answer.at("/remarks/0/handling").textValue()).contains("no training row had");
    JsonNode features =
        json(server.admin().get("/api/v1/feature-names?model=" + colours), 200).get("features");
    assertThat(features.get(0).get("categories"))
        .extracting(JsonNode::textValue)
        .containsExactlyInAnyOrder("blue", "red");
  }

  @Test
  void namesTheFeatures() throws IOException {
    JsonNode answer = json(server.admin().get("/api/v1/feature-names?model=" + name), 200);

    assertThat(answer.get("feature_names"))
        .extracting(JsonNode::textValue)
        .containsExactly("TV", "radio", "newspaper");
    assertThat(answer.at("/features/0/type").textValue()).isEqualTo("number");
  }

  @Test
  void answers404ForAModelThatIsNotThere() throws IOException {
    JsonNode problem = json(call("/api/v1/predict?model=none", ROW), 404);

    assertThat(problem.get("field").textValue()).isEqualTo("model");
    assertThat(problem.get("detail").textValue()).contains("'none'", name);
  }

  @Test
  void saysWhetherAModelAnswers() throws IOException {
    JsonNode health = json(server.admin().get("/api/v1/health?model=" + name), 200);

    assertThat(health.get("status").textValue()).isEqualTo("healthy");
    assertThat(health.get("model_loaded").booleanValue()).isTrue();
    assertThat(health.get("version").intValue()).isEqualTo(1);
  }

  @Test
  void letsNobodyInWithoutALogin() {
    assertThat(server.anonymous().post("/api/v1/predict", ROW).statusCode()).isEqualTo(401);
  }

  @Test
  void describesItselfInOpenApi() throws IOException {
    JsonNode paths = json(server.admin().get("/v3/api-docs"), 200).get("paths");

    JsonNode predict = paths.get("/api/v1/predict").get("post");
    assertThat(predict.get("responses").fieldNames())
        .toIterable()
        .contains("200", "400", "404", "503");
    assertThat(predict.at("/requestBody/content/application~1json/examples").size()).isEqualTo(3);
    assertThat(paths.has("/api/v1/feedback")).isTrue();
    assertThat(paths.has("/api/v1/feature-names")).isTrue();
  }

  private JsonNode predict(String body, int status) throws IOException {
    return json(call("/api/v1/predict?model=" + name, body), status);
  }

  private HttpResponse<String> call(String path, String body) {
    return server.admin().post(path, body);
  }

  private static JsonNode json(HttpResponse<String> answer, int status) throws IOException {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    return JSON.readTree(answer.body());
  }

  private static Table table(double tv, double radio, double newspaper) {
    return new Table(
        "test",
        1,
        List.of(
            new NumericColumn("TV", new double[] {tv}),
            new NumericColumn("radio", new double[] {radio}),
            new NumericColumn("newspaper", new double[] {newspaper})));
  }
}
