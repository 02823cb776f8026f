package org.bpmnmlops.engine;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.bpmnmlops.process.ErrorCode;
import org.bpmnmlops.process.InvalidParameterException;
import org.bpmnmlops.process.Parameter;
import org.bpmnmlops.process.PipelineVariables;
import org.bpmnmlops.process.StepCatalog;
import org.bpmnmlops.process.StepDeclaration;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.Activity;
import org.camunda.bpm.model.bpmn.instance.BaseElement;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.BusinessRuleTask;
import org.camunda.bpm.model.bpmn.instance.CallActivity;
import org.camunda.bpm.model.bpmn.instance.EndEvent;
import org.camunda.bpm.model.bpmn.instance.Error;
import org.camunda.bpm.model.bpmn.instance.ErrorEventDefinition;
import org.camunda.bpm.model.bpmn.instance.FlowElement;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.InclusiveGateway;
import org.camunda.bpm.model.bpmn.instance.IntermediateCatchEvent;
import org.camunda.bpm.model.bpmn.instance.IntermediateThrowEvent;
import org.camunda.bpm.model.bpmn.instance.MessageEventDefinition;
import org.camunda.bpm.model.bpmn.instance.MultiInstanceLoopCharacteristics;
import org.camunda.bpm.model.bpmn.instance.ParallelGateway;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.bpmn.instance.SendTask;
import org.camunda.bpm.model.bpmn.instance.ServiceTask;
import org.camunda.bpm.model.bpmn.instance.StartEvent;
import org.camunda.bpm.model.bpmn.instance.TimerEventDefinition;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaProperties;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;
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

  ModelConventions(StepCatalog steps, BeanFactory beans) {
    this.steps = steps;
    this.beans = beans;
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
    below(process, FlowNode.class).forEach(node -> checkContinuation(node, findings));
    below(process, ServiceTask.class).forEach(task -> checkStep(task, findings));
    below(process, BoundaryEvent.class).forEach(event -> checkErrorCode(event, findings));
    below(process, IntermediateThrowEvent.class).forEach(event -> checkFailure(event, findings));
    if (beans(process).contains(Pipelines.ADMISSION)) {
      checkAdmission(process, findings);
    }
    checkParameters(process, findings);
  }

  private static void checkContinuation(FlowNode node, List<String> findings) {
    boolean topLevel = node.getParentElement() instanceof Process;
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
        && node.getIncoming().size() > 1) {
      require(node, node.isCamundaAsyncBefore(), "asynchronous before", findings);
    }
  }

  private static void require(FlowNode node, boolean set, String what, List<String> findings) {
    if (!set) {
      findings.add(
          "%s: tick %s, so that what came before is not run again when it fails"
              .formatted(name(node), what));
    }
  }

  private void checkStep(ServiceTask task, List<String> findings) {
    Optional<String> bean = bean(task);
    if (bean.isEmpty()) {
      return;
    }
    if (!beans.containsBean(bean.get())) {
      List<String> known = List.copyOf(steps.declarations().keySet());
      String hint =
          Spelling.closest(bean.get(), known)
              .map("; did you mean '%s'?"::formatted)
              .orElse("; the steps are " + String.join(", ", known));
      findings.add("%s: there is no step '%s'%s".formatted(name(task), bean.get(), hint));
      return;
    }
    steps
        .find(bean.get())
        .ifPresent(
            step ->
                step.errors().stream()
                    .filter(error -> !isCaught(task, error))
                    .forEach(
                        error ->
                            findings.add(
                                "%s: nothing catches its error %s (%s); attach a boundary error event"
                                    .formatted(name(task), error.code(), error.meaning()))));
  }

  private static boolean isCaught(FlowElement task, ErrorCode error) {
    for (ModelElementInstance scope = task;
        scope instanceof Activity activity;
        scope = scope.getParentElement()) {
      boolean caught =
          boundaryErrors(activity)
              .anyMatch(code -> code.isEmpty() || code.get().equals(error.code()));
      if (caught) {
        return true;
      }
    }
    return false;
  }

  private static Stream<Optional<String>> boundaryErrors(Activity activity) {
    return activity.getParentElement().getChildElementsByType(BoundaryEvent.class).stream()
        .filter(event -> activity.equals(event.getAttachedTo()))
        .flatMap(event -> event.getEventDefinitions().stream())
        .filter(ErrorEventDefinition.class::isInstance)
        .map(definition -> code((ErrorEventDefinition) definition));
  }

  private static Optional<String> code(ErrorEventDefinition definition) {
    return Optional.ofNullable(definition.getError()).map(Error::getErrorCode);
  }

  private void checkErrorCode(BoundaryEvent event, List<String> findings) {
    if (!(event.getAttachedTo() instanceof ServiceTask task)) {
      return;
    }
    Optional<StepDeclaration> step = bean(task).flatMap(steps::find);
    if (step.isEmpty()) {
      return;
    }
    List<String> known = step.get().errors().stream().map(ErrorCode::code).toList();
    event.getEventDefinitions().stream()
        .filter(ErrorEventDefinition.class::isInstance)
        .flatMap(definition -> code((ErrorEventDefinition) definition).stream())
        .filter(code -> !known.contains(code))
        .forEach(
            code ->
                findings.add(
                    "%s: '%s' never ends with the error %s; %s"
                        .formatted(
                            name(event),
                            step.get().name(),
                            code,
                            known.isEmpty()
                                ? "it has no errors"
                                : "its errors are " + String.join(", ", known))));
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

  /** With an unknown step its parameters are unknown too; naming them all would only distract. */
  private void checkParameters(Process process, List<String> findings) {
    if (!beans(process).stream().allMatch(beans::containsBean)) {
      return;
    }
    Map<String, Parameter<?>> parameters = steps.parametersOf(beans(process));
    Map<String, String> given = properties(process);
    given.forEach(
        (property, value) -> {
          Parameter<?> parameter = parameters.get(property);
          if (parameter == null) {
            String hint =
                Spelling.closest(property, parameters.keySet())
                    .map("; did you mean '%s'?"::formatted)
                    .orElse(
                        "; its steps know "
                            + String.join(", ", new TreeSet<>(parameters.keySet())));
            findings.add(
                "%s: there is no parameter '%s'%s".formatted(name(process), property, hint));
          } else {
            checkValue(process, parameter, value, findings);
          }
        });
    if (startsByTimer(process)) {
      parameters.values().stream()
          .filter(parameter -> parameter.required() && !given.containsKey(parameter.name()))
          .forEach(parameter -> checkValue(process, parameter, null, findings));
    }
  }

  private static void checkValue(
      Process process, Parameter<?> parameter, String value, List<String> findings) {
    try {
      parameter.check(value);
    } catch (InvalidParameterException e) {
      findings.add(name(process) + ": " + e.getMessage());
    }
  }

  private static boolean startsByTimer(Process process) {
    return process.getChildElementsByType(StartEvent.class).stream()
        .flatMap(start -> start.getEventDefinitions().stream())
        .anyMatch(TimerEventDefinition.class::isInstance);
  }

  /** A bean that does not exist is most likely a step of ours, misspelled. */
  private boolean usesOurSteps(Process process) {
    return beans(process).stream()
        .anyMatch(bean -> steps.find(bean).isPresent() || !beans.containsBean(bean));
  }

  private static List<String> beans(Process process) {
    return below(process, ServiceTask.class).flatMap(task -> bean(task).stream()).toList();
  }

  private static Optional<String> bean(ServiceTask task) {
    return Optional.ofNullable(task.getCamundaDelegateExpression()).flatMap(StepCatalog::beanOf);
  }

  private static <T extends FlowElement> Stream<T> below(
      ModelElementInstance scope, Class<T> type) {
    Collection<FlowElement> children = scope.getChildElementsByType(FlowElement.class);
    return children.stream()
        .flatMap(
            child ->
                Stream.concat(
                    type.isInstance(child) ? Stream.of(type.cast(child)) : Stream.empty(),
                    below(child, type)));
  }

  private static Map<String, String> properties(BaseElement element) {
    Map<String, String> values = new TreeMap<>();
    if (element.getExtensionElements() != null) {
      element.getExtensionElements().getChildElementsByType(CamundaProperties.class).stream()
          .flatMap(properties -> properties.getCamundaProperties().stream())
          .forEach(property -> values.put(property.getCamundaName(), property.getCamundaValue()));
    }
    return values;
  }

  private static String name(BaseElement element) {
    String name = element.getAttributeValue("name");
    return name == null || name.isBlank() || name.equals(element.getId())
        ? element.getId()
        : "%s '%s'".formatted(element.getId(), name.replaceAll("\\s+", " "));
  }
}
