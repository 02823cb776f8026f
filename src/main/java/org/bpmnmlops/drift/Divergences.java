package org.bpmnmlops.drift;

/** Distances between two distributions over the same cells; natural logarithms. */
final class Divergences {

  private static final double SMALL_SHARE = 1e-4;

  private Divergences() {}

  /**
   * The Jensen-Shannon distance: the square root of the divergence (Endres and Schindelin 2003).
   *
   * @return 0 to sqrt(ln 2)
   */
  static double jensenShannon(Frequencies frequencies) {
    double[] reference = frequencies.referenceShares();
    double[] current = frequencies.currentShares();
    double sum = 0;
    for (int i = 0; i < reference.length; i++) {
      double middle = (reference[i] + current[i]) / 2;
      sum += relativeEntropy(reference[i], middle) + relativeEntropy(current[i], middle);
    }
    return Math.sqrt(Math.max(0, sum) / 2);
  }

  /** The population stability index: the sum of (r - c) ln(r / c), zero cells filled. */
  static double psi(Frequencies frequencies) {
    double[] reference = filled(frequencies.referenceShares());
    double[] current = filled(frequencies.currentShares());
    double sum = 0;
    for (int i = 0; i < reference.length; i++) {
      sum += (reference[i] - current[i]) * Math.log(reference[i] / current[i]);
    }
    return sum;
  }

  /**
   * The Kullback-Leibler divergence of the reference from the current rows, zero cells filled and
   * both sides brought back to a sum of 1.
   */
  static double kullbackLeibler(Frequencies frequencies) {
    double[] reference = filled(frequencies.referenceShares());
    double[] current = filled(frequencies.currentShares());
    double referenceSum = sum(reference);
    double currentSum = sum(current);
    double sum = 0;
    for (int i = 0; i < reference.length; i++) {
      sum += relativeEntropy(reference[i] / referenceSum, current[i] / currentSum);
    }
    return sum;
  }

  /**
   * The Hellinger distance sqrt(1 - sum sqrt(r c)), written as half the squared differences of the
   * roots: the same number, without its rounding error near 0.
   *
   * @return 0 to 1
   */
  static double hellinger(Frequencies frequencies) {
    double[] reference = frequencies.referenceShares();
    double[] current = frequencies.currentShares();
    double sum = 0;
    for (int i = 0; i < reference.length; i++) {
      double difference = Math.sqrt(reference[i]) - Math.sqrt(current[i]);
      sum += difference * difference;
    }
    return Math.min(1, Math.sqrt(sum / 2));
  }

  private static double relativeEntropy(double p, double q) {
    return p == 0 ? 0 : p * Math.log(p / q);
  }

  /**
   * Gives cells without a row 1e-4, or a millionth of the smallest share there is when that alone
   * is at most 1e-4.
   */
  private static double[] filled(double[] shares) {
    double smallest = 1;
    for (double share : shares) {
      if (share > 0 && share < smallest) {
        smallest = share;
      }
    }
    double fill = smallest <= SMALL_SHARE ? smallest / 1e6 : SMALL_SHARE;
    for (int i = 0; i < shares.length; i++) {
      if (shares[i] == 0) {
        shares[i] = fill;
      }
    }
    return shares;
  }

  private static double sum(double[] shares) {
    double sum = 0;
    for (double share : shares) {
      sum += share;
    }
    return sum;
  }
}
