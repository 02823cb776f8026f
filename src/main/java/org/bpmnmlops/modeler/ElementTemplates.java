package org.bpmnmlops.modeler;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.bpmnmlops.modeler.ElementTemplate.Binding;
import org.bpmnmlops.modeler.ElementTemplate.ElementType;
import org.bpmnmlops.modeler.ElementTemplate.Field;
import org.bpmnmlops.modeler.ElementTemplate.Group;
import org.bpmnmlops.modeler.ElementTemplate.Output;
import org.bpmnmlops.modeler.ElementTemplate.Scope;
import org.bpmnmlops.modeler.ShippedModels.ConnectorTask;
import org.bpmnmlops.modeler.ShippedModels.ShippedPipeline;
import org.bpmnmlops.process.ErrorCode;
import org.bpmnmlops.process.Parameter;
import org.bpmnmlops.process.ProcessVariable;
import org.bpmnmlops.process.StepCatalog;
import org.bpmnmlops.process.StepDeclaration;
import org.springframework.stereotype.Component;

/**
 * The templates of this installation, derived from what steps declare and from the connector tasks
 * of the shipped diagrams: a template per step, one per connector task, and per shipped pipeline
 * one for its parameters.
 */
@Component
class ElementTemplates {

  private static final String IDS = "org.bpmnmlops.";
  private static final Group STEP = new Group("step", "Step");
  private static final Group PROCESS = new Group("process", "Process");

  private final StepCatalog steps;
  private final ShippedModels models;

  ElementTemplates(StepCatalog steps, ShippedModels models) {
    this.steps = steps;
    this.models = models;
  }

  /** All templates by the name of the file each is kept in. */
  Map<String, ElementTemplate> byFile() {
    Map<String, ElementTemplate> templates = new LinkedHashMap<>();
    models
        .pipelines()
        .forEach(pipeline -> templates.put(pipeline.id() + "-parameters.json", of(pipeline)));
    steps.declarations().forEach((bean, step) -> templates.put(file(step.name()), of(bean, step)));
    models.connectorTasks().forEach(task -> templates.put(file(task.name()), of(task)));
    return templates;
  }

  private static String file(String name) {
    return name.toLowerCase(Locale.ROOT).replace(' ', '-') + ".json";
  }

  private static ElementTemplate of(String bean, StepDeclaration step) {
    return task(
        step.name(),
        description(step),
        List.of(
            Field.hidden("${" + bean + "}", Binding.attribute("camunda:delegateExpression")),
            Field.hidden(true, Binding.attribute("camunda:asyncBefore"))),
        null);
  }

  private static ElementTemplate of(ConnectorTask task) {
    List<Field> fields = new ArrayList<>();
    fields.add(Field.hidden(task.connector(), Binding.attribute("connectorId")));
    task.inputs().forEach((name, value) -> fields.add(Field.hidden(value, Binding.input(name))));
    task.outputs().forEach((name, value) -> fields.add(Field.hidden(name, Output.variable(value))));
    return task(
        task.name(),
        task.documentation() + " Attach a boundary error event for " + task.error() + ".",
        List.of(Field.hidden(true, Binding.attribute("camunda:asyncBefore"))),
        List.of(new Scope("camunda:Connector", fields)));
  }

  private static ElementTemplate task(
      String name, String description, List<Field> hidden, List<Scope> scopes) {
    List<Field> fields = new ArrayList<>();
    fields.add(
        new Field(
            "Name",
            "As it stands in the diagram.",
            "String",
            name,
            null,
            new ElementTemplate.Constraints(true, null),
            STEP.id(),
            Binding.attribute("name")));
    fields.addAll(hidden);
    return new ElementTemplate(
        name,
        IDS + file(name).replace(".json", ""),
        description,
        List.of("bpmn:Task", "bpmn:ServiceTask"),
        new ElementType("bpmn:ServiceTask"),
        List.of(STEP),
        fields,
        scopes);
  }

  private static String description(StepDeclaration step) {
    StringBuilder text = new StringBuilder(step.help());
    if (!step.parameters().isEmpty()) {
      text.append(" Parameters, set on the process: ")
          .append(String.join(", ", step.parameters().stream().map(Parameter::name).toList()))
          .append('.');
    }
    if (!step.outputs().isEmpty()) {
      text.append(" Sets ")
          .append(String.join(", ", step.outputs().stream().map(ProcessVariable::name).toList()))
          .append('.');
    }
    if (!step.errors().isEmpty()) {
      text.append(" Needs a boundary error event for ")
          .append(String.join(" and ", step.errors().stream().map(ErrorCode::code).toList()))
          .append(", on it or on the sub-process around it.");
    }
    return text.toString();
  }

  private ElementTemplate of(ShippedPipeline pipeline) {
    List<Group> groups = new ArrayList<>(List.of(PROCESS));
    List<Field> fields = new ArrayList<>();
    fields.add(
        new Field(
            "historyTimeToLive",
            "How long the engine keeps the history of a run, such as P90D.",
            "String",
            "P90D",
            null,
            new ElementTemplate.Constraints(true, null),
            PROCESS.id(),
            Binding.attribute("camunda:historyTimeToLive")));
    Map<String, Parameter<?>> told = new LinkedHashMap<>();
    for (String bean : pipeline.admissionLast()) {
      StepDeclaration step =
          steps
              .find(bean)
              .orElseThrow(
                  () ->
                      new IllegalStateException(
                          "%s names '%s', which is no step".formatted(pipeline.id(), bean)));
      Group group = new Group(bean.replaceFirst("Delegate$", ""), step.name());
      for (Parameter<?> parameter : step.parameters()) {
        if (told.putIfAbsent(parameter.name(), parameter) == null) {
          fields.add(ParameterField.of(parameter, group.id()));
          if (!groups.contains(group)) {
            groups.add(group);
          }
        }
      }
    }
    return new ElementTemplate(
        "Parameters of " + pipeline.id(),
        IDS + pipeline.id() + ".parameters",
        "The parameters of a pipeline with the steps of %s. A start variable of the same name wins."
            .formatted(pipeline.id()),
        List.of("bpmn:Process"),
        null,
        groups,
        fields,
        null);
  }
}
