package org.bpmnmlops.console;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bpmnmlops.console.PipelineModel.Flow;
import org.bpmnmlops.console.PipelineModel.ModelParameter;
import org.bpmnmlops.console.PipelineModel.ModelStep;
import org.bpmnmlops.process.InvalidParameterException;
import org.bpmnmlops.process.Parameter;
import org.bpmnmlops.process.PipelineVariables;
import org.bpmnmlops.process.ProcessVariable;
import org.bpmnmlops.process.StepCatalog;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.Activity;
import org.camunda.bpm.model.bpmn.instance.BaseElement;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.CallActivity;
import org.camunda.bpm.model.bpmn.instance.Documentation;
import org.camunda.bpm.model.bpmn.instance.ExclusiveGateway;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.IntermediateCatchEvent;
import org.camunda.bpm.model.bpmn.instance.IntermediateThrowEvent;
import org.camunda.bpm.model.bpmn.instance.LinkEventDefinition;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.camunda.bpm.model.bpmn.instance.ServiceTask;
import org.camunda.bpm.model.bpmn.instance.StartEvent;
import org.camunda.bpm.model.bpmn.instance.SubProcess;
import org.camunda.bpm.model.bpmn.instance.Task;
import org.camunda.bpm.model.bpmn.instance.TimerEventDefinition;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaProperties;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaProperty;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;
import org.springframework.stereotype.Component;

/** Reads deployed models; the engine checks that the caller may see them. */
@Component
class PipelineModels {

  private final RepositoryService repository;
  private final StepCatalog catalog;

  PipelineModels(RepositoryService repository, StepCatalog catalog) {
    this.repository = repository;
    this.catalog = catalog;
  }

  PipelineModel of(ProcessDefinition definition) {
    BpmnModelInstance model = repository.getBpmnModelInstance(definition.getId());
    Process process = model.getModelElementById(definition.getKey());
    Map<String, List<FlowNode>> arrows = arrows(model);
    List<String> beans =
        model.getModelElementsByType(ServiceTask.class).stream()
            .map(ServiceTask::getCamundaDelegateExpression)
            .filter(expression -> expression != null)
            .flatMap(expression -> StepCatalog.beanOf(expression).stream())
            .toList();
    return new PipelineModel(
        definition.getId(),
        definition.getName() == null ? definition.getKey() : definition.getName(),
        documentation(process),
        steps(model, process, arrows),
        retryTimers(model, arrows),
        parameters(catalog.parametersOf(beans), properties(process)),
        catalog.outputsOf(beans),
        model.getModelElementsByType(SequenceFlow.class).stream()
            .map(PipelineModels::flow)
            .toList());
  }

  private static Flow flow(SequenceFlow flow) {
    return new Flow(
        flow.getId(),
        flow.getSource().getId(),
        flow.getTarget().getId(),
        flow.getSource() instanceof ExclusiveGateway);
  }

  private static String documentation(BaseElement element) {
    return element.getDocumentations().stream()
        .map(Documentation::getTextContent)
        .findFirst()
        .map(String::strip)
        .orElse("");
  }

  private static Map<String, String> properties(BaseElement element) {
    Map<String, String> values = new LinkedHashMap<>();
    if (element.getExtensionElements() != null) {
      element
          .getExtensionElements()
          .getElementsQuery()
          .filterByType(CamundaProperties.class)
          .list()
          .stream()
          .flatMap(properties -> properties.getCamundaProperties().stream())
          .forEach(
              (CamundaProperty property) ->
                  values.put(property.getCamundaName(), property.getCamundaValue()));
    }
    return values;
  }

  private static List<ModelParameter> parameters(
      Map<String, Parameter<?>> declared, Map<String, String> properties) {
    Set<String> names = new LinkedHashSet<>(properties.keySet());
    names.retainAll(declared.keySet());
    names.addAll(declared.keySet());
    return names.stream()
        .map(declared::get)
        .map(parameter -> parameter(parameter, properties.get(parameter.name())))
        .toList();
  }

  private static <T> ModelParameter parameter(Parameter<T> parameter, String inDiagram) {
    return new ModelParameter(
        parameter.name(),
        parameter.kind().name().toLowerCase(Locale.ROOT),
        parameter.help(),
        parameter.required(),
        value(parameter, inDiagram).orElse(null),
        parameter.expected(),
        parameter.min().orElse(null),
        parameter.max().orElse(null),
        parameter.choices());
  }

  /** An old version may hold a value that is refused today; its runs would tell. */
  private static <T> Optional<?> value(Parameter<T> parameter, String inDiagram) {
    if (inDiagram == null || inDiagram.isBlank()) {
      return parameter.defaultValue();
    }
    try {
      return parameter.check(inDiagram);
    } catch (InvalidParameterException e) {
      return Optional.of(inDiagram);
    }
  }

  private static Map<String, String> retryTimers(
      BpmnModelInstance model, Map<String, List<FlowNode>> arrows) {
    Map<String, String> timers = new HashMap<>();
    for (IntermediateCatchEvent event :
        model.getModelElementsByType(IntermediateCatchEvent.class)) {
      if (event.getEventDefinitions().stream().anyMatch(TimerEventDefinition.class::isInstance)) {
        targets(event, arrows)
            .filter(PipelineModels::isStep)
            .forEach(step -> timers.put(event.getId(), step.getId()));
      }
    }
    return timers;
  }

  private List<ModelStep> steps(
      BpmnModelInstance model, Process process, Map<String, List<FlowNode>> arrows) {
    Map<String, List<FlowNode>> boundary = new HashMap<>();
    for (BoundaryEvent event : model.getModelElementsByType(BoundaryEvent.class)) {
      boundary.computeIfAbsent(event.getAttachedTo().getId(), id -> new ArrayList<>()).add(event);
    }
    return new Walk(boundary, arrows).from(process).stream().map(this::step).toList();
  }

  private ModelStep step(FlowNode node) {
    Optional<String> bean =
        node instanceof ServiceTask task && task.getCamundaDelegateExpression() != null
            ? StepCatalog.beanOf(task.getCamundaDelegateExpression())
            : Optional.empty();
    Set<String> outputs =
        bean.flatMap(catalog::find).stream()
            .flatMap(declaration -> declaration.outputs().stream())
            .map(ProcessVariable::name)
            .collect(Collectors.toSet());
    return new ModelStep(
        node.getId(),
        node.getName() == null ? node.getId() : node.getName(),
        node.getElementType().getTypeName(),
        isRepeated(node),
        outputs);
  }

  private static boolean isRepeated(ModelElementInstance node) {
    return node != null
        && (node instanceof Activity activity && activity.getLoopCharacteristics() != null
            || isRepeated(node.getParentElement()));
  }

  private static boolean isStep(FlowNode node) {
    return node instanceof Task || node instanceof CallActivity;
  }

  /**
   * Where the arrows of each node lead, by its id. Read from the arrows, as the engine does: nodes
   * need not name those that leave them.
   */
  private static Map<String, List<FlowNode>> arrows(BpmnModelInstance model) {
    return model.getModelElementsByType(SequenceFlow.class).stream()
        .collect(
            Collectors.groupingBy(
                flow -> flow.getSource().getId(),
                Collectors.mapping(SequenceFlow::getTarget, Collectors.toList())));
  }

  private static Stream<FlowNode> targets(FlowNode node, Map<String, List<FlowNode>> arrows) {
    return arrows.getOrDefault(node.getId(), List.of()).stream();
  }

  /** Goes along the arrows, first along those that no failure leads to. */
  private static final class Walk {

    private final Map<String, List<FlowNode>> boundary;
    private final Map<String, List<FlowNode>> arrows;
    private final List<FlowNode> steps = new ArrayList<>();
    private final Set<String> seen = new LinkedHashSet<>();
    private final Deque<FlowNode> later = new ArrayDeque<>();

    Walk(Map<String, List<FlowNode>> boundary, Map<String, List<FlowNode>> arrows) {
      this.boundary = boundary;
      this.arrows = arrows;
    }

    List<FlowNode> from(Process process) {
      along(List.copyOf(process.getChildElementsByType(StartEvent.class)));
      while (!later.isEmpty()) {
        along(List.of(later.poll()));
      }
      // What no arrow leads to: event sub-processes and handlers of compensation.
      process.getChildElementsByType(Activity.class).stream()
          .sorted(Comparator.comparing(Activity::getId))
          .forEach(activity -> along(List.of(activity)));
      return steps;
    }

    private void along(List<? extends FlowNode> from) {
      for (FlowNode node : inOrder(from)) {
        if (isStep(node)) {
          steps.add(node);
        }
        later.addAll(boundary.getOrDefault(node.getId(), List.of()));
        targets(node, arrows).filter(Walk::isFailure).forEach(later::add);
      }
    }

    /** Each after all that lead to it, but for those that lead back. */
    private Collection<FlowNode> inOrder(List<? extends FlowNode> from) {
      Deque<FlowNode> order = new ArrayDeque<>();
      Set<String> left = new HashSet<>();
      Deque<FlowNode> open = new ArrayDeque<>();
      from.stream().filter(node -> !seen.contains(node.getId())).forEach(open::push);
      while (!open.isEmpty()) {
        FlowNode node = open.peek();
        if (seen.add(node.getId())) {
          next(node).filter(target -> !seen.contains(target.getId())).forEach(open::push);
        } else {
          open.pop();
          if (left.add(node.getId())) {
            order.push(node);
          }
        }
      }
      return order;
    }

    private Stream<FlowNode> next(FlowNode node) {
      Stream<FlowNode> inner =
          node instanceof SubProcess sub
              ? sub.getChildElementsByType(StartEvent.class).stream().map(FlowNode.class::cast)
              : Stream.empty();
      return Stream.of(
              inner, targets(node, arrows).filter(target -> !isFailure(target)), linked(node))
          .flatMap(targets -> targets);
    }

    private static boolean isFailure(FlowNode node) {
      return properties(node).containsKey(PipelineVariables.FAILURE_CODE.name());
    }

    /** Where a link goes on that is thrown here. */
    private static Stream<FlowNode> linked(FlowNode node) {
      return node instanceof IntermediateThrowEvent
          ? node.getParentElement().getChildElementsByType(IntermediateCatchEvent.class).stream()
              .filter(caught -> link(caught).isPresent() && link(caught).equals(link(node)))
              .map(FlowNode.class::cast)
          : Stream.empty();
    }

    private static Optional<String> link(FlowNode event) {
      return event.getChildElementsByType(LinkEventDefinition.class).stream()
          .map(LinkEventDefinition::getName)
          .findFirst();
    }
  }
}
