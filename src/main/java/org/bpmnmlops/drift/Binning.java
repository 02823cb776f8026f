package org.bpmnmlops.drift;

import java.util.Arrays;

/** Cuts numbers into bins of equal width, as many as Sturges's rule (1926) asks for. */
final class Binning {

  /** With more distinct reference values than this, numbers are binned; else counted by value. */
  private static final int MOST_VALUES = 20;

  private static final double LN_2 = Math.log(2);

  private Binning() {}

  /** The cells of Jensen-Shannon, PSI and Kullback-Leibler. */
  static Frequencies forDivergence(NumericPair pair) {
    return pair.reference().distinct() > MOST_VALUES ? byBin(pair, sturges(pair)) : byValue(pair);
  }

  /** The cells of Hellinger: their number follows from the distinct values, not the rows. */
  static Frequencies forHellinger(NumericPair pair) {
    return byBin(pair, edges(pair, pair.distinct()));
  }

  /** One cell per value in either sample, ascending. */
  static Frequencies byValue(NumericPair pair) {
    double[] values = pair.distinctValues();
    return new Frequencies(
        countByValue(pair.reference().sorted(), values),
        countByValue(pair.current().sorted(), values));
  }

  private static int[] countByValue(double[] sorted, double[] values) {
    int[] counts = new int[values.length];
    int cell = 0;
    for (double value : sorted) {
      while (values[cell] != value) {
        cell++;
      }
      counts[cell]++;
    }
    return counts;
  }

  /** One cell per bin: closed on the left, the last one on both sides. */
  static Frequencies byBin(NumericPair pair, double[] edges) {
    return new Frequencies(countByBin(pair.reference(), edges), countByBin(pair.current(), edges));
  }

  private static int[] countByBin(NumericSample sample, double[] edges) {
    int[] counts = new int[edges.length - 1];
    int start = 0;
    for (int bin = 0; bin < counts.length; bin++) {
      int end = bin == counts.length - 1 ? sample.count() : sample.rowsBelow(edges[bin + 1]);
      counts[bin] = end - start;
      start = end;
    }
    return counts;
  }

  /** The edges of bins over the rows of both samples, ascending, one more than bins. */
  static double[] sturges(NumericPair pair) {
    return edges(pair, (long) pair.reference().count() + pair.current().count());
  }

  private static double[] edges(NumericPair pair, long size) {
    double first = pair.minimum();
    double last = pair.maximum();
    if (first == last) {
      return new double[] {first - 0.5, last + 0.5};
    }
    double range = last - first;
    // Not simplified: where the logarithm is a whole number, rounding may give one bin more, and
    // the numbers people compare with have it.
    int bins = (int) Math.ceil(range / (range / (log2(size) + 1)));
    double step = range / bins;
    double[] edges = new double[bins + 1];
    Arrays.setAll(edges, i -> i == bins ? last : i * step + first);
    return edges;
  }

  /** Exact for powers of two, unlike a quotient of logarithms. */
  private static double log2(long size) {
    int exponent = Math.getExponent((double) size);
    return exponent + Math.log(Math.scalb((double) size, -exponent)) / LN_2;
  }
}
