package org.bpmnmlops.engine;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.bpmnmlops.process.InvalidParameterException;
import org.bpmnmlops.process.Parameter;
import org.bpmnmlops.process.RecordedParameters;
import org.bpmnmlops.process.StepFaults;
import org.camunda.bpm.engine.BadUserRequestException;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.variable.type.ValueType;
import org.camunda.bpm.engine.variable.value.TypedValue;

/**
 * Types, checks and writes every parameter when a process starts, on whatever way, so that each run
 * records what it ran with. A start variable wins over the property in the diagram, which wins over
 * the declared default. What nobody gave is recorded together (docs/adr/0017).
 */
final class ParameterListener implements ExecutionListener {

  private final List<Parameter<?>> parameters;
  private final Set<String> outputs;
  private final Map<String, String> properties;
  private final Set<String> variables;

  /**
   * @param outputs names of variables that steps set; a start cannot, or a caller would choose
   *     which files a later step reads
   * @param properties of the process in the diagram
   * @param variables names of parameters that become variables of their own, given or not
   */
  ParameterListener(
      Collection<Parameter<?>> parameters,
      Set<String> outputs,
      Map<String, String> properties,
      Set<String> variables) {
    this.parameters = List.copyOf(parameters);
    this.outputs = Set.copyOf(outputs);
    this.properties = Map.copyOf(properties);
    this.variables = Set.copyOf(variables);
  }

  /**
   * Refuses the start.
   *
   * @throws BadUserRequestException that names every parameter that cannot be used
   */
  @Override
  public void notify(DelegateExecution execution) {
    outputs.forEach(execution::removeVariable);
    execution.getVariableNames().stream()
        .filter(ParameterListener::isOfTheRunItself)
        .forEach(execution::removeVariable);
    execution.removeVariable(RecordedParameters.VARIABLE);
    Map<String, Object> recorded = new TreeMap<>();
    List<String> findings = new ArrayList<>(misspelled(execution));
    for (Parameter<?> parameter : parameters) {
      try {
        TypedValue given = execution.getVariableTyped(parameter.name(), false);
        if (given != null && !isPlain(given.getType())) {
          findings.add(
              "Parameter '%s' is of type %s; expected %s"
                  .formatted(parameter.name(), given.getType().getName(), parameter.expected()));
          continue;
        }
        boolean isGiven = given != null && given.getValue() != null;
        Object raw = isGiven ? given.getValue() : properties.get(parameter.name());
        parameter
            .check(raw)
            .ifPresent(
                value -> {
                  if (isGiven || variables.contains(parameter.name())) {
                    execution.setVariable(parameter.name(), value);
                  } else {
                    recorded.put(parameter.name(), value);
                  }
                });
      } catch (InvalidParameterException e) {
        findings.add(e.getMessage());
      }
    }
    if (!findings.isEmpty()) {
      throw new BadUserRequestException(String.join("; ", findings));
    }
    RecordedParameters.write(execution, recorded);
  }

  /** Whether listeners keep it for a run: a caller could make up warnings, or use up attempts. */
  private static boolean isOfTheRunItself(String variable) {
    return StepFaults.isVariable(variable)
        || AttemptListeners.isVariable(variable)
        || RestartedRun.isVariable(variable);
  }

  /** Whether a value is what JSON has: text, number, true or false; files and objects are not. */
  private static boolean isPlain(ValueType type) {
    return type.isPrimitiveValueType() && type != ValueType.BYTES && type != ValueType.FILE;
  }

  /** A misspelled parameter would silently run with the default. */
  private List<String> misspelled(DelegateExecution execution) {
    List<String> findings = new ArrayList<>();
    for (String name : execution.getVariableNames()) {
      if (parameters.stream().noneMatch(parameter -> parameter.name().equals(name))) {
        closest(name)
            .ifPresent(
                parameter ->
                    findings.add(
                        "There is no parameter '%s'; did you mean '%s'?"
                            .formatted(name, parameter)));
      }
    }
    return findings;
  }

  private Optional<String> closest(String name) {
    return Spelling.closest(name, parameters.stream().map(Parameter::name).toList());
  }
}
