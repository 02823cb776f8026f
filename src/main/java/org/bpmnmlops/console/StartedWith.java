package org.bpmnmlops.console;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bpmnmlops.process.RecordedParameters;

/**
 * The filter {@code name=value} on what runs were started with: a variable of that name, or an
 * entry in the record of the parameters that nobody gave.
 */
final class StartedWith {

  private final Map<String, Object> values;
  private final String name;
  private final List<String> variable = new ArrayList<>();
  private final List<String> record = new ArrayList<>();

  private StartedWith(Map<String, Object> values, String name, String value) {
    this.values = values;
    this.name = name;
    variable("v.TEXT_ = :%s", value);
    recorded(value, "");
    if (value.equals("true") || value.equals("false")) {
      variable("v.VAR_TYPE_ = 'boolean' AND v.LONG_ = :%s", value.equals("true") ? 1 : 0);
      recordedUnquoted(Boolean.valueOf(value));
    }
    number(value)
        .ifPresent(
            number -> {
              variable("v.VAR_TYPE_ = 'double' AND v.DOUBLE_ = :%s", number);
              recordedUnquoted(number);
              if (number == Math.rint(number)) {
                recordedUnquoted(number.longValue());
              }
            });
  }

  /**
   * A condition on a run {@code r}.
   *
   * @param filter such as {@code algorithm=xgboost}
   * @param values the condition's values are put here
   * @throws IllegalArgumentException when the filter is not written like that
   */
  static String condition(String filter, Map<String, Object> values) {
    int equals = filter.indexOf('=');
    if (equals <= 0) {
      throw new IllegalArgumentException(
          "The filter parameter is '%s'; expected name=value, such as algorithm=xgboost"
              .formatted(filter));
    }
    return new StartedWith(
            values, filter.substring(0, equals).strip(), filter.substring(equals + 1).strip())
        .sql();
  }

  private String sql() {
    return """
        r.id IN (SELECT v.PROC_INST_ID_ FROM ACT_HI_VARINST v
          WHERE (v.NAME_ = :%s AND (%s)) OR (v.NAME_ = :%s AND (%s)))
        """
        .formatted(
            named(name),
            String.join(" OR ", variable),
            named(RecordedParameters.VARIABLE),
            String.join(" OR ", record));
  }

  private void variable(String condition, Object value) {
    variable.add("(" + condition.formatted(named(value)) + ")");
  }

  /** 1 is not the beginning of 10. */
  private void recordedUnquoted(Object value) {
    recorded(value, ",");
    recorded(value, "}");
  }

  private void recorded(Object value, String end) {
    String fragment =
        RecordedParameters.fragment(name, value)
            .replace("!", "!!")
            .replace("%", "!%")
            .replace("_", "!_");
    record.add("v.TEXT_ LIKE :%s ESCAPE '!'".formatted(named("%" + fragment + end + "%")));
  }

  private String named(Object value) {
    String parameter = "startedWith" + values.size();
    values.put(parameter, value);
    return parameter;
  }

  private static Optional<Double> number(String text) {
    try {
      return Optional.of(Double.valueOf(text));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
