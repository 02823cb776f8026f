package org.bpmnmlops.training;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bpmnmlops.data.Column;
import org.bpmnmlops.data.InvalidDataException;
import org.bpmnmlops.data.NumericColumn;
import org.bpmnmlops.data.SeparatedData;
import org.bpmnmlops.data.Table;
import org.bpmnmlops.data.TextColumn;
import org.bpmnmlops.training.FeatureColumn.OfCategories;
import org.bpmnmlops.training.FeatureColumn.OfNumbers;
import org.bpmnmlops.training.TrainingSettings.Scaling;

/**
 * Everything learned from the training rows before the model itself: what stands for a missing
 * value, the categories that have a place, the scales.
 *
 * @param columns in the table's order
 * @param dropped columns that say nothing: all training rows have the same value, or none
 */
record Encoder(List<FeatureColumn> columns, List<String> dropped) {

  Encoder {
    columns = List.copyOf(columns);
    dropped = List.copyOf(dropped);
  }

  /**
   * Looks at the training rows alone.
   *
   * @throws InvalidDataException when no column tells the rows apart
   */
  static Encoder fit(SeparatedData data, Scaling scaling) {
    List<FeatureColumn> columns = new ArrayList<>();
    List<String> dropped = new ArrayList<>();
    for (Column column : data.features().columns()) {
      fit(column, data.trainRows(), scaling)
          .ifPresentOrElse(columns::add, () -> dropped.add(column.name()));
    }
    if (columns.isEmpty()) {
      throw new InvalidDataException(
          "All features of %s are constant or empty in the %d training rows (%s); expected at least one column whose values differ. Check the file, or name other columns in 'include'"
              .formatted(
                  data.features().source(),
                  data.trainRows().length,
                  String.join(", ", data.features().names())));
    }
    return new Encoder(columns, dropped);
  }

  private static Optional<FeatureColumn> fit(Column column, int[] rows, Scaling scaling) {
    return column instanceof NumericColumn numbers
        ? fitNumbers(numbers, rows, scaling)
        : fitCategories((TextColumn) column, rows);
  }

  private static Optional<FeatureColumn> fitNumbers(
      NumericColumn column, int[] rows, Scaling scaling) {
    double[] values = column.values();
    double min = Double.POSITIVE_INFINITY;
    double max = Double.NEGATIVE_INFINITY;
    int present = 0;
    for (int row : rows) {
      double x = values[row];
      if (x == x) {
        min = Math.min(min, x);
        max = Math.max(max, x);
        present++;
      }
    }
    if (!(min < max)) {
      return Optional.empty();
    }
    double fill = median(values, rows, present);
    double unit = unitFor(Math.max(Math.abs(min), Math.abs(max)));
    if (scaling == Scaling.MIN_MAX) {
      double offset = min * unit;
      return positive(column.name(), fill, unit, offset, max * unit - offset);
    }
    double mean = 0;
    for (int row : rows) {
      double x = values[row];
      mean += (x == x ? x : fill) * unit;
    }
    mean /= rows.length;
    double squares = 0;
    double rest = 0;
    for (int row : rows) {
      double x = values[row];
      double deviation = (x == x ? x : fill) * unit - mean;
      squares += deviation * deviation;
      rest += deviation;
    }
    // The second sum corrects what rounding took from the mean; with exact numbers it is 0.
    double variance = (squares - rest * rest / rows.length) / rows.length;
    return positive(column.name(), fill, unit, mean, Math.sqrt(variance));
  }

  private static Optional<FeatureColumn> positive(
      String name, double fill, double unit, double offset, double divisor) {
    return divisor > 0
        ? Optional.of(new OfNumbers(name, fill, unit, offset, divisor))
        : Optional.empty();
  }

  private static double unitFor(double largest) {
    return largest < 1e100 && largest > 1e-100
        ? 1
        : Math.scalb(1.0, Math.max(-1022, Math.min(1022, -Math.getExponent(largest))));
  }

  private static double median(double[] values, int[] rows, int present) {
    double[] numbers =
        Arrays.stream(rows).mapToDouble(row -> values[row]).filter(x -> x == x).toArray();
    int middle = present / 2;
    select(numbers, middle);
    double upper = numbers[middle];
    return present % 2 == 1
        ? upper
        : Arrays.stream(numbers, 0, middle).max().orElseThrow() / 2 + upper / 2;
  }

  /** Hoare's FIND: leaves none larger before this place, and none smaller after it. */
  private static void select(double[] numbers, int place) {
    int left = 0;
    int right = numbers.length - 1;
    while (left < right) {
      double pivot = numbers[place];
      int i = left;
      int j = right;
      while (i <= j) {
        while (numbers[i] < pivot) {
          i++;
        }
        while (pivot < numbers[j]) {
          j--;
        }
        if (i <= j) {
          double swapped = numbers[i];
          numbers[i++] = numbers[j];
          numbers[j--] = swapped;
        }
      }
      left = j < place ? i : left;
      right = place < i ? j : right;
    }
  }

  private static Optional<FeatureColumn> fitCategories(TextColumn column, int[] rows) {
    int[] count = new int[column.levels().size()];
    for (int row : rows) {
      int code = column.codes()[row];
      if (code >= 0) {
        count[code]++;
      }
    }
    List<String> frequent =
        IntStream.range(0, count.length)
            .filter(code -> count[code] > 0)
            .boxed()
            .sorted(
                Comparator.comparingInt((Integer code) -> -count[code])
                    .thenComparing(column.levels()::get))
            .map(column.levels()::get)
            .toList();
    if (frequent.size() < 2) {
      return Optional.empty();
    }
    boolean other = frequent.size() > OfCategories.MOST_LEVELS;
    List<String> levels = other ? frequent.subList(0, OfCategories.MOST_LEVELS) : frequent;
    return Optional.of(new OfCategories(column.name(), levels, other, frequent.get(0)));
  }

  /** How many numbers a row becomes. */
  @JsonIgnore
  int width() {
    return columns.stream().mapToInt(column -> column.features().size()).sum();
  }

  /** Names of those numbers, for people; two can be equal where columns are named alike. */
  @JsonIgnore
  List<String> features() {
    return columns.stream().flatMap(column -> column.features().stream()).toList();
  }

  /**
   * The rows as the model sees them. Nothing is copied: they are encoded as they are read.
   *
   * @throws IllegalArgumentException when the table lacks a column, or has it with another type
   */
  EncodedRows encode(Table features, int[] rows) {
    return new EncodedRows(this, features, rows);
  }
}
