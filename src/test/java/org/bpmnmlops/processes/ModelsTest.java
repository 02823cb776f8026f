package org.bpmnmlops.processes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.cfg.StandaloneInMemProcessEngineConfiguration;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.Gateway;
import org.camunda.bpm.model.bpmn.instance.ParallelGateway;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.camunda.bpm.model.bpmn.instance.Task;
import org.camunda.connect.plugin.impl.ConnectorParseListener;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every model in {@code processes/} on a bare engine, within a second or two. */
class ModelsTest {

  private static ProcessEngine engine;

  static Stream<Path> models() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("processes"))) {
      List<Path> models = files.filter(file -> file.toString().endsWith(".bpmn")).sorted().toList();
      assertThat(models).isNotEmpty();
      return models.stream();
    }
  }

  @BeforeAll
  static void startEngine() {
    var configuration = new StandaloneInMemProcessEngineConfiguration();
    configuration.setProcessEngineName("models");
    configuration.setJdbcUrl("jdbc:h2:mem:models;DB_CLOSE_DELAY=-1");
    configuration.setDatabaseSchemaUpdate("create-drop");
    configuration.setCustomPreBPMNParseListeners(List.of(new ConnectorParseListener()));
    configuration.setBeans(
        Map.of(
            "schedule",
            Map.of(
                "daily", "0 0 0 * * ?",
                "monitoring", "0 0 */6 * * ?",
                "retraining", "0 0 3 * * ?")));
    engine = configuration.buildProcessEngine();
  }

  @AfterAll
  static void closeEngine() {
    engine.close();
  }

  @ParameterizedTest
  @MethodSource("models")
  void theEngineReadsTheModelAndStartsItByTheNameOfItsFile(Path file) throws IOException {
    String name = file.getFileName().toString();
    engine
        .getRepositoryService()
        .createDeployment()
        .addString(name, Files.readString(file))
        .deploy();

    var run = engine.getRuntimeService().startProcessInstanceByKey(name.replace(".bpmn", ""));

    assertThat(run.isEnded()).describedAs("goes on as a job of its own").isFalse();
  }

  @ParameterizedTest
  @MethodSource("models")
  void whatPeopleReadIsNamed(Path file) {
    BpmnModelInstance model = Bpmn.readModelFromFile(file.toFile());

    assertThat(model.getModelElementsByType(Process.class))
        .allSatisfy(process -> assertThat(process.getName()).isNotBlank());
    assertThat(model.getModelElementsByType(FlowNode.class))
        .filteredOn(node -> !(node instanceof Gateway gateway) || asks(gateway))
        .allSatisfy(
            node ->
                assertThat(node.getName()).describedAs("name of %s", node.getId()).isNotBlank());
  }

  @ParameterizedTest
  @MethodSource("models")
  void questionsEndWithAQuestionMarkAndTheirAnswersAreNamed(Path file) {
    BpmnModelInstance model = Bpmn.readModelFromFile(file.toFile());

    assertThat(model.getModelElementsByType(Gateway.class))
        .filteredOn(ModelsTest::asks)
        .allSatisfy(
            gateway -> {
              assertThat(gateway.getName()).describedAs(gateway.getId()).endsWith("?");
              assertThat(gateway.getOutgoing())
                  .extracting(SequenceFlow::getName)
                  .describedAs("answers of %s", gateway.getId())
                  .doesNotContainNull();
            });
  }

  @ParameterizedTest
  @MethodSource("models")
  void everyTaskExplainsItself(Path file) {
    BpmnModelInstance model = Bpmn.readModelFromFile(file.toFile());

    assertThat(model.getModelElementsByType(Task.class))
        .allSatisfy(
            task ->
                assertThat(task.getDocumentations())
                    .describedAs("documentation of %s", task.getId())
                    .isNotEmpty());
  }

  @ParameterizedTest
  @MethodSource("models")
  void idsSayTheKindAndTheStep(Path file) {
    BpmnModelInstance model = Bpmn.readModelFromFile(file.toFile());

    assertThat(model.getModelElementsByType(FlowNode.class))
        .allSatisfy(node -> assertThat(node.getId()).matches(prefix(node) + "_[a-z][A-Za-z]*"));
  }

  /** A gateway that only joins, or goes every way at once, asks nothing. */
  private static boolean asks(Gateway gateway) {
    return gateway.getOutgoing().size() > 1 && !(gateway instanceof ParallelGateway);
  }

  private static String prefix(FlowNode node) {
    return switch (node.getElementType().getTypeName()) {
      case "intermediateCatchEvent", "intermediateThrowEvent" -> "event";
      default -> node instanceof Gateway ? "gateway" : node.getElementType().getTypeName();
    };
  }
}
