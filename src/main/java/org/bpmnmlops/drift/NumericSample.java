package org.bpmnmlops.drift;

import java.util.ArrayList;
import java.util.List;
import org.bpmnmlops.data.NumericColumn;

/**
 * The numbers of a column, sorted once for everything that needs an order: Kolmogorov-Smirnov,
 * Wasserstein, quantiles, distinct values. Statistics need at least one value and throw {@link
 * IllegalStateException} without.
 */
public final class NumericSample implements Sample {

  private final double[] sorted;
  private final int missing;

  private NumericSample(double[] sorted, int missing) {
    this.sorted = sorted;
    this.missing = missing;
  }

  /**
   * @param values in any order; {@code NaN} and infinities count as missing. Left as they are
   */
  public static NumericSample of(double... values) {
    double[] sorted = SortedDoubles.of(values);
    return new NumericSample(sorted, values.length - sorted.length);
  }

  @Override
  public int count() {
    return sorted.length;
  }

  @Override
  public int missing() {
    return missing;
  }

  /** Ascending; not copied, so leave it as it is. */
  double[] sorted() {
    return sorted;
  }

  public double minimum() {
    return notEmpty()[0];
  }

  public double maximum() {
    return notEmpty()[sorted.length - 1];
  }

  public double mean() {
    double sum = 0;
    for (double value : notEmpty()) {
      sum += value;
    }
    return sum / sorted.length;
  }

  /** Divides by the number of values. */
  public double populationStandardDeviation() {
    return Math.sqrt(squaredDeviations() / sorted.length);
  }

  /** Divides by the number of values less one; {@code NaN} for a single value. */
  public double standardDeviation() {
    return Math.sqrt(squaredDeviations() / (sorted.length - 1));
  }

  private double squaredDeviations() {
    double mean = mean();
    double sum = 0;
    for (double value : sorted) {
      sum += (value - mean) * (value - mean);
    }
    return sum;
  }

  /**
   * Interpolates linearly between neighbours (Hyndman and Fan, type 7).
   *
   * @param probability 0 (minimum) to 1 (maximum)
   */
  public double quantile(double probability) {
    if (!(probability >= 0 && probability <= 1)) {
      throw new IllegalArgumentException(
          "A quantile's probability is 0 to 1; it was " + probability);
    }
    double position = (notEmpty().length - 1) * probability;
    int below = (int) position;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
  }

  /** How many values are below a limit. */
  public int rowsBelow(double limit) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] < limit) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  public int distinct() {
    int distinct = sorted.length == 0 ? 0 : 1;
    for (int i = 1; i < sorted.length; i++) {
      if (sorted[i] != sorted[i - 1]) {
        distinct++;
      }
    }
    return distinct;
  }

  /** The value that comes up most often; the smallest of them where several do. */
  public double mostCommon() {
    double mostCommon = notEmpty()[0];
    int most = 0;
    int start = 0;
    for (int i = 1; i <= sorted.length; i++) {
      if (i == sorted.length || sorted[i] != sorted[start]) {
        if (i - start > most) {
          most = i - start;
          mostCommon = sorted[start];
        }
        start = i;
      }
    }
    return mostCommon;
  }

  /** The same numbers as categories, in ascending order. */
  CategorySample categories() {
    int distinct = distinct();
    double[] values = new double[distinct];
    int[] counts = new int[distinct];
    int last = -1;
    for (double value : sorted) {
      if (last < 0 || values[last] != value) {
        values[++last] = value;
      }
      counts[last]++;
    }
    return new CategorySample(labels(values), counts, sorted.length, missing);
  }

  /** The numbers as a user knows them from the file. */
  static List<String> labels(double[] values) {
    NumericColumn column = new NumericColumn("", values);
    List<String> labels = new ArrayList<>(values.length);
    for (int i = 0; i < values.length; i++) {
      labels.add(column.text(i));
    }
    return labels;
  }

  private double[] notEmpty() {
    if (sorted.length == 0) {
      throw new IllegalStateException("There is no statistic of a column without a value");
    }
    return sorted;
  }
}
