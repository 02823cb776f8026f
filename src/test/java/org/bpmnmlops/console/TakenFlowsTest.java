package org.bpmnmlops.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.bpmnmlops.console.PipelineModel.Flow;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.delegate.BpmnError;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.impl.bpmn.parser.AbstractBpmnParseListener;
import org.camunda.bpm.engine.impl.cfg.StandaloneInMemProcessEngineConfiguration;
import org.camunda.bpm.engine.impl.pvm.process.ScopeImpl;
import org.camunda.bpm.engine.impl.pvm.process.TransitionImpl;
import org.camunda.bpm.engine.impl.util.xml.Element;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.builder.AbstractFlowNodeBuilder;
import org.camunda.bpm.model.bpmn.builder.SubProcessBuilder;
import org.camunda.bpm.model.bpmn.instance.ExclusiveGateway;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Against an engine that tells which arrows it takes. */
class TakenFlowsTest {

  private static final Set<String> REALLY = new TreeSet<>();
  private static final JdbcDataSource DATABASE = new JdbcDataSource();
  private static ProcessEngine engine;

  @BeforeAll
  static void startEngine() {
    DATABASE.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
    var configuration = new StandaloneInMemProcessEngineConfiguration();
    configuration.setProcessEngineName("arrows");
    configuration.setDataSource(DATABASE);
    configuration.setCustomPostBPMNParseListeners(new ArrayList<>(List.of(new Witness(REALLY))));
    configuration.setBeans(
        Map.of(
            "fails",
            (JavaDelegate)
                execution -> {
                  throw new BpmnError("DATA_INVALID");
                }));
    engine = configuration.buildProcessEngine();
  }

  @AfterAll
  static void stopEngine() {
    engine.close();
  }

  @BeforeEach
  void forget() {
    REALLY.clear();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void leaveAGatewayOnceAlsoWhenBothWaysMeetAgain(boolean due) {
    run(
        task(start().exclusiveGateway("due").condition("yes", "${due}"), "send")
            .exclusiveGateway("met")
            .endEvent()
            .moveToNode("due")
            .sequenceFlowId("no")
            .connectTo("met")
            .done(),
        Map.of("due", due));

    assertThat(REALLY.contains("no")).isNotEqualTo(due);
  }

  @Test
  void leadBackInALoop() {
    run(
        task(start().exclusiveGateway("again"), "load")
            .exclusiveGateway("left")
            .sequenceFlowId("done")
            .condition("no", "${nrOfTries == 2}")
            .endEvent()
            .moveToNode("left")
            .sequenceFlowId("retry")
            .serviceTask("count")
            .camundaExpression("${2}")
            .camundaResultVariable("nrOfTries")
            .connectTo("again")
            .done(),
        Map.of("nrOfTries", 1));

    assertThat(REALLY).contains("retry", "done");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void runSideBySide(boolean due) {
    run(
        task(
                task(start().parallelGateway("fork"), "quality")
                    .exclusiveGateway("due")
                    .condition("yes", "${due}"),
                "send")
            .exclusiveGateway("met")
            .parallelGateway("join")
            .endEvent()
            .moveToNode("due")
            .sequenceFlowId("no")
            .connectTo("met")
            .moveToNode("fork")
            .serviceTask("drift")
            .camundaAsyncBefore()
            .camundaExpression("${1}")
            .connectTo("join")
            .done(),
        Map.of("due", due));

    assertThat(REALLY.contains("no")).isNotEqualTo(due);
  }

  @Test
  void failAndStopBeforeTheNextStep() {
    run(
        start()
            .serviceTask("build")
            .camundaDelegateExpression("${fails}")
            .camundaAsyncBefore()
            .sequenceFlowId("built")
            .exclusiveGateway("met")
            .userTask("look")
            .endEvent()
            .moveToActivity("build")
            .boundaryEvent("failed")
            .error("DATA_INVALID")
            .sequenceFlowId("failure")
            .connectTo("met")
            .done(),
        Map.of());

    assertThat(REALLY).contains("failure").doesNotContain("built");
  }

  @Test
  void areTakenByEachOfManyInstances() {
    SubProcessBuilder candidates = start().subProcess("candidates");
    candidates.multiInstance().parallel().cardinality("3").multiInstanceDone();
    run(
        candidates
            .embeddedSubProcess()
            .startEvent()
            .exclusiveGateway("due")
            .sequenceFlowId("yes")
            .condition("yes", "${loopCounter > 0}")
            .serviceTask("train")
            .camundaExpression("${1}")
            .camundaAsyncBefore()
            .exclusiveGateway("met")
            .endEvent()
            .moveToNode("due")
            .sequenceFlowId("no")
            .connectTo("met")
            .subProcessDone()
            .sequenceFlowId("trained")
            .endEvent()
            .done(),
        Map.of());

    assertThat(REALLY).contains("yes", "no", "trained");
  }

  private static AbstractFlowNodeBuilder<?, ?> start() {
    return Bpmn.createExecutableProcess("arrows")
        .camundaHistoryTimeToLiveString("P1D")
        .startEvent()
        .camundaAsyncAfter();
  }

  private static AbstractFlowNodeBuilder<?, ?> task(
      AbstractFlowNodeBuilder<?, ?> from, String name) {
    return from.serviceTask(name).camundaExpression("${1}").camundaAsyncBefore();
  }

  /** After every job, what is worked out is what happened. */
  private void run(BpmnModelInstance model, Map<String, Object> variables) {
    engine.getRepositoryService().createDeployment().addModelInstance("a.bpmn", model).deploy();
    String run = engine.getRuntimeService().startProcessInstanceByKey("arrows", variables).getId();
    EngineTables tables = new EngineTables(JdbcClient.create(DATABASE));
    List<Flow> flows = new ArrayList<>();
    for (SequenceFlow flow : model.getModelElementsByType(SequenceFlow.class)) {
      flows.add(
          new Flow(
              flow.getId(),
              flow.getSource().getId(),
              flow.getTarget().getId(),
              flow.getSource() instanceof ExclusiveGateway));
    }
    List<Job> jobs = jobs();
    while (!jobs.isEmpty()) {
      engine.getManagementService().executeJob(jobs.get(0).getId());
      jobs = jobs();
      assertThat(
              TakenFlows.of(
                  flows,
                  tables.visits(List.of(run)).get(run),
                  tables.pending(List.of(run)).getOrDefault(run, List.of())))
          .isEqualTo(REALLY);
    }
  }

  private List<Job> jobs() {
    return engine.getManagementService().createJobQuery().orderByJobId().asc().list();
  }

  private static final class Witness extends AbstractBpmnParseListener {

    private final ExecutionListener listener;

    Witness(Set<String> taken) {
      listener = execution -> taken.add(execution.getCurrentTransitionId());
    }

    @Override
    public void parseSequenceFlow(Element flow, ScopeImpl scope, TransitionImpl transition) {
      transition.addListener(ExecutionListener.EVENTNAME_TAKE, listener);
    }
  }
}
