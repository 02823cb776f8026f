package org.bpmnmlops.drift;

import java.util.Arrays;

/** The two-sample Kolmogorov-Smirnov test, two-sided. */
final class KolmogorovSmirnov {

  /** Up to here the p-value is exact: the largest sample's rows. */
  private static final int EXACT_ROWS = 10_000;

  private KolmogorovSmirnov() {}

  /** The largest distance of the two cumulative distributions, 0 to 1. */
  static double statistic(NumericPair pair) {
    return pair.largestGap() / ((double) pair.reference().count() * pair.current().count());
  }

  static double pValue(NumericPair pair) {
    int n1 = pair.reference().count();
    int n2 = pair.current().count();
    if (Math.max(n1, n2) <= EXACT_ROWS) {
      return latticePaths(Math.min(n1, n2), Math.max(n1, n2), pair.largestGap());
    }
    double effective = (double) n1 * n2 / ((double) n1 + n2);
    return KolmogorovDistribution.survival((int) Math.rint(effective), statistic(pair));
  }

  /**
   * The share of lattice paths from (0, 0) to (m, n) that touch |x n - y m| &gt;= gap (Hodges 1958,
   * "The significance probability of the Smirnov two-sample test"), ties ignored.
   *
   * <p>All paths to (x, y) being equally likely, one came from (x - 1, y) with probability x / (x +
   * y) and from (x, y - 1) with y / (x + y). So the share P(x, y) of those that touched is 1
   * outside of the limits, and inside the mean of the two neighbours' shares with these weights:
   * sums of positive numbers, none above 1, which neither overflow nor cancel. One diagonal x + y
   * follows from the one before; 2 D m n steps in all.
   */
  static double latticePaths(int m, int n, long gap) {
    double distance = gap / ((double) m * n);
    if (gap == 0) {
      return 1;
    }
    if (KolmogorovDistribution.vanishes((double) m * n / (m + n), distance)) {
      return 0;
    }
    int steps = m + n;
    double[] index = new double[m + 3];
    Arrays.setAll(index, x -> x);
    // Cell x of a diagonal is kept at x + 1, with a 1 on both sides of those inside the limits.
    double[] before = new double[m + 3];
    double[] shares = new double[m + 3];
    before[0] = 1;
    before[2] = 1;
    for (int step = 1; step <= steps; step++) {
      long middle = (long) step * m;
      int low = (int) Math.max(Math.floorDiv(middle - gap, (long) steps) + 1, step - n);
      int high = (int) Math.min(-Math.floorDiv(-(middle + gap), (long) steps) - 1, step);
      low = Math.max(low, 0);
      high = Math.min(high, m);
      mix(before, shares, index, low, high, step);
      shares[low] = 1;
      shares[high + 2] = 1;
      double[] swap = before;
      before = shares;
      shares = swap;
    }
    return before[m + 1];
  }

  /** Kept apart and free of branches, so that the compiler turns it into vector instructions. */
  private static void mix(
      double[] before, double[] shares, double[] index, int low, int high, double step) {
    double scale = 1 / step;
    for (int x = low; x <= high; x++) {
      shares[x + 1] = (index[x] * before[x] + (step - index[x]) * before[x + 1]) * scale;
    }
  }
}
