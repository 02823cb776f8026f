package org.bpmnmlops.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.bpmnmlops.MlopsTest;
import org.bpmnmlops.Server;
import org.camunda.bpm.engine.BadUserRequestException;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.EndEvent;
import org.camunda.bpm.model.bpmn.instance.IntermediateCatchEvent;
import org.camunda.bpm.model.bpmn.instance.ServiceTask;
import org.camunda.bpm.model.bpmn.instance.StartEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

@MlopsTest
class DeploymentCheckTest {

  @Autowired private RepositoryService repository;
  @Autowired private Server server;
  @Autowired private ModelConventions conventions;

  @Test
  void acceptsAPipelineThatKeepsToTheConventions() {
    assertThat(findings(model -> {})).isEmpty();
  }

  @Test
  void namesEverythingToChangeInOneAnswer() {
    BpmnModelInstance model = sound();
    task(model).setCamundaAsyncBefore(false);
    Drawn.addProperties(model, "weather", Map.of("misses", "many", "cty", "Ulm"));

    assertThatThrownBy(
            () -> repository.createDeployment().addModelInstance("w.bpmn", model).deploy())
        .isInstanceOf(BadUserRequestException.class)
        .hasMessageContaining("serviceTask_fetchWeather 'Fetch weather': tick asynchronous before")
        .hasMessageContaining("Parameter 'misses' is 'many'; expected a whole number from 0 to 9")
        .hasMessageContaining("there is no parameter 'cty'; did you mean 'city'?");
    assertThat(repository.createProcessDefinitionQuery().processDefinitionKey("weather").count())
        .isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          w.bpmn | '<?xml version="1.0"?>\n<definitions>\n  <process></definitions>' | line 3
          w.bpmn | '<definitions/>'                                                  | line 1
          w.bpmn | 'no XML at all'                                                   | 'line 1, column 1: '
          w.form | '{"id": '                                                         | 'line 1, column '
          w.dmn  | '<?xml version="1.0"?>\n<definitions>\n  <decision></definitions>' | line 3
          """)
  void saysWhereAFileIsNoModel(String name, String content, String place) {
    String text = content.replace("\\n", "\n");

    var answer =
        server
            .admin()
            .send(
                server
                    .admin()
                    .request("/engine-rest/deployment/create")
                    .header("Content-Type", "multipart/form-data; boundary=x")
                    .POST(
                        BodyPublishers.ofString(
                            "--x\r\nContent-Disposition: form-data; name=\"m\"; filename=\"%s\"\r\n\r\n%s\r\n--x--\r\n"
                                .formatted(name, text))));

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("- %s: %s".formatted(name, place));
  }

  @Test
  void findsAStepThatDoesNotExistAndSaysWhichWasMeant() {
    assertThat(
            findings(model -> task(model).setCamundaDelegateExpression("${fetchWetherDelegate}")))
        .anyMatch(
            f -> f.contains("no step 'fetchWetherDelegate'; did you mean 'fetchWeatherDelegate'"));
  }

  @Test
  void findsAMisspelledStepAlsoWhereItIsTheOnlyOne() {
    BpmnModelInstance model =
        Bpmn.createExecutableProcess("alone")
            .camundaHistoryTimeToLiveString("P1D")
            .startEvent()
            .camundaAsyncAfter()
            .serviceTask()
            .camundaDelegateExpression("${fetchWetherDelegate}")
            .camundaAsyncBefore()
            .endEvent()
            .camundaAsyncBefore()
            .done();

    assertThat(conventions.check(model))
        .singleElement()
        .asString()
        .contains("did you mean 'fetchWeatherDelegate'");
  }

  @Test
  void findsAnErrorThatNothingCatches() {
    assertThat(
            findings(
                model ->
                    model
                        .getModelElementById("boundary_notThere")
                        .removeAttribute("attachedToRef")))
        .anyMatch(f -> f.contains("nothing catches its error NOT_THERE"));
  }

  @Test
  void findsAnErrorCodeTheStepNeverEndsWith() {
    assertThat(
            findings(
                model ->
                    model
                        .getModelElementsByType(org.camunda.bpm.model.bpmn.instance.Error.class)
                        .forEach(error -> error.setErrorCode("NOT_HERE"))))
        .anyMatch(f -> f.contains("'Fetch weather' never ends with the error NOT_HERE"));
  }

  @Test
  void findsAStartThatWouldLoseTheRunWithItsFirstStep() {
    assertThat(
            findings(
                model ->
                    model
                        .getModelElementsByType(StartEvent.class)
                        .forEach(start -> start.setCamundaAsyncAfter(false))))
        .anyMatch(f -> f.startsWith("startEvent_onRequest: tick asynchronous after"));
  }

  @Test
  void findsAnEndThatCouldRunTheLastStepTwice() {
    assertThat(
            findings(
                model ->
                    model
                        .getModelElementsByType(EndEvent.class)
                        .forEach(end -> end.setCamundaAsyncBefore(false))))
        .anyMatch(f -> f.startsWith("endEvent_done: tick asynchronous before"));
  }

  @Test
  void findsARunThatWouldNotWaitForItsSlot() {
    assertThat(
            findings(
                model ->
                    ((IntermediateCatchEvent) model.getModelElementById("event_slotGranted"))
                        .setCamundaAsyncAfter(false)))
        .anyMatch(f -> f.contains("has to wait in a message catch event"));
  }

  @Test
  void findsAMissingTimeToLive() {
    assertThat(
            findings(
                model ->
                    Drawn.process(model)
                        .removeAttributeNs(
                            "http://camunda.org/schema/1.0/bpmn", "historyTimeToLive")))
        .anyMatch(f -> f.contains("set a history time to live"));
  }

  @Test
  void findsAParameterThatATimerStartWouldMiss() {
    BpmnModelInstance model = Drawn.pipeline("weather", Map.of());
    Drawn.process(model)
        .builder()
        .startEvent()
        .timerWithCycle("0 0 0 * * ?")
        .camundaAsyncAfter()
        .done();

    assertThat(conventions.check(model))
        .anyMatch(f -> f.contains("Parameter 'city' is not set; expected text"));
  }

  @Test
  void findsCrossValidationWhereTheModelIsRegisteredAndSaysWhatToDo() throws IOException {
    String pipeline = Files.readString(Path.of("processes", "advertising-pipeline.bpmn"));
    String property = "<camunda:property name=\"folds\" value=\"%s\" />";

    assertThat(conventions.check(read(withProperty(pipeline, property.formatted(5)))))
        .singleElement()
        .asString()
        .contains("Parameter 'folds' is '5'; expected 0: Register model")
        .contains("Leave folds out");
    assertThat(conventions.check(read(withProperty(pipeline, property.formatted(0))))).isEmpty();
  }

  @Test
  void findsAJoinThatIsNotAsynchronousAlsoWhereItNamesNoArrows() throws IOException {
    String monitoring = Files.readString(Path.of("processes", "model-monitoring.bpmn"));
    String join = "id=\"gateway_reportsEnd\"";
    String synchronous = monitoring.replace(join + " camunda:asyncBefore=\"true\"", join);

    for (String model :
        List.of(synchronous, synchronous.replaceAll(" *<bpmn:(incoming|outgoing)>.*\\R", ""))) {
      assertThat(conventions.check(read(model)))
          .singleElement()
          .asString()
          .startsWith("gateway_reportsEnd: tick asynchronous before");
    }
  }

  private static String withProperty(String model, String property) {
    return model.replace("<camunda:properties>", "<camunda:properties>" + property);
  }

  private static BpmnModelInstance read(String model) {
    return Bpmn.readModelFromStream(
        new ByteArrayInputStream(model.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void leavesProcessesAloneThatUseNoneOfOurSteps() {
    BpmnModelInstance model =
        Bpmn.createExecutableProcess("someone-elses")
            .startEvent()
            .serviceTask()
            .camundaExpression("${true}")
            .endEvent()
            .done();

    assertThat(conventions.check(model)).isEmpty();
  }

  private List<String> findings(Consumer<BpmnModelInstance> change) {
    BpmnModelInstance model = sound();
    change.accept(model);
    return conventions.check(model);
  }

  private static BpmnModelInstance sound() {
    return Drawn.pipeline("weather", Map.of("city", "Kassel"));
  }

  private static ServiceTask task(BpmnModelInstance model) {
    return model.getModelElementById("serviceTask_fetchWeather");
  }
}
