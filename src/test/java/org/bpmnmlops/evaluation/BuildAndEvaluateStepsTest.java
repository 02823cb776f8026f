package org.bpmnmlops.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.bpmnmlops.MlopsTest;
import org.bpmnmlops.artifact.Artifacts;
import org.bpmnmlops.data.Column;
import org.bpmnmlops.data.NumericColumn;
import org.bpmnmlops.data.SeparatedData;
import org.bpmnmlops.data.SeparatedDataReader;
import org.bpmnmlops.data.Table;
import org.bpmnmlops.training.TrainedModel;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.history.HistoricVariableInstance;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** From the shipped file to an evaluated model, in a process of the five steps between. */
@MlopsTest
class BuildAndEvaluateStepsTest {

  private static final String PROCESS = "data-to-model";

  @Autowired private RuntimeService runtime;
  @Autowired private RepositoryService repository;
  @Autowired private ManagementService management;
  @Autowired private HistoryService history;
  @Autowired private Artifacts artifacts;
  @Autowired private SeparatedDataReader reader;

  private String deployment;

  @BeforeEach
  void draw() {
    BpmnModelInstance model =
        Bpmn.createExecutableProcess(PROCESS)
            .camundaHistoryTimeToLiveString("P1D")
            .startEvent()
            .camundaAsyncAfter()
            .subProcess("subProcess_steps")
            .embeddedSubProcess()
            .startEvent()
            .serviceTask("serviceTask_loadData")
            .camundaDelegateExpression("${loadDataDelegate}")
            .camundaAsyncBefore()
            .serviceTask("serviceTask_preprocessData")
            .camundaDelegateExpression("${preprocessDataDelegate}")
            .camundaAsyncBefore()
            .serviceTask("serviceTask_separateData")
            .camundaDelegateExpression("${separateDataDelegate}")
            .camundaAsyncBefore()
            .serviceTask("serviceTask_buildModel")
            .camundaDelegateExpression("${buildModelDelegate}")
            .camundaAsyncBefore()
            .serviceTask("serviceTask_evaluateModel")
            .camundaDelegateExpression("${evaluateModelDelegate}")
            .camundaAsyncBefore()
            .endEvent()
            .camundaAsyncBefore()
            .subProcessDone()
            .endEvent("endEvent_evaluated")
            .camundaAsyncBefore()
            .moveToActivity("subProcess_steps")
            .boundaryEvent("boundary_anyError")
            .error()
            .endEvent("endEvent_failed")
            .camundaAsyncBefore()
            .done();
    deployment =
        repository.createDeployment().addModelInstance("model.bpmn", model).deploy().getId();
  }

  @AfterEach
  void erase() {
    repository.deleteDeployment(deployment, true, true);
  }

  @ParameterizedTest
  @ValueSource(strings = {"logistic-regression", "random-forest", "xgboost"})
  void answersRawRowsWithTheProbabilitiesOfTheEvaluationToTheBit(String algorithm)
      throws IOException {
    String run = run(Map.of("algorithm", algorithm, "interactions", "TV*radio"));
    TrainedModel model = TrainedModel.load(file(run, "model"));
    SeparatedData evaluated =
        reader.read(variable(run, "preprocessedData"), variable(run, "separation"));

    double[][] ofRaw = model.probabilities(rawAdvertising());
    double[][] ofEvaluated =
        model.preparedProbabilities(evaluated.features(), evaluated.testRows());

    assertThat(model.rawColumns().names()).containsExactly("TV", "radio", "newspaper");
    int[] labels = new int[evaluated.testRows().length];
    for (int i = 0; i < labels.length; i++) {
      int row = evaluated.testRows()[i];
      labels[i] = evaluated.labels()[row];
      assertThat(ofRaw[0][row]).isEqualTo(ofEvaluated[0][i]);
      assertThat(ofRaw[1][row]).isEqualTo(ofEvaluated[1][i]);
    }
    assertThat(evaluation(run).get("logLoss").doubleValue())
        .isEqualTo(new Metrics(model.classes(), labels, ofEvaluated).logLoss());
  }

  @Test
  void tellsHowGoodTheModelIsAndWhereItComesFrom() throws IOException {
    String run = run(Map.of());

    double accuracy = this.<Double>variable(run, "accuracy");
    assertThat(accuracy).isGreaterThan(0.75);
    assertThat(this.<Double>variable(run, "accuracyLow")).isBetween(0.5, accuracy);
    assertThat(this.<Double>variable(run, "accuracyHigh")).isBetween(accuracy, 1.0);
    assertThat(this.<Double>variable(run, "baselineAccuracy")).isBetween(0.3, 0.7);
    assertThat(this.<String>variable(run, "model")).isEqualTo("runs/" + run + "/model.zip");
    assertThat(this.<String>variable(run, "modelHash"))
        .isEqualTo(Artifacts.sha256(file(run, "model")));
    TrainedModel model = TrainedModel.load(file(run, "model"));
    assertThat(model.origin().run()).isEqualTo(run);
    assertThat(model.origin().dataHash()).isEqualTo(variable(run, "dataHash"));
    assertThat(model.origin().process()).startsWith(PROCESS + ":");
  }

  @Test
  void writesTheEvaluationAsDocumented() throws IOException {
    JsonNode evaluation = evaluation(run(Map.of()));

    assertThat(names(evaluation))
        .containsExactly(
            "format",
            "version",
            "modelHash",
            "target",
            "classes",
            "positiveClass",
            "trainRows",
            "testRows",
            "accuracy",
            "accuracyLow",
            "accuracyHigh",
            "baselineClass",
            "baselineAccuracy",
            "balancedAccuracy",
            "logLoss",
            "positive",
            "macro",
            "weighted",
            "perClass",
            "confusion",
            "algorithm",
            "weights",
            "undefined");
    assertThat(evaluation.get("format").textValue()).isEqualTo("bpmn-mlops evaluation");
    assertThat(evaluation.get("version").intValue()).isEqualTo(1);
    assertThat(evaluation.get("positiveClass").textValue()).isEqualTo("1");
    assertThat(evaluation.get("algorithm").textValue()).isEqualTo("logistic-regression");
    assertThat(names(evaluation.get("positive")))
        .containsExactly("precision", "recall", "f1", "auc", "prAuc", "undefined");
    assertThat(names(evaluation.get("perClass").get(0)))
        .containsExactly(
            "name", "testRows", "precision", "recall", "f1", "auc", "prAuc", "undefined");
    assertThat(names(evaluation.get("weights").get(0))).containsExactly("feature", "values");
  }

  @Test
  void buildsTheSameModelWhenTheStepRunsAgain() throws IOException {
    String run = start(Map.of("algorithm", "xgboost", "rounds", 5));
    workUntil("serviceTask_evaluateModel", run);
    byte[] once = Files.readAllBytes(file(run, "model"));

    runtime
        .createProcessInstanceModification(run)
        .cancelAllForActivity("serviceTask_evaluateModel")
        .startBeforeActivity("serviceTask_buildModel")
        .execute();
    workUntil("serviceTask_evaluateModel", run);

    assertThat(Files.readAllBytes(file(run, "model"))).isEqualTo(once);
    runtime.deleteProcessInstance(run, "seen enough");
  }

  @Test
  void refusesToEvaluateAnotherFileThanTheOneBuilt() throws IOException {
    String run = start(Map.of());
    workUntil("serviceTask_evaluateModel", run);
    Files.writeString(file(run, "model"), "another");
    Job evaluate = job(run);

    assertThatThrownBy(() -> management.executeJob(evaluate.getId()))
        .hasMessageContaining("runs/" + run + "/model.zip has SHA-256")
        .hasMessageContaining("Build model wrote");
    runtime.deleteProcessInstance(run, "seen enough");
  }

  @ParameterizedTest
  @CsvSource({
    "model, Build model",
    "preprocessedData, Preprocess data",
    "separation, Separate data"
  })
  void saysOfAFileThatIsGoneWhichStepWritesIt(String variable, String step) throws IOException {
    String run = start(Map.of());
    workUntil("serviceTask_evaluateModel", run);
    Files.delete(file(run, variable));
    Job evaluate = job(run);

    assertThatThrownBy(() -> management.executeJob(evaluate.getId()))
        .hasMessage(
            "%s is gone. Continue the run from '%s', which writes it, on the run's page in Cockpit"
                .formatted(this.<String>variable(run, variable), step))
        .hasNoCause();
    runtime.deleteProcessInstance(run, "seen enough");
  }

  private String run(Map<String, Object> parameters) {
    String run = start(parameters);
    workUntil(null, run);
    return run;
  }

  private String start(Map<String, Object> parameters) {
    return runtime
        .createProcessInstanceByKey(PROCESS)
        .setVariables(Map.of("dataset", "advertising.csv", "target", "conversion"))
        .setVariables(parameters)
        .execute()
        .getId();
  }

  private void workUntil(String activity, String run) {
    for (Job job = job(run); job != null; job = job(run)) {
      if (activity != null
          && runtime.getActivityInstance(run).getTransitionInstances(activity).length > 0) {
        return;
      }
      management.executeJob(job.getId());
    }
  }

  private Job job(String run) {
    return management.createJobQuery().processInstanceId(run).singleResult();
  }

  @SuppressWarnings("unchecked")
  private <T> T variable(String run, String name) {
    HistoricVariableInstance variable =
        history
            .createHistoricVariableInstanceQuery()
            .processInstanceId(run)
            .variableName(name)
            .singleResult();
    return (T) variable.getValue();
  }

  private Path file(String run, String variable) {
    return artifacts.path(this.<String>variable(run, variable));
  }

  private JsonNode evaluation(String run) throws IOException {
    return new ObjectMapper().readTree(file(run, "evaluation").toFile());
  }

  private static List<String> names(JsonNode object) {
    List<String> names = new ArrayList<>();
    for (Iterator<String> i = object.fieldNames(); i.hasNext(); ) {
      names.add(i.next());
    }
    return names;
  }

  private static Table rawAdvertising() throws IOException {
    List<String> lines = Files.readAllLines(Path.of("data", "advertising.csv"));
    String[] header = lines.get(0).split(",");
    List<Column> columns = new ArrayList<>();
    for (int j = 0; j < 3; j++) {
      int place = j;
      columns.add(
          new NumericColumn(
              header[j],
              lines.stream()
                  .skip(1)
                  .mapToDouble(line -> Double.parseDouble(line.split(",")[place]))
                  .toArray()));
    }
    return new Table("raw", lines.size() - 1, columns);
  }
}
