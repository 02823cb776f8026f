package org.bpmnmlops.engine;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.bpmnmlops.process.StepCatalog;
import org.camunda.bpm.model.bpmn.instance.BaseElement;
import org.camunda.bpm.model.bpmn.instance.FlowElement;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.bpmn.instance.ServiceTask;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaProperties;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;

/** Finds in a model what the conventions look at, and names it for people. */
final class ModelElements {

  private ModelElements() {}

  static List<String> beans(Process process) {
    return below(process, ServiceTask.class).flatMap(task -> bean(task).stream()).toList();
  }

  static Optional<String> bean(ServiceTask task) {
    return Optional.ofNullable(task.getCamundaDelegateExpression()).flatMap(StepCatalog::beanOf);
  }

  static <T extends FlowElement> Stream<T> below(ModelElementInstance scope, Class<T> type) {
    Collection<FlowElement> children = scope.getChildElementsByType(FlowElement.class);
    return children.stream()
        .flatMap(
            child ->
                Stream.concat(
                    type.isInstance(child) ? Stream.of(type.cast(child)) : Stream.empty(),
                    below(child, type)));
  }

  static Map<String, String> properties(BaseElement element) {
    Map<String, String> values = new TreeMap<>();
    if (element.getExtensionElements() != null) {
      element.getExtensionElements().getChildElementsByType(CamundaProperties.class).stream()
          .flatMap(properties -> properties.getCamundaProperties().stream())
          .forEach(property -> values.put(property.getCamundaName(), property.getCamundaValue()));
    }
    return values;
  }

  static String name(BaseElement element) {
    String name = element.getAttributeValue("name");
    return name == null || name.isBlank() || name.equals(element.getId())
        ? element.getId()
        : "%s '%s'".formatted(element.getId(), name.replaceAll("\\s+", " "));
  }
}
