package org.bpmnmlops.engine;

import static org.bpmnmlops.engine.ModelElements.bean;
import static org.bpmnmlops.engine.ModelElements.beans;
import static org.bpmnmlops.engine.ModelElements.below;
import static org.bpmnmlops.engine.ModelElements.name;
import static org.bpmnmlops.engine.ModelElements.properties;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bpmnmlops.process.PipelineVariables;
import org.bpmnmlops.process.StepCatalog;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.IntermediateCatchEvent;
import org.camunda.bpm.model.bpmn.instance.IntermediateThrowEvent;
import org.camunda.bpm.model.bpmn.instance.MessageEventDefinition;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.bpmn.instance.ServiceTask;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.stereotype.Component;

/**
 * What a model has to keep to so that its runs lose nothing and its values are right before the
 * first start. Applies to processes that use at least one of our steps; others are left alone.
 */
@Component
class ModelConventions {

  private final StepCatalog steps;
  private final BeanFactory beans;
  private final StepConventions stepConventions;
  private final ParameterConventions parameterConventions;

  ModelConventions(StepCatalog steps, BeanFactory beans) {
    this.steps = steps;
    this.beans = beans;
    stepConventions = new StepConventions(steps, beans);
    parameterConventions = new ParameterConventions(steps, beans);
  }

  /** Everything to change in a model, a sentence each; empty when it may be deployed. */
  List<String> check(BpmnModelInstance model) {
    List<String> findings = new ArrayList<>();
    for (Process process : model.getModelElementsByType(Process.class)) {
      if (usesOurSteps(process)) {
        checkProcess(process, findings);
      }
    }
    return findings;
  }

  /** The ids of the processes that are pipelines: those with the step "Admit run". */
  List<String> pipelines(BpmnModelInstance model) {
    return model.getModelElementsByType(Process.class).stream()
        .filter(process -> beans(process).contains(Pipelines.ADMISSION))
        .map(Process::getId)
        .toList();
  }

  private void checkProcess(Process process, List<String> findings) {
    if (process.getCamundaHistoryTimeToLiveString() == null) {
      findings.add(
          name(process) + ": set a history time to live (such as P90D), or history grows for ever");
    }
    below(process, FlowNode.class).forEach(node -> ContinuationConventions.check(node, findings));
    below(process, ServiceTask.class).forEach(task -> stepConventions.checkTask(task, findings));
    below(process, BoundaryEvent.class)
        .forEach(event -> stepConventions.checkErrorCode(event, findings));
    below(process, IntermediateThrowEvent.class).forEach(event -> checkFailure(event, findings));
    if (beans(process).contains(Pipelines.ADMISSION)) {
      checkAdmission(process, findings);
    }
    parameterConventions.check(process, findings);
  }

  private static void checkFailure(IntermediateThrowEvent event, List<String> findings) {
    Map<String, String> properties = properties(event);
    if (properties.containsKey(PipelineVariables.FAILURE_CODE.name())
        && !properties.containsKey(PipelineVariables.FAILURE_MESSAGE.name())) {
      findings.add(
          name(event) + ": add the property failureMessage, which tells people why the run failed");
    }
  }

  private static void checkAdmission(Process process, List<String> findings) {
    boolean waits =
        below(process, IntermediateCatchEvent.class)
            .anyMatch(
                event ->
                    event.isCamundaAsyncAfter()
                        && event.getEventDefinitions().stream()
                            .anyMatch(
                                definition ->
                                    definition instanceof MessageEventDefinition message
                                        && message.getMessage() != null
                                        && EngineSlotMessenger.SLOT_GRANTED.equals(
                                            message.getMessage().getName())));
    if (!waits) {
      findings.add(
          name(process)
              + ": after 'Admit run' a run that got no slot (slotGranted is false) has to wait in a"
              + " message catch event for the message slotGranted, asynchronous after");
    }
  }

  /** A bean that does not exist is most likely a step of ours, misspelled. */
  private boolean usesOurSteps(Process process) {
    return beans(process).stream()
        .anyMatch(bean -> steps.find(bean).isPresent() || !beans.containsBean(bean));
  }
}
