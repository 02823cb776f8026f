package org.bpmnmlops.data;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/** What is asked of a column's numbers. */
final class Numbers {

  private Numbers() {}

  /** A number as a user writes it: whole numbers without decimals. */
  static String text(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }

  /**
   * How many distinct values there are, missing ones not counted; stops counting beyond {@code
   * most}, so that columns with many values cost next to nothing.
   *
   * @param rows to look at; null for all
   */
  static int distinct(double[] values, int[] rows, int most) {
    Set<Double> seen = new HashSet<>();
    double last = Double.NaN;
    int size = rows == null ? values.length : rows.length;
    for (int i = 0; i < size && seen.size() <= most; i++) {
      double value = values[rows == null ? i : rows[i]];
      if (!Double.isNaN(value) && value != last) {
        seen.add(value);
        last = value;
      }
    }
    return seen.size();
  }

  /**
   * The median: the middle value, or the mean of the two middle ones.
   *
   * @param values at least one, none missing; sorted in place
   */
  static double median(double[] values) {
    Arrays.sort(values);
    int middle = values.length / 2;
    return values.length % 2 == 1 ? values[middle] : values[middle - 1] / 2 + values[middle] / 2;
  }
}
