package org.bpmnmlops.process;

import java.util.Optional;
import org.camunda.bpm.engine.delegate.VariableScope;

/**
 * A variable that steps hand to each other, with its one name and type.
 *
 * @param name as seen in Cockpit and over REST
 * @param type {@code String}, {@code Long}, {@code Double} or {@code Boolean}
 * @param help one sentence for whoever reads the variable in Cockpit: what it holds, and its unit
 */
public record ProcessVariable<T>(String name, Class<T> type, String help) {

  public static ProcessVariable<String> text(String name, String help) {
    return new ProcessVariable<>(name, String.class, help);
  }

  public static ProcessVariable<Long> wholeNumber(String name, String help) {
    return new ProcessVariable<>(name, Long.class, help);
  }

  public static ProcessVariable<Double> number(String name, String help) {
    return new ProcessVariable<>(name, Double.class, help);
  }

  public static ProcessVariable<Boolean> yesOrNo(String name, String help) {
    return new ProcessVariable<>(name, Boolean.class, help);
  }

  /**
   * The value.
   *
   * @throws IllegalStateException when no earlier step set it, or it was overwritten with another
   *     type
   */
  public T get(VariableScope scope) {
    return find(scope)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "Variable '%s' is not set: the step that sets it has not run before this one"
                        .formatted(name)));
  }

  /** The value, or empty when the variable is not set or null. */
  public Optional<T> find(VariableScope scope) {
    Object value = RecordedParameters.value(scope, name);
    if (value == null) {
      return Optional.empty();
    }
    if (type == Long.class && value instanceof Integer number) {
      return Optional.of(type.cast(number.longValue()));
    }
    if (!type.isInstance(value)) {
      throw new IllegalStateException(
          "Variable '%s' holds %s; expected %s"
              .formatted(name, value.getClass().getSimpleName(), type.getSimpleName()));
    }
    return Optional.of(type.cast(value));
  }

  /** Sets the value on the run, wherever in the model the step stands. */
  public void set(VariableScope scope, T value) {
    scope.setVariable(name, value);
  }

  /** Sets the value; an empty text, which tells nothing, is no variable at all. */
  public void tell(VariableScope scope, T value) {
    if ("".equals(value)) {
      scope.removeVariable(name);
    } else {
      set(scope, value);
    }
  }
}
