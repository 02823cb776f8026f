package org.bpmnmlops.evaluation;

import java.util.Arrays;

/**
 * The held-out rows sorted once by the probability of a class, for the areas under the ROC and the
 * precision-recall curve.
 */
final class RankCurve {

  /**
   * Probabilities as bits, which for numbers not below 0 sort like the numbers; the lowest bit,
   * made free because the highest two of a number up to 1 are 0, tells whether the row is of the
   * class.
   */
  private final long[] sorted;

  private final long positives;

  /**
   * @param probabilities of the class, 0 to 1, one per row
   * @param labels class of each row
   */
  RankCurve(double[] probabilities, int[] labels, int positive) {
    sorted = new long[labels.length];
    long count = 0;
    for (int i = 0; i < sorted.length; i++) {
      int own = labels[i] == positive ? 1 : 0;
      // Adding 0 turns the negative zero, whose highest bit is 1, into zero.
      sorted[i] = Double.doubleToRawLongBits(probabilities[i] + 0.0) << 1 | own;
      count += own;
    }
    positives = count;
    Arrays.parallelSort(sorted);
  }

  /** Defined when there are rows of the class and others. */
  double rocArea() {
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
  double averagePrecision() {
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
