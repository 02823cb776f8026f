package org.bpmnmlops.process;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.Map;
import org.camunda.bpm.engine.delegate.VariableScope;

/**
 * The parameters that a run took from its diagram or by default, as one text variable (JSON) rather
 * than a variable each. A variable of a parameter's name wins over what is recorded here.
 */
public final class RecordedParameters {

  public static final String VARIABLE = "parameters";

  /** What the engine's text variables hold. */
  private static final int LONGEST = 4000;

  private static final TypeReference<Map<String, Object>> VALUES = new TypeReference<>() {};
  private static final ObjectMapper JSON = new ObjectMapper();

  private RecordedParameters() {}

  /**
   * Writes values into one variable. Those that do not fit in it become variables of their own.
   *
   * @param values texts, numbers and booleans by name
   */
  public static void write(VariableScope run, Map<String, Object> values) {
    Map<String, Object> kept = new LinkedHashMap<>();
    String text = "";
    for (var value : values.entrySet()) {
      kept.put(value.getKey(), value.getValue());
      String longer = json(kept);
      if (longer.length() > LONGEST) {
        kept.remove(value.getKey());
        run.setVariable(value.getKey(), value.getValue());
      } else {
        text = longer;
      }
    }
    if (!text.isEmpty()) {
      run.setVariable(VARIABLE, text);
    }
  }

  /** What a step finds under a name: the variable, else what is recorded; null without either. */
  static Object value(VariableScope run, String name) {
    Object value = run.getVariable(name);
    return value == null ? read(run.getVariable(VARIABLE)).get(name) : value;
  }

  /** The variables a step sees, the recorded parameters among them. */
  public static Map<String, Object> with(VariableScope run) {
    return with(run.getVariables());
  }

  /**
   * Variables by name, the recorded parameters in the place of their record. Whoever overwrote the
   * record with something else gets that.
   */
  public static Map<String, Object> with(Map<String, Object> variables) {
    Map<String, Object> all = new LinkedHashMap<>(read(variables.get(VARIABLE)));
    all.putAll(variables);
    if (all.size() > variables.size()) {
      all.remove(VARIABLE);
    }
    return all;
  }

  /** The values of a record; none where it is not one. */
  public static Map<String, Object> read(Object text) {
    if (!(text instanceof String record)) {
      return Map.of();
    }
    try {
      Map<String, Object> values = JSON.readValue(record, VALUES);
      if (values == null) {
        return Map.of();
      }
      values.replaceAll(
          (name, value) -> value instanceof Integer whole ? (Long) (long) whole : value);
      return values;
    } catch (JsonProcessingException e) {
      return Map.of();
    }
  }

  /** A part of the record's text that is there when the parameter has this value. */
  public static String fragment(String name, Object value) {
    String entry = json(Map.of(name, value));
    return entry.substring(1, entry.length() - 1);
  }

  private static String json(Map<String, Object> values) {
    try {
      return JSON.writeValueAsString(values);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Texts, numbers and booleans are always JSON", e);
    }
  }
}
