package org.bpmnmlops.engine;

import static org.bpmnmlops.engine.ModelElements.bean;
import static org.bpmnmlops.engine.ModelElements.beans;
import static org.bpmnmlops.engine.ModelElements.name;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bpmnmlops.process.ErrorCode;
import org.bpmnmlops.process.StepCatalog;
import org.bpmnmlops.process.StepDeclaration;
import org.camunda.bpm.model.bpmn.instance.Activity;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.Error;
import org.camunda.bpm.model.bpmn.instance.ErrorEventDefinition;
import org.camunda.bpm.model.bpmn.instance.FlowElement;
import org.camunda.bpm.model.bpmn.instance.ServiceTask;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;
import org.springframework.beans.factory.BeanFactory;

/** That every task names a step there is, and that its errors are caught, by their codes. */
final class StepConventions {

  private final StepCatalog steps;
  private final BeanFactory beans;

  StepConventions(StepCatalog steps, BeanFactory beans) {
    this.steps = steps;
    this.beans = beans;
  }

  void checkTask(ServiceTask task, List<String> findings) {
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

  void checkErrorCode(BoundaryEvent event, List<String> findings) {
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
}
