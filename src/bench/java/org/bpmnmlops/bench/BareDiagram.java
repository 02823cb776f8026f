package org.bpmnmlops.bench;

import java.nio.file.Path;
import java.util.Map;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.ConditionExpression;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.camunda.bpm.model.bpmn.instance.ServiceTask;
import org.camunda.bpm.model.bpmn.instance.TimeCycle;

/**
 * The advertising pipeline with empty steps: the same elements and transactions, no variables, and
 * gateways that lead along the happy path. Any Camunda engine runs it.
 */
final class BareDiagram {

  private static final Map<String, Boolean> HAPPY =
      Map.of("flow_slotFree", true, "flow_goodEnough", true);

  private BareDiagram() {}

  static String of(Path model) {
    BpmnModelInstance diagram = Bpmn.readModelFromFile(model.toFile());
    for (ServiceTask task : diagram.getModelElementsByType(ServiceTask.class)) {
      if (task.getExtensionElements() != null) {
        task.removeChildElement(task.getExtensionElements());
      }
      task.removeAttributeNs("http://camunda.org/schema/1.0/bpmn", "delegateExpression");
      task.setCamundaExpression("${true}");
    }
    for (SequenceFlow flow : diagram.getModelElementsByType(SequenceFlow.class)) {
      ConditionExpression condition = flow.getConditionExpression();
      if (condition != null) {
        condition.setTextContent("${%s}".formatted(HAPPY.getOrDefault(flow.getId(), false)));
      }
    }
    diagram
        .getModelElementsByType(TimeCycle.class)
        .forEach(cycle -> cycle.setTextContent("0 0 0 * * ?"));
    for (Process process : diagram.getModelElementsByType(Process.class)) {
      process.removeChildElement(process.getExtensionElements());
    }
    return Bpmn.convertToString(diagram);
  }
}
