package org.bpmnmlops.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import org.bpmnmlops.MlopsTest;
import org.bpmnmlops.Server;
import org.camunda.bpm.engine.FormService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.form.FormField;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** What Tasklist shows where somebody starts a process, made of the parameters of its steps. */
@MlopsTest
class StartFormTest {

  private static final String START = "/engine-rest/process-definition/key/%s/submit-form";

  @Autowired private Server server;
  @Autowired private FormService forms;
  @Autowired private RepositoryService repository;
  @Autowired private RuntimeService runtime;

  @Test
  void hasTheParametersWithTheValuesOfTheDiagram() {
    List<FormField> fields = fields("advertising-pipeline");

    assertThat(fields).extracting(FormField::getId).startsWith("dataset", "target", "modelName");
    assertThat(field(fields, "dataset").getValue().getValue()).isEqualTo("advertising.csv");
    assertThat(field(fields, "seed").getValue().getValue()).isEqualTo(42L);
    assertThat(field(fields, "testShare").getValue().getValue()).isEqualTo("0.2");
    assertThat(field(fields, "stratified").getValue().getValue()).isEqualTo(true);
    assertThat(field(fields, "algorithm").getTypeName()).isEqualTo("enum");
    assertThat(fields).extracting(FormField::getId).doesNotHaveDuplicates().contains("maxDepth");
  }

  @Test
  void foldsAwayWhatFewChange() {
    String page = (String) forms.getRenderedStartForm(definition("model-rollback"));

    assertThat(page.substring(0, page.indexOf("<details>")))
        .contains("toVersion", "rollbackReason", "Why the version is taken back")
        .doesNotContain("maxAttempts");
    assertThat(page.substring(page.indexOf("<details>"))).contains("maxAttempts", "retryDelay");
  }

  @Test
  void startsARunWithWhatWasEntered() throws IOException {
    HttpResponse<String> started =
        server
            .admin()
            .post(
                START.formatted("advertising-pipeline"),
                """
                {"variables": {"seed": {"value": 7, "type": "Long"},
                  "testShare": {"value": "0.3", "type": "String"},
                  "maxDepth": {"value": null, "type": "Long"}}}""");
    assertThat(started.statusCode()).as(started.body()).isEqualTo(200);
    String run = new ObjectMapper().readTree(started.body()).get("id").textValue();
    try {
      assertThat(runtime.getVariables(run))
          .containsEntry("seed", 7L)
          .containsEntry("testShare", 0.3)
          .containsEntry("dataset", "advertising.csv")
          .doesNotContainEntry("maxDepth", 1L);
    } finally {
      runtime.deleteProcessInstance(run, "test over");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "testShare, 0.9, 0.05 to 0.5",
    "seed, many, a whole number",
    "algorithm, magic, one of logistic-regression",
    "stratified, perhaps, true or false"
  })
  void refusesWhatCannotBeUsed(String name, String value, String expected) {
    HttpResponse<String> refused =
        server
            .admin()
            .post(
                START.formatted("advertising-pipeline"),
                "{\"variables\": {\"%s\": {\"value\": \"%s\", \"type\": \"String\"}}}"
                    .formatted(name, value));

    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.body()).contains(name, expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"backfill", "model-retraining", "model-monitoring"})
  void isThereForEveryPipeline(String process) {
    assertThat(fields(process)).isNotEmpty();
    assertThat(server.admin().get("/engine-rest/process-definition/key/" + process + "/startForm"))
        .extracting(HttpResponse::body)
        .asString()
        .contains("rendered-form");
  }

  private List<FormField> fields(String process) {
    return forms.getStartFormData(definition(process)).getFormFields();
  }

  private static FormField field(List<FormField> fields, String id) {
    return fields.stream().filter(field -> field.getId().equals(id)).findFirst().orElseThrow();
  }

  private String definition(String process) {
    return repository
        .createProcessDefinitionQuery()
        .processDefinitionKey(process)
        .latestVersion()
        .singleResult()
        .getId();
  }
}
