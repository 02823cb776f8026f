package org.bpmnmlops.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** Refuses data from which no model can be learned. */
final class Trainability {

  private Trainability() {}

  /**
   * @throws InvalidDataException when the target is not there, is no set of classes, has fewer than
   *     two classes, or a class has fewer than two rows
   */
  static void checkTarget(
      Table table, Schema schema, String target, Optional<PositiveAbove> positiveAbove) {
    String source = table.source();
    ColumnType type =
        schema.find(target).orElseThrow(() -> noTarget(source, schema, target)).type();
    Column column = table.column(target);
    if (positiveAbove.isPresent()) {
      checkClasses(source, target, Labels.of(column, positiveAbove, null, source), null, "");
      return;
    }
    if (type == ColumnType.FREE_TEXT || type == ColumnType.DATE) {
      throw new InvalidDataException(
          "%s: target '%s' holds %s such as '%s'; expected a few classes. Name another target"
              .formatted(
                  source,
                  target,
                  type == ColumnType.DATE ? "dates" : "text that hardly repeats",
                  ColumnBuilder.shorten(((TextColumn) column).levels().get(0))));
    }
    if (column instanceof NumericColumn numbers) {
      int distinct = Numbers.distinct(numbers.values(), null, Labels.MOST_NUMERIC_CLASSES);
      if (distinct > Labels.MOST_NUMERIC_CLASSES) {
        throw new InvalidDataException(
            ("%s: target '%s' looks like a regression target: a number with more than %d distinct"
                    + " values; expected classes. Set 'positiveAbove' to a number, or to median, to"
                    + " predict whether it lies above")
                .formatted(source, target, Labels.MOST_NUMERIC_CLASSES));
      }
    }
    checkClasses(source, target, Labels.of(column), null, "");
  }

  /**
   * @param rows that count; null for all
   * @param when for the message: what happened to the rows before, or nothing
   */
  static void checkClasses(String source, String target, Labels labels, int[] rows, String when) {
    int[] counts = labels.counts(rows);
    List<String> present = new ArrayList<>();
    List<String> single = new ArrayList<>();
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] > 0) {
        present.add(labels.classes().get(i));
      }
      if (counts[i] == 1) {
        single.add(labels.classes().get(i));
      }
    }
    if (present.isEmpty()) {
      throw new InvalidDataException(
          "%s: target '%s' has no values%s; expected at least two classes"
              .formatted(source, target, when));
    }
    if (present.size() == 1) {
      throw new InvalidDataException(
          ("%s: target '%s' has only one class, '%s'%s; expected at least two. Add rows of another"
                  + " class, or name another target")
              .formatted(source, target, ColumnBuilder.shorten(present.get(0)), when));
    }
    if (!single.isEmpty()) {
      throw new InvalidDataException(
          ("%s: target '%s' has only one row of class %s%s; expected at least two of each class, one"
                  + " to learn from and one to evaluate. Add rows, or remove the class")
              .formatted(source, target, CsvRows.shown(quoted(single)), when));
    }
  }

  /**
   * @param exclude columns nothing is learned from
   * @throws InvalidDataException when none is left beside the target
   */
  static void checkExcluded(Table table, String target, Set<String> exclude) {
    List<String> others =
        table.columns().stream().map(Column::name).filter(name -> !name.equals(target)).toList();
    if (exclude.containsAll(others)) {
      throw new InvalidDataException(
          ("%s: no column is left to learn from: 'exclude' names %s. Take one out of it, or add"
                  + " columns")
              .formatted(table.source(), CsvRows.shown(others)));
    }
  }

  /**
   * @param rows that count; null for all
   * @throws InvalidDataException when no column tells rows apart
   */
  static void checkFeatures(String source, List<Column> features, int[] rows, String when) {
    if (features.stream().noneMatch(column -> varies(column, rows))) {
      long empty = features.stream().filter(column -> isEmpty(column, rows)).count();
      String what =
          empty == features.size()
              ? "is empty"
              : empty == 0 ? "has one value only" : "has one value only, or none";
      throw new InvalidDataException(
          ("%s: every column to learn from (%s) %s%s; expected at least one that varies. Add rows or"
                  + " columns")
              .formatted(
                  source, CsvRows.shown(features.stream().map(Column::name).toList()), what, when));
    }
  }

  /** The values that are not missing, as a copy. */
  static double[] present(double[] values, int[] rows, String source, String target) {
    double[] present =
        (rows == null ? Arrays.stream(values) : Arrays.stream(rows).mapToDouble(r -> values[r]))
            .filter(v -> !Double.isNaN(v))
            .toArray();
    if (present.length == 0) {
      throw new InvalidDataException(
          "%s: target '%s' has no values; expected numbers".formatted(source, target));
    }
    return present;
  }

  /** A target's values as numbers, also where few whole numbers were taken for categories. */
  static double[] numbers(String source, Column target) {
    if (target instanceof NumericColumn numbers) {
      return numbers.values();
    }
    TextColumn text = (TextColumn) target;
    double[] ofLevel = text.levels().stream().mapToDouble(Decimals::parse).toArray();
    for (int i = 0; i < ofLevel.length; i++) {
      if (Double.isNaN(ofLevel[i])) {
        throw new InvalidDataException(
            ("%s: 'positiveAbove' is set, but target '%s' holds text such as '%s'; expected numbers."
                    + " Remove 'positiveAbove', or name a numeric target")
                .formatted(source, target.name(), ColumnBuilder.shorten(text.levels().get(i))));
      }
    }
    double[] values = new double[text.size()];
    for (int row = 0; row < values.length; row++) {
      values[row] = text.codes()[row] < 0 ? Double.NaN : ofLevel[text.codes()[row]];
    }
    return values;
  }

  private static boolean isEmpty(Column column, int[] rows) {
    return (rows == null ? IntStream.range(0, column.size()) : Arrays.stream(rows))
        .allMatch(column::isMissing);
  }

  private static boolean varies(Column column, int[] rows) {
    if (column instanceof NumericColumn numbers) {
      return Numbers.distinct(numbers.values(), rows, 1) > 1;
    }
    int[] codes = ((TextColumn) column).codes();
    int first = -1;
    int size = rows == null ? codes.length : rows.length;
    for (int i = 0; i < size; i++) {
      int code = codes[rows == null ? i : rows[i]];
      if (code >= 0 && first >= 0 && code != first) {
        return true;
      }
      first = code >= 0 ? code : first;
    }
    return false;
  }

  private static InvalidDataException noTarget(String source, Schema schema, String target) {
    String similar =
        schema.names().stream()
            .filter(name -> name.equalsIgnoreCase(target))
            .map(" Did you mean '%s'?"::formatted)
            .findFirst()
            .orElse("");
    return new InvalidDataException(
        "%s, line 1: no column '%s' to predict; there are %s.%s Set 'target' to one of them"
            .formatted(source, target, CsvRows.shown(schema.names()), similar));
  }

  private static List<String> quoted(List<String> values) {
    return values.stream().map("'%s'"::formatted).toList();
  }
}
