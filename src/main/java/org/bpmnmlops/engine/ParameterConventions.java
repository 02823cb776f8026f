package org.bpmnmlops.engine;

import static org.bpmnmlops.engine.ModelElements.beans;
import static org.bpmnmlops.engine.ModelElements.name;
import static org.bpmnmlops.engine.ModelElements.properties;

import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.bpmnmlops.process.InvalidParameterException;
import org.bpmnmlops.process.Parameter;
import org.bpmnmlops.process.StepCatalog;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.bpmn.instance.StartEvent;
import org.camunda.bpm.model.bpmn.instance.TimerEventDefinition;
import org.springframework.beans.factory.BeanFactory;

/** That the properties of a process are parameters of its steps, with values that can be used. */
final class ParameterConventions {

  private final StepCatalog steps;
  private final BeanFactory beans;

  ParameterConventions(StepCatalog steps, BeanFactory beans) {
    this.steps = steps;
    this.beans = beans;
  }

  /** With an unknown step its parameters are unknown too; naming them all would only distract. */
  void check(Process process, List<String> findings) {
    boolean allKnown = beans(process).stream().allMatch(beans::containsBean);
    Map<String, Parameter<?>> parameters = steps.parametersOf(beans(process));
    Map<String, String> given = properties(process);
    given.forEach(
        (property, value) -> {
          Parameter<?> parameter = parameters.get(property);
          if (parameter != null) {
            checkValue(process, parameter, value, findings);
          } else if (allKnown) {
            String hint =
                Spelling.closest(property, parameters.keySet())
                    .map("; did you mean '%s'?"::formatted)
                    .orElse(
                        "; its steps know "
                            + String.join(", ", new TreeSet<>(parameters.keySet())));
            findings.add(
                "%s: there is no parameter '%s'%s".formatted(name(process), property, hint));
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
}
