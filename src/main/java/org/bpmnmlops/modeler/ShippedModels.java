package org.bpmnmlops.modeler;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.bpmnmlops.process.StepCatalog;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.Documentation;
import org.camunda.bpm.model.bpmn.instance.ErrorEventDefinition;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.bpmn.instance.ServiceTask;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaConnector;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaInputOutput;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.stereotype.Component;

/** The diagrams that travel in the jar, as far as templates are made from them. */
@Component
class ShippedModels {

  private static final String ADMISSION = "admitRunDelegate";

  /**
   * A process with "Admit run".
   *
   * @param beans of its steps in the order of the diagram, each once
   */
  record ShippedPipeline(String id, List<String> beans) {

    /** What is special to a pipeline first, what all of them have last. */
    List<String> admissionLast() {
      return beans.stream().sorted(Comparator.comparing(ADMISSION::equals)).toList();
    }
  }

  /**
   * A service task that a Camunda Connect connector carries out.
   *
   * @param error the code of the boundary error event at it
   */
  record ConnectorTask(
      String name,
      String documentation,
      String connector,
      Map<String, String> inputs,
      Map<String, String> outputs,
      String error) {}

  private final List<BpmnModelInstance> models;

  ShippedModels() {
    this.models = read();
  }

  List<ShippedPipeline> pipelines() {
    return models.stream().flatMap(ShippedModels::pipelines).toList();
  }

  private static Stream<ShippedPipeline> pipelines(BpmnModelInstance model) {
    return model.getModelElementsByType(Process.class).stream()
        .map(process -> new ShippedPipeline(process.getId(), beans(process)))
        .filter(pipeline -> pipeline.beans().contains(ADMISSION));
  }

  /**
   * The pipelines' connector tasks with a boundary error event, by name.
   *
   * @throws IllegalStateException when two tasks of one name do different things
   */
  List<ConnectorTask> connectorTasks() {
    Map<String, ConnectorTask> tasks = new TreeMap<>();
    for (BpmnModelInstance model : models) {
      if (pipelines(model).findAny().isEmpty()) {
        continue;
      }
      for (ServiceTask task : model.getModelElementsByType(ServiceTask.class)) {
        connectorTask(task)
            .ifPresent(
                found -> {
                  ConnectorTask other = tasks.putIfAbsent(found.name(), found);
                  if (other != null && !other.equals(found)) {
                    throw new IllegalStateException(
                        "Two shipped diagrams have a task '%s' that does different things"
                            .formatted(found.name()));
                  }
                });
      }
    }
    return List.copyOf(tasks.values());
  }

  private static List<String> beans(Process process) {
    return process
        .getModelInstance()
        .getModelElementsByType(process.getModelInstance().getModel().getType(ServiceTask.class))
        .stream()
        .map(task -> ((ServiceTask) task).getCamundaDelegateExpression())
        .filter(java.util.Objects::nonNull)
        .flatMap(expression -> StepCatalog.beanOf(expression).stream())
        .distinct()
        .toList();
  }

  private static Optional<ConnectorTask> connectorTask(ServiceTask task) {
    Optional<String> error = caught(task);
    if (task.getExtensionElements() == null || error.isEmpty()) {
      return Optional.empty();
    }
    return task.getExtensionElements().getChildElementsByType(CamundaConnector.class).stream()
        .findFirst()
        .map(
            connector -> {
              Map<String, String> inputs = new LinkedHashMap<>();
              Map<String, String> outputs = new LinkedHashMap<>();
              CamundaInputOutput mapping = connector.getCamundaInputOutput();
              mapping
                  .getCamundaInputParameters()
                  .forEach(input -> inputs.put(input.getCamundaName(), input.getTextContent()));
              mapping
                  .getCamundaOutputParameters()
                  .forEach(output -> outputs.put(output.getCamundaName(), output.getTextContent()));
              return new ConnectorTask(
                  task.getName(),
                  documentation(task),
                  connector.getCamundaConnectorId().getTextContent(),
                  inputs,
                  outputs,
                  error.get());
            });
  }

  private static Optional<String> caught(ServiceTask task) {
    return task
        .getModelInstance()
        .getModelElementsByType(task.getModelInstance().getModel().getType(BoundaryEvent.class))
        .stream()
        .map(BoundaryEvent.class::cast)
        .filter(event -> task.equals(event.getAttachedTo()))
        .flatMap(event -> event.getEventDefinitions().stream())
        .filter(ErrorEventDefinition.class::isInstance)
        .map(definition -> ((ErrorEventDefinition) definition).getError().getErrorCode())
        .findFirst();
  }

  private static String documentation(ServiceTask task) {
    List<String> texts = new ArrayList<>();
    for (Documentation documentation : task.getDocumentations()) {
      texts.add(documentation.getTextContent().strip());
    }
    return String.join(" ", texts);
  }

  private static List<BpmnModelInstance> read() {
    try {
      Resource[] files =
          new PathMatchingResourcePatternResolver().getResources("classpath*:processes/*.bpmn");
      List<BpmnModelInstance> models = new ArrayList<>();
      for (Resource file :
          Arrays.stream(files).sorted(Comparator.comparing(Resource::getFilename)).toList()) {
        try (InputStream in = file.getInputStream()) {
          models.add(Bpmn.readModelFromStream(in));
        }
      }
      return models;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the shipped diagrams: " + e.getMessage(), e);
    }
  }
}
