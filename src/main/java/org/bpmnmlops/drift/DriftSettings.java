package org.bpmnmlops.drift;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.bpmnmlops.data.ColumnType;
import org.bpmnmlops.data.Schema.ColumnSchema;

/**
 * What is asked of a comparison. A column's own rule wins over its type's, and that over the
 * default, separately for method and threshold.
 *
 * @param columns rules by the column's name
 * @param types rules by the column's type, {@link ColumnType#NUMERICAL} or {@link
 *     ColumnType#CATEGORICAL}
 * @param rowsForPValue current rows from which on a column is judged by a p-value, at least 1
 * @param rowsForDistance the same for distances
 * @param driftedShare the data set has drifted from this share of drifted columns on, 0 to 1
 * @param retrainingShare drift asks for retraining above this share, 0 to 1 ...
 * @param retrainingColumns ... and from this number of drifted columns on
 */
public record DriftSettings(
    Map<String, DriftRule> columns,
    Map<ColumnType, DriftRule> types,
    int rowsForPValue,
    int rowsForDistance,
    double driftedShare,
    double retrainingShare,
    int retrainingColumns) {

  public static final DriftSettings DEFAULT =
      new DriftSettings(Map.of(), Map.of(), 100, 500, 0.5, 0.3, 2);

  public DriftSettings {
    columns = Map.copyOf(columns);
    types = Map.copyOf(types);
    types.forEach(
        (type, rule) -> rule.method().ifPresent(method -> check(method, type, "columns of type")));
    atLeastOne("rowsForPValue", rowsForPValue);
    atLeastOne("rowsForDistance", rowsForDistance);
    atLeastOne("retrainingColumns", retrainingColumns);
    share("driftedShare", driftedShare);
    share("retrainingShare", retrainingShare);
  }

  /** The same with other rules per column. */
  public DriftSettings withColumns(Map<String, DriftRule> rules) {
    return new DriftSettings(
        rules,
        types,
        rowsForPValue,
        rowsForDistance,
        driftedShare,
        retrainingShare,
        retrainingColumns);
  }

  /** The same with other rules per type. */
  public DriftSettings withTypes(Map<ColumnType, DriftRule> rules) {
    return new DriftSettings(
        columns,
        rules,
        rowsForPValue,
        rowsForDistance,
        driftedShare,
        retrainingShare,
        retrainingColumns);
  }

  /**
   * @throws IllegalArgumentException when the method someone chose does not fit the column
   */
  void check(ColumnSchema column) {
    if (column.type() == ColumnType.NUMERICAL || column.type() == ColumnType.CATEGORICAL) {
      rule(columns, column.name())
          .flatMap(DriftRule::method)
          .ifPresent(
              method -> check(method, column.type(), "column '" + column.name() + "' of type"));
    }
  }

  DriftMethod method(String column, ColumnType type, int referenceRows, int distinct) {
    Optional<DriftMethod> own = rule(columns, column).flatMap(DriftRule::method);
    return own.or(() -> rule(types, type).flatMap(DriftRule::method))
        .orElseGet(() -> DriftMethod.byDefault(type, referenceRows, distinct));
  }

  double threshold(String column, ColumnType type, DriftMethod method) {
    return rule(columns, column)
        .map(DriftRule::threshold)
        .filter(OptionalDouble::isPresent)
        .or(() -> rule(types, type).map(DriftRule::threshold))
        .filter(OptionalDouble::isPresent)
        .map(OptionalDouble::getAsDouble)
        .orElseGet(method::defaultThreshold);
  }

  int rowsToJudge(DriftMethod method) {
    return method.isPValue() ? rowsForPValue : rowsForDistance;
  }

  private static <K> Optional<DriftRule> rule(Map<K, DriftRule> rules, K key) {
    return Optional.ofNullable(rules.get(key));
  }

  private static void check(DriftMethod method, ColumnType type, String subject) {
    if (!method.appliesTo(type)) {
      throw new IllegalArgumentException(
          "%s cannot judge the drift of %s %s; choose another method"
              .formatted(method.label(), subject, type));
    }
  }

  private static void atLeastOne(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " is at least 1; it was " + value);
    }
  }

  private static void share(String name, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException(name + " is a share from 0 to 1; it was " + value);
    }
  }
}
