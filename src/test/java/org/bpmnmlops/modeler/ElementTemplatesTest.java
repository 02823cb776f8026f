package org.bpmnmlops.modeler;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.bpmnmlops.MlopsTest;
import org.bpmnmlops.Server;
import org.bpmnmlops.process.Parameter;
import org.bpmnmlops.process.Step;
import org.bpmnmlops.process.StepCatalog;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/**
 * What the Modeler offers is what the code declares. After a change of a declaration write the
 * files anew with {@code mvn test -Dtest=ElementTemplatesTest -Dtemplates=write}.
 */
@MlopsTest
class ElementTemplatesTest {

  private static final Path FOLDER = Path.of("camunda-modeler/element-templates");
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  @Autowired private ElementTemplates templates;
  @Autowired private StepCatalog steps;
  @Autowired private ApplicationContext context;
  @Autowired private Server server;

  @BeforeEach
  void writeAnewWhereAskedTo() throws IOException {
    if ("write".equals(System.getProperty("templates"))) {
      for (String old : files().keySet()) {
        Files.delete(FOLDER.resolve(old));
      }
      for (var file : derived().entrySet()) {
        Files.writeString(FOLDER.resolve(file.getKey()), file.getValue());
      }
    }
  }

  @Test
  void areTheOnesTheStepsAndDiagramsGive() throws IOException {
    assertThat(files())
        .as("run mvn test -Dtest=ElementTemplatesTest -Dtemplates=write")
        .containsExactlyEntriesOf(derived());
  }

  @Test
  void offerEveryParameterOfAShippedPipelineWithItsDefaultAndItsHelp() throws IOException {
    JsonNode fields =
        JSON.readTree(FOLDER.resolve("advertising-pipeline-parameters.json").toFile())
            .get("properties");
    Map<String, JsonNode> byName = new TreeMap<>();
    fields.forEach(field -> byName.put(field.get("binding").get("name").asText(), field));

    assertThat(byName).containsKeys("dataset", "logicalDate", "camunda:historyTimeToLive");
    assertThat(byName.get("dataset").get("constraints").get("notEmpty").asBoolean()).isTrue();
    assertThat(byName.get("algorithm").get("value").asText()).isEqualTo("logistic-regression");
    assertThat(byName.get("C").get("value").asText()).isEqualTo("1");
    assertThat(byName.get("C").get("description").asText()).endsWith("from 0.000001 to 1000000.");
    assertThat(byName.get("retryDelay").get("constraints").get("pattern").get("message").asText())
        .startsWith("Expects a duration such as PT5M");
    assertThat("advertising-2")
        .matches(byName.get("modelName").at("/constraints/pattern/value").asText());
    assertThat("a/b")
        .doesNotMatch(byName.get("modelName").at("/constraints/pattern/value").asText());
  }

  @Test
  void everyFieldsPresetSatisfiesItsOwnPattern() {
    Map<String, Parameter<?>> parameters = steps.parametersOf(steps.declarations().keySet());
    for (ElementTemplate template : templates.byFile().values()) {
      for (ElementTemplate.Field field : template.properties()) {
        if (field.constraints() != null
            && field.constraints().pattern() != null
            && field.value() != null) {
          assertThat(field.value().toString())
              .as("%s of %s", field.label(), template.name())
              .matches(field.constraints().pattern().value());
          assertThat(parameters.get(field.label()).check(field.value())).isPresent();
        }
      }
    }
  }

  @Test
  void aServerGivesThoseOfATeamsOwnStepsToo() throws IOException {
    JsonNode answer = JSON.readTree(server.admin().get("/api/v1/element-templates").body());

    assertThat(answer.findValuesAsText("id"))
        .contains("org.bpmnmlops.build-model", "org.bpmnmlops.fetch-weather");
  }

  /** Steps that only tests have show what a team's own step gets; they have no file. */
  private boolean ofATest(ElementTemplate template) {
    return template.properties().stream()
        .map(field -> String.valueOf(field.value()))
        .flatMap(value -> StepCatalog.beanOf(value).stream())
        .map(bean -> context.getBean(bean, Step.class).getClass())
        .anyMatch(
            step ->
                step.getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .getPath()
                    .endsWith("/test-classes/"));
  }

  private static Map<String, String> files() throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> paths = Files.list(FOLDER)) {
      for (Path path : paths.toList()) {
        files.put(path.getFileName().toString(), Files.readString(path));
      }
    }
    return files;
  }

  private Map<String, String> derived() throws IOException {
    Map<String, String> derived = new TreeMap<>();
    for (var template : templates.byFile().entrySet()) {
      if (!ofATest(template.getValue())) {
        derived.put(template.getKey(), JSON.writeValueAsString(template.getValue()) + "\n");
      }
    }
    return derived;
  }
}
