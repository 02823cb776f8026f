package org.bpmnmlops.drift;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.bpmnmlops.data.ColumnType;
import org.bpmnmlops.data.InvalidDataException;
import org.bpmnmlops.data.Schema;
import org.bpmnmlops.process.Parameter;

/** The parameters of every step that judges drift; a process has one property for all of them. */
public final class DriftParameters {

  private static final String BY_RULE = "default";

  public static final Parameter<String> NUMERICAL_METHOD =
      method("numericalMethod", ColumnType.NUMERICAL, "numerical");
  public static final Parameter<String> CATEGORICAL_METHOD =
      method("categoricalMethod", ColumnType.CATEGORICAL, "categorical");
  public static final Parameter<Double> NUMERICAL_THRESHOLD =
      threshold("numericalThreshold", "numerical");
  public static final Parameter<Double> CATEGORICAL_THRESHOLD =
      threshold("categoricalThreshold", "categorical");
  public static final Parameter<String> COLUMN_RULES =
      Parameter.text(
          "columnRules",
          "Method, threshold or both for single columns; wins over the column's type.",
          text -> {
            rules(text);
            return text;
          },
          "rules such as 'TV: psi 0.25; radio: 0.01' with the methods "
              + String.join(", ", names()));
  public static final Parameter<Double> DRIFTED_SHARE =
      Parameter.number(
              "driftedShare",
              "The data set has drifted from this share of drifted among judged columns on.")
          .between(0.01, 1.0)
          .byDefault(DriftSettings.DEFAULT.driftedShare());
  public static final Parameter<Long> MINIMUM_ROWS =
      Parameter.wholeNumber(
              "minimumRows",
              "Production rows with a value from which on a column is judged by a p-value"
                  + " (Kolmogorov-Smirnov, chi-square, Z).")
          .between(1L, 1_000_000L)
          .byDefault((long) DriftSettings.DEFAULT.rowsForPValue());
  public static final Parameter<Long> MINIMUM_ROWS_FOR_DISTANCES =
      Parameter.wholeNumber(
              "minimumRowsForDistances", "The same for columns judged by a distance, all others.")
          .between(1L, 1_000_000L)
          .byDefault((long) DriftSettings.DEFAULT.rowsForDistance());

  private DriftParameters() {}

  /** All of them, for a step's declaration. */
  public static List<Parameter<?>> all() {
    return List.of(
        NUMERICAL_METHOD,
        NUMERICAL_THRESHOLD,
        CATEGORICAL_METHOD,
        CATEGORICAL_THRESHOLD,
        COLUMN_RULES,
        DRIFTED_SHARE,
        MINIMUM_ROWS,
        MINIMUM_ROWS_FOR_DISTANCES);
  }

  /**
   * What a run asks of a comparison.
   *
   * @param variables of the run, the parameters among them
   * @param schema the columns that are compared
   * @throws InvalidDataException when a rule means a column that is not compared, or a method or
   *     threshold that does not fit
   */
  public static DriftSettings settings(Map<String, Object> variables, Schema schema) {
    Map<String, DriftRule> rules =
        value(COLUMN_RULES, variables).map(DriftParameters::rules).orElse(Map.of());
    for (String column : rules.keySet()) {
      if (schema.find(column).isEmpty()) {
        throw new InvalidDataException(
            "The parameter columnRules has a rule for '%s'; the columns compared are %s"
                .formatted(column, String.join(", ", schema.names())));
      }
    }
    try {
      DriftSettings settings =
          new DriftSettings(
              rules,
              Map.of(
                  ColumnType.NUMERICAL,
                  rule(value(NUMERICAL_METHOD, variables), value(NUMERICAL_THRESHOLD, variables)),
                  ColumnType.CATEGORICAL,
                  rule(
                      value(CATEGORICAL_METHOD, variables),
                      value(CATEGORICAL_THRESHOLD, variables))),
              value(MINIMUM_ROWS, variables).orElseThrow().intValue(),
              value(MINIMUM_ROWS_FOR_DISTANCES, variables).orElseThrow().intValue(),
              value(DRIFTED_SHARE, variables).orElseThrow(),
              DriftSettings.DEFAULT.retrainingShare(),
              DriftSettings.DEFAULT.retrainingColumns());
      schema.columns().stream()
          .filter(column -> rules.containsKey(column.name()))
          .forEach(column -> settings.method(column.name(), column.type(), 1, 1));
      return settings;
    } catch (IllegalArgumentException e) {
      throw new InvalidDataException("The parameters of drift do not fit: " + e.getMessage(), e);
    }
  }

  private static <T> Optional<T> value(Parameter<T> parameter, Map<String, Object> variables) {
    return parameter.check(variables.get(parameter.name()));
  }

  private static DriftRule rule(Optional<String> method, Optional<Double> threshold) {
    return new DriftRule(
        method.filter(name -> !name.equals(BY_RULE)).map(DriftParameters::named),
        threshold.map(OptionalDouble::of).orElse(OptionalDouble.empty()));
  }

  /**
   * The rules of single columns.
   *
   * @param text rules such as {@code TV: psi 0.25; radio: 0.01}; a column's name may hold colons
   * @throws IllegalArgumentException when it is written otherwise
   */
  public static Map<String, DriftRule> rules(String text) {
    Map<String, DriftRule> rules = new LinkedHashMap<>();
    for (String part : text.split(";")) {
      if (part.isBlank()) {
        continue;
      }
      int colon = part.lastIndexOf(':');
      String column = colon < 0 ? "" : part.substring(0, colon).strip();
      if (column.isEmpty() || rules.put(column, columnRule(part.substring(colon + 1))) != null) {
        throw new IllegalArgumentException(part);
      }
    }
    return rules;
  }

  private static DriftRule columnRule(String text) {
    List<String> words = List.of(text.strip().split("\\s+"));
    if (words.size() > 2) {
      throw new IllegalArgumentException(text);
    }
    String last = words.get(words.size() - 1);
    boolean named = last.chars().anyMatch(Character::isLetter);
    if (words.size() == 1 && named) {
      return DriftRule.of(named(last));
    }
    double threshold = Double.parseDouble(last);
    return words.size() == 1
        ? DriftRule.of(threshold)
        : DriftRule.of(named(words.get(0)), threshold);
  }

  private static Parameter<String> method(String name, ColumnType type, String columns) {
    return Parameter.choice(
            name,
            Stream.concat(
                    Stream.of(BY_RULE),
                    Arrays.stream(DriftMethod.values())
                        .filter(method -> method.appliesTo(type))
                        .map(DriftParameters::name))
                .toList(),
            "How the drift of %s columns is measured; default chooses by rows and distinct values."
                .formatted(columns))
        .byDefault(BY_RULE);
  }

  private static Parameter<Double> threshold(String name, String columns) {
    return Parameter.number(
            name,
            "Drift of %s columns: a p-value up to here, or a distance from here on; by default 0.05 and 0.1."
                .formatted(columns))
        .between(1e-9, 1000.0);
  }

  private static List<String> names() {
    return Arrays.stream(DriftMethod.values()).map(DriftParameters::name).toList();
  }

  private static String name(DriftMethod method) {
    return method.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static DriftMethod named(String name) {
    return DriftMethod.valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
  }
}
