package org.bpmnmlops.engine;

import static org.bpmnmlops.engine.ModelElements.name;

import java.util.List;
import org.camunda.bpm.model.bpmn.instance.Activity;
import org.camunda.bpm.model.bpmn.instance.BusinessRuleTask;
import org.camunda.bpm.model.bpmn.instance.CallActivity;
import org.camunda.bpm.model.bpmn.instance.EndEvent;
import org.camunda.bpm.model.bpmn.instance.ErrorEventDefinition;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.InclusiveGateway;
import org.camunda.bpm.model.bpmn.instance.MultiInstanceLoopCharacteristics;
import org.camunda.bpm.model.bpmn.instance.ParallelGateway;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.bpmn.instance.SendTask;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.camunda.bpm.model.bpmn.instance.ServiceTask;
import org.camunda.bpm.model.bpmn.instance.StartEvent;

/**
 * Where a run must be able to go on after a failure without running again what came before: marks
 * of asynchronous continuation, and ends that nobody has to handle.
 */
final class ContinuationConventions {

  private ContinuationConventions() {}

  static void check(FlowNode node, List<String> findings) {
    boolean topLevel = node.getParentElement() instanceof Process;
    if (node instanceof Activity activity && activity.isForCompensation()) {
      // The engine compensates in one transaction, in reverse; a job of its own would lose the
      // order.
      return;
    }
    if (node instanceof ServiceTask
        || node instanceof BusinessRuleTask
        || node instanceof SendTask) {
      require(node, node.isCamundaAsyncBefore(), "asynchronous before", findings);
    } else if (node instanceof CallActivity call) {
      boolean after =
          call.getLoopCharacteristics() instanceof MultiInstanceLoopCharacteristics loop
              ? loop.isCamundaAsyncAfter()
              : call.isCamundaAsyncAfter();
      require(node, after, "asynchronous after (of the instance, where it is repeated)", findings);
    } else if (node instanceof StartEvent && topLevel) {
      if (!node.isCamundaAsyncAfter()) {
        findings.add(
            name(node) + ": tick asynchronous after, so that a run exists before its first step");
      }
    } else if (node instanceof EndEvent end && topLevel) {
      require(node, node.isCamundaAsyncBefore(), "asynchronous before", findings);
      if (end.getEventDefinitions().stream().anyMatch(ErrorEventDefinition.class::isInstance)) {
        findings.add(
            name(node)
                + ": use a plain end event; an error that ends a process is handled by nobody and"
                + " becomes an incident");
      }
    } else if ((node instanceof ParallelGateway || node instanceof InclusiveGateway)
        && isJoin(node)) {
      require(node, node.isCamundaAsyncBefore(), "asynchronous before", findings);
    }
  }

  /** By the arrows, as the engine does: nodes need not name those that lead to them. */
  private static boolean isJoin(FlowNode node) {
    return node.getParentElement().getChildElementsByType(SequenceFlow.class).stream()
            .filter(flow -> node.equals(flow.getTarget()))
            .count()
        > 1;
  }

  private static void require(FlowNode node, boolean set, String what, List<String> findings) {
    if (!set) {
      findings.add(
          "%s: tick %s, so that what came before is not run again when it fails"
              .formatted(name(node), what));
    }
  }
}
