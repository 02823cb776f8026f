package org.bpmnmlops.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Rows sorted once by the probability of a class, for the ROC and the precision-recall curve and
 * the areas under both.
 */
public final class RankCurve {

  /**
   * Probabilities as bits, which for numbers not below 0 sort like the numbers; the lowest bit,
   * made free because the highest two of a number up to 1 are 0, tells whether the row is of the
   * class.
   */
  private final long[] sorted;

  private final long positives;

  /**
   * A threshold's counts: rows with at least this probability are classified as the class.
   *
   * @param truePositives of them, those of the class
   * @param falsePositives of them, the others
   */
  public record Cut(double threshold, long truePositives, long falsePositives) {}

  /**
   * @param probabilities of the class, 0 to 1, one per row
   * @param labels class of each row
   * @param rows which to rank
   */
  RankCurve(double[] probabilities, int[] labels, int positive, int[] rows) {
    sorted = new long[rows.length];
    long count = 0;
    for (int i = 0; i < sorted.length; i++) {
      int own = labels[rows[i]] == positive ? 1 : 0;
      // Adding 0 turns the negative zero, whose highest bit is 1, into zero.
      sorted[i] = Double.doubleToRawLongBits(probabilities[rows[i]] + 0.0) << 1 | own;
      count += own;
    }
    positives = count;
    Arrays.parallelSort(sorted);
  }

  /** Rows of the class. */
  public long positives() {
    return positives;
  }

  /** Rows of other classes. */
  public long negatives() {
    return sorted.length - positives;
  }

  /**
   * The curve from nothing to everything classified as the class, in about as many steps as asked
   * for, whatever the number of rows; rows of equal probability stay together.
   *
   * @param most steps, at least 1
   */
  public List<Cut> cuts(int most) {
    List<Cut> cuts = new ArrayList<>();
    cuts.add(new Cut(Double.POSITIVE_INFINITY, 0, 0));
    long own = 0;
    long taken = 0;
    for (int from = sorted.length - 1; from >= 0; ) {
      int to = from;
      for (; to >= 0 && sorted[to] >>> 1 == sorted[from] >>> 1; to--) {
        own += sorted[to] & 1;
      }
      long answered = sorted.length - 1L - to;
      if (to < 0 || answered - taken >= (double) sorted.length / most) {
        cuts.add(new Cut(Double.longBitsToDouble(sorted[from] >>> 1), own, answered - own));
        taken = answered;
      }
      from = to;
    }
    return cuts;
  }

  /** The counts at given thresholds. */
  public List<Cut> at(double... thresholds) {
    long[] ownBelow = new long[thresholds.length];
    int[] below = new int[thresholds.length];
    for (int t = 0; t < thresholds.length; t++) {
      long key = Double.doubleToRawLongBits(thresholds[t]) << 1;
      below[t] = rowsBelow(key);
    }
    long own = 0;
    int[] order =
        IntStream.range(0, thresholds.length)
            .boxed()
            .sorted(Comparator.comparingInt(t -> below[t]))
            .mapToInt(Integer::intValue)
            .toArray();
    int row = 0;
    for (int t : order) {
      for (; row < below[t]; row++) {
        own += sorted[row] & 1;
      }
      ownBelow[t] = own;
    }
    return IntStream.range(0, thresholds.length)
        .mapToObj(
            t ->
                new Cut(
                    thresholds[t], positives - ownBelow[t], negatives() - (below[t] - ownBelow[t])))
        .toList();
  }

  private int rowsBelow(long key) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] < key) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Defined when there are rows of the class and others. */
  public double rocArea() {
    long negatives = sorted.length - positives;
    // Twice the pairs in the right order, ties counting half: whole numbers, so nothing is rounded.
    long twicePairs = 0;
    long negativesBelow = 0;
    for (int from = 0; from < sorted.length; ) {
      int to = from;
      long own = 0;
      for (; to < sorted.length && sorted[to] >>> 1 == sorted[from] >>> 1; to++) {
        own += sorted[to] & 1;
      }
      long others = to - from - own;
      twicePairs += own * (2 * negativesBelow + others);
      negativesBelow += others;
      from = to;
    }
    return twicePairs / (2.0 * positives * negatives);
  }

  /** Defined when there are rows of the class. */
  public double averagePrecision() {
    double area = 0;
    long truePositives = 0;
    for (int from = sorted.length - 1; from >= 0; ) {
      int to = from;
      long own = 0;
      for (; to >= 0 && sorted[to] >>> 1 == sorted[from] >>> 1; to--) {
        own += sorted[to] & 1;
      }
      truePositives += own;
      double precision = truePositives / (double) (sorted.length - 1 - to);
      area += own / (double) positives * precision;
      from = to;
    }
    return area;
  }
}
