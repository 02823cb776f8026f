package org.bpmnmlops.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.bpmnmlops.MlopsTest;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

@MlopsTest
class ModelExpressionsTest {

  @Autowired RepositoryService repository;
  @Autowired RuntimeService runtime;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "${''.getClass()}",
        "${''.class}",
        "${execution.class.classLoader}",
        "${execution.getClass().forName('java.lang.Runtime')}"
      })
  void keepsModelsAwayFromTheJvm(String expression) {
    assertThatThrownBy(() -> evaluate(expression))
        .hasMessageContaining("the JVM's classes, threads and processes are closed to models");
  }

  @ParameterizedTest
  @ValueSource(strings = {"${dataSource}", "${jdbcTemplate}", "${identityService}"})
  void hidesBeansThatAreNotForModels(String expression) {
    assertThatThrownBy(() -> evaluate(expression))
        .hasMessageContaining("Unknown property used in expression");
  }

  @Test
  void evaluatesWhatModelsNeed() {
    assertThat(evaluate("${1 + 1}")).isEqualTo(2L);
    assertThat(evaluate("${execution.processBusinessKey}")).isEqualTo("key");
    assertThat(evaluate("${name.toUpperCase()}")).isEqualTo("OLGA");
    assertThat(evaluate("${schedule.daily}")).isEqualTo("0 0 0 * * ?");
  }

  private Object evaluate(String expression) {
    var model =
        Bpmn.createExecutableProcess("expressions")
            .camundaHistoryTimeToLive(1)
            .startEvent()
            .userTask("wait")
            .camundaInputParameter("value", expression)
            .endEvent()
            .done();
    String deployment =
        repository.createDeployment().addModelInstance("expressions.bpmn", model).deploy().getId();
    try {
      String run =
          runtime
              .createProcessInstanceByKey("expressions")
              .businessKey("key")
              .setVariable("name", "olga")
              .execute()
              .getId();
      return runtime
          .createVariableInstanceQuery()
          .processInstanceIdIn(run)
          .variableName("value")
          .singleResult()
          .getValue();
    } finally {
      repository.deleteDeployment(deployment, true);
    }
  }
}
