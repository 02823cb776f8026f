package org.bpmnmlops.data;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The target as classes.
 *
 * @param classes in ascending order, numbers by value
 * @param codes index into {@code classes} per row; -1 where the target is missing
 */
record Labels(List<String> classes, int[] codes) {

  /** More distinct numbers than this are no classes. */
  static final int MOST_NUMERIC_CLASSES = 20;

  static final List<String> NO_YES = List.of("no", "yes");

  /** One class per distinct value. */
  static Labels of(Column target) {
    if (target instanceof TextColumn text) {
      TreeSet<String> sorted = new TreeSet<>(ColumnBuilder.NUMBERS_FIRST);
      sorted.addAll(text.levels());
      List<String> classes = List.copyOf(sorted);
      Map<String, Integer> order = new HashMap<>();
      classes.forEach(name -> order.put(name, order.size()));
      int[] places = text.levels().stream().mapToInt(order::get).toArray();
      int[] codes = new int[text.size()];
      for (int row = 0; row < codes.length; row++) {
        codes[row] = text.codes()[row] < 0 ? -1 : places[text.codes()[row]];
      }
      return new Labels(classes, codes);
    }
    double[] values = ((NumericColumn) target).values();
    double[] distinct =
        Arrays.stream(values).filter(v -> !Double.isNaN(v)).sorted().distinct().toArray();
    Map<Double, Integer> places = new HashMap<>();
    for (double value : distinct) {
      places.put(value, places.size());
    }
    int[] codes = new int[values.length];
    for (int row = 0; row < codes.length; row++) {
      codes[row] = Double.isNaN(values[row]) ? -1 : places.get(values[row]);
    }
    return new Labels(Arrays.stream(distinct).mapToObj(Numbers::text).toList(), codes);
  }

  /**
   * The classes of a target, given what users said of it.
   *
   * @param rows on whose values a median is computed; null for all
   */
  static Labels of(
      Column target, Optional<PositiveAbove> positiveAbove, int[] rows, String source) {
    if (positiveAbove.isEmpty()) {
      return of(target);
    }
    double[] values = Trainability.numbers(source, target);
    double[] present = Trainability.present(values, rows, source, target.name());
    return above(values, positiveAbove.get().cutOf(present));
  }

  /** {@code yes} for values above the cut, {@code no} for the others. */
  static Labels above(double[] values, double cut) {
    int[] codes = new int[values.length];
    for (int row = 0; row < codes.length; row++) {
      if (Double.isNaN(values[row])) {
        codes[row] = -1;
      } else {
        codes[row] = values[row] > cut ? 1 : 0;
      }
    }
    return new Labels(NO_YES, codes);
  }

  /** Rows of each class among {@code rows}; null for all. */
  int[] counts(int[] rows) {
    int[] counts = new int[classes.size()];
    int size = rows == null ? codes.length : rows.length;
    for (int i = 0; i < size; i++) {
      int code = codes[rows == null ? i : rows[i]];
      if (code >= 0) {
        counts[code]++;
      }
    }
    return counts;
  }
}
