package org.bpmnmlops.decision;

import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.bpmnmlops.decision.DecisionTable.Column;
import org.bpmnmlops.process.Parameter;
import org.bpmnmlops.process.StepCatalog;

/**
 * What a table may look at, each with an example of its type for cells to be tried on: its own
 * columns, and what steps of this installation read and set.
 */
final class ExampleFacts {

  private final Map<String, Object> examples = new HashMap<>();
  private final Set<String> ofUnknownType = new HashSet<>();

  /**
   * @param live what this table looks at exists, whatever the steps say: its process may have
   *     variables of its own
   */
  ExampleFacts(StepCatalog steps, DecisionTable live) {
    steps
        .declarations()
        .values()
        .forEach(
            step -> {
              step.parameters().forEach(each -> examples.put(each.name(), example(each.kind())));
              step.outputs().forEach(each -> examples.put(each.name(), example(each.type())));
            });
    live.inputs().forEach(column -> put(column.name(), example(column)));
    live.rules()
        .forEach(
            rule -> {
              rule.inputs().forEach(text -> putNames(text, true));
              rule.outputs().forEach(text -> putNames(text, false));
            });
  }

  Map<String, Object> all() {
    return Collections.unmodifiableMap(examples);
  }

  Object of(Column input) {
    return examples.get(input.name());
  }

  boolean isKnown(String name) {
    return examples.containsKey(name);
  }

  boolean hasTypeOf(String name) {
    return isKnown(name) && !ofUnknownType.contains(name);
  }

  private void putNames(String text, boolean condition) {
    Cell.namesIn(text, condition).forEach(name -> put(name, null));
  }

  private void put(String name, Object example) {
    if (example != null) {
      examples.put(name, example);
    } else if (!examples.containsKey(name)) {
      examples.put(name, 1L);
      ofUnknownType.add(name);
    }
  }

  private static Object example(Parameter.Kind kind) {
    return switch (kind) {
      case WHOLE_NUMBER -> 1L;
      case NUMBER -> 1.0;
      case YES_OR_NO -> true;
      case TEXT, CHOICE, DURATION, DATE -> "text";
    };
  }

  private static Object example(Class<?> type) {
    return List.<Object>of(1L, 1.0, true, "text").stream()
        .filter(type::isInstance)
        .findFirst()
        .orElse(null);
  }

  private static Object example(Column column) {
    return switch (String.valueOf(column.type()).toLowerCase(Locale.ROOT)) {
      case "integer", "long" -> 1L;
      case "double", "number" -> 1.0;
      case "boolean" -> true;
      case "string" -> "text";
      default -> null;
    };
  }
}
