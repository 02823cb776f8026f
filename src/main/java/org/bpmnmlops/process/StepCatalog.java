package org.bpmnmlops.process;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/** All steps of this installation by the name a model calls them with. */
@Component
public class StepCatalog {

  private static final Pattern BEAN = Pattern.compile("[$#]\\{\\s*(\\w+)\\s*}");

  private final Map<String, Step> steps;

  StepCatalog(Map<String, Step> steps) {
    this.steps = new TreeMap<>(steps);
    parametersOf(this.steps.keySet());
  }

  /** The bean a delegate expression such as <code>${buildModelDelegate}</code> names. */
  public static Optional<String> beanOf(String delegateExpression) {
    Matcher matcher = BEAN.matcher(delegateExpression);
    return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  public Optional<StepDeclaration> find(String bean) {
    return Optional.ofNullable(steps.get(bean)).map(Step::declaration);
  }

  /** Every step's declaration by its bean's name, in alphabetical order. */
  public Map<String, StepDeclaration> declarations() {
    Map<String, StepDeclaration> declarations = new LinkedHashMap<>();
    steps.forEach((bean, step) -> declarations.put(bean, step.declaration()));
    return declarations;
  }

  /**
   * The parameters of a process with these steps, by name; beans that are no steps have none.
   *
   * @throws IllegalStateException when two steps declare one name differently: a process has one
   *     property for both
   */
  public Map<String, Parameter<?>> parametersOf(Collection<String> beans) {
    Map<String, Parameter<?>> parameters = new LinkedHashMap<>();
    for (String bean : beans) {
      if (!steps.containsKey(bean)) {
        continue;
      }
      for (Parameter<?> parameter : steps.get(bean).declaration().parameters()) {
        Parameter<?> other = parameters.putIfAbsent(parameter.name(), parameter);
        if (other != null && other != parameter) {
          throw new IllegalStateException(
              "Parameter '%s' is declared twice; let the steps share one constant"
                  .formatted(parameter.name()));
        }
      }
    }
    for (String bean : beans) {
      if (steps.containsKey(bean)) {
        steps
            .get(bean)
            .narrowed()
            .forEach(narrowed -> parameters.replace(narrowed.name(), narrowed));
      }
    }
    return parameters;
  }

  /** The names of the variables that a process with these steps sets, and of those of a failure. */
  public Set<String> outputsOf(Collection<String> beans) {
    Set<String> outputs = new TreeSet<>();
    outputs.add(PipelineVariables.FAILURE_CODE.name());
    outputs.add(PipelineVariables.FAILURE_MESSAGE.name());
    for (String bean : beans) {
      find(bean).ifPresent(step -> step.outputs().forEach(output -> outputs.add(output.name())));
    }
    return outputs;
  }
}
