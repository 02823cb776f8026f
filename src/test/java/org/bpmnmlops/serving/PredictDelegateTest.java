package org.bpmnmlops.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.bpmnmlops.MlopsTest;
import org.bpmnmlops.artifact.Home;
import org.bpmnmlops.production.ProductionData;
import org.bpmnmlops.production.ProductionRow;
import org.bpmnmlops.production.Window;
import org.bpmnmlops.registry.ModelRegistry;
import org.bpmnmlops.registry.TrainedRun;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** A business process scores its case. */
@MlopsTest
class PredictDelegateTest {

  private static final String PROCESS = "credit-case";

  @Autowired private ModelRegistry registry;
  @Autowired private ProductionData production;
  @Autowired private Home home;
  @Autowired private RepositoryService repository;
  @Autowired private RuntimeService runtime;
  @Autowired private ManagementService management;

  private final String name = "p-" + UUID.randomUUID();
  private String deployment;

  @BeforeEach
  void draw() {
    registry.register(TrainedRun.of(home, name, 42).asked());
    deployment =
        repository
            .createDeployment()
            .addModelInstance(
                PROCESS + ".bpmn",
                Bpmn.createExecutableProcess(PROCESS)
                    .camundaHistoryTimeToLiveString("P1D")
                    .startEvent()
                    .camundaAsyncAfter()
                    .serviceTask("serviceTask_predict")
                    .camundaDelegateExpression("${predictDelegate}")
                    .camundaAsyncBefore()
                    .userTask("userTask_look")
                    .camundaAsyncBefore()
                    .endEvent()
                    .camundaAsyncBefore()
                    .done())
            .deploy()
            .getId();
  }

  @AfterEach
  void undeploy() {
    repository.deleteDeployment(deployment, true);
  }

  @Test
  void scoresTheVariablesNamedAsTheColumnsAndRecordsThePredictionWithTheCase() {
    ProcessInstance run = start(Map.of("TV", 230.1, "radio", 37.8, "newspaper", 69.2));
    work(run);

    assertThat(variable(run, "prediction")).isEqualTo("1");
    assertThat(variable(run, "modelVersion")).isEqualTo(1L);
    ProductionRow row =
        production.find(UUID.fromString((String) variable(run, "predictionId"))).orElseThrow();
    assertThat(row.run()).isEqualTo(run.getId());
    assertThat(row.features())
        .containsOnlyKeys("TV", "radio", "newspaper")
        .containsEntry("TV", 230.1);
    assertThat(row.probabilities().get("1")).isEqualTo(variable(run, "predictionProbability"));
  }

  @Test
  void leavesNothingBehindWhenTheStepIsRolledBack() {
    ProcessInstance run = start(Map.of("TV", "much", "radio", 37.8, "newspaper", 69.2));
    management.executeJob(job(run));

    assertThatThrownBy(() -> management.executeJob(job(run)))
        .hasStackTraceContaining("TV is 'much'; expected a number");
    assertThat(production.count(Window.of(name))).isZero();

    runtime.setVariable(run.getId(), "TV", 100.0);
    work(run);
    assertThat(production.count(Window.of(name))).isEqualTo(1);
  }

  private ProcessInstance start(Map<String, Object> variables) {
    Map<String, Object> all = new HashMap<>(variables);
    all.put("modelName", name);
    return runtime.startProcessInstanceByKey(PROCESS, all);
  }

  private void work(ProcessInstance run) {
    while (management.createJobQuery().processInstanceId(run.getId()).count() > 0) {
      management.executeJob(job(run));
    }
  }

  private String job(ProcessInstance run) {
    return management.createJobQuery().processInstanceId(run.getId()).singleResult().getId();
  }

  private Object variable(ProcessInstance run, String variable) {
    return runtime.getVariable(run.getId(), variable);
  }
}
