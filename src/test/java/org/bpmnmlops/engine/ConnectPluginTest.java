package org.bpmnmlops.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.ServiceTask;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaConnector;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaConnectorId;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaInputOutput;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaInputParameter;
import org.camunda.connect.impl.AbstractConnector;
import org.camunda.connect.impl.AbstractConnectorRequest;
import org.camunda.connect.impl.AbstractConnectorResponse;
import org.junit.jupiter.api.Test;

class ConnectPluginTest {

  @Test
  void givesEachEngineOfTheJvmItsOwnConnector() {
    List<String> first = new ArrayList<>();
    List<String> second = new ArrayList<>();
    ProcessEngine one = OneTaskModel.start(List.of(new Recorder(first)), new HashMap<>());
    ProcessEngine two = OneTaskModel.start(List.of(new Recorder(second)), new HashMap<>());

    String run = run(one);
    one.close();
    String other = run(two);
    two.close();

    assertThat(first).containsExactly(run);
    assertThat(second).containsExactly(other);
  }

  private static String run(ProcessEngine engine) {
    engine.getRepositoryService().createDeployment().addModelInstance("r.bpmn", model()).deploy();
    return engine.getRuntimeService().startProcessInstanceByKey("r").getProcessInstanceId();
  }

  /** The task's input tells the run, which only an expression on {@code execution} knows. */
  private static BpmnModelInstance model() {
    BpmnModelInstance model =
        Bpmn.createExecutableProcess("r").startEvent().serviceTask("task").endEvent().done();
    CamundaConnector connector = model.newInstance(CamundaConnector.class);
    CamundaInputOutput mapping = model.newInstance(CamundaInputOutput.class);
    CamundaInputParameter input = model.newInstance(CamundaInputParameter.class);
    input.setCamundaName("run");
    input.setTextContent("${execution.processInstanceId}");
    mapping.addChildElement(input);
    connector.setCamundaInputOutput(mapping);
    CamundaConnectorId id = model.newInstance(CamundaConnectorId.class);
    id.setTextContent("recorder");
    connector.setCamundaConnectorId(id);
    ServiceTask task = model.getModelElementById("task");
    task.builder().addExtensionElement(connector);
    return model;
  }

  private static final class Recorder
      extends AbstractConnector<Recorder.Request, AbstractConnectorResponse> {

    private final List<String> runs;

    private Recorder(List<String> runs) {
      super("recorder");
      this.runs = runs;
    }

    @Override
    public Request createRequest() {
      return new Request(this);
    }

    @Override
    public AbstractConnectorResponse execute(Request request) {
      runs.add(request.getRequestParameter("run"));
      return new AbstractConnectorResponse() {
        @Override
        protected void collectResponseParameters(Map<String, Object> outputs) {
          outputs.put("recorded", true);
        }
      };
    }

    private static final class Request extends AbstractConnectorRequest<AbstractConnectorResponse> {
      private Request(Recorder connector) {
        super(connector);
      }
    }
  }
}
