package org.bpmnmlops.drift;

/**
 * Two numeric samples walked through together once, in ascending order.
 *
 * @param distinct distinct values in both together
 * @param largestGap largest |i n2 - j n1| over all numbers x, where i and j are the rows up to x in
 *     reference and current, n1 and n2 all their rows: the Kolmogorov-Smirnov statistic times n1
 *     n2, without rounding
 * @param area between the two cumulative distributions: Wasserstein's first distance
 */
record NumericPair(
    NumericSample reference, NumericSample current, int distinct, long largestGap, double area)
    implements SamplePair {

  private static final double SMALLEST_NORM = 0.001;

  /** Both samples have at least one value. */
  static NumericPair of(NumericSample referenceSample, NumericSample currentSample) {
    double[] reference = referenceSample.sorted();
    double[] current = currentSample.sorted();
    int n1 = reference.length;
    int n2 = current.length;
    int i = 0;
    int j = 0;
    int distinct = 1;
    long gap = 0;
    long largest = 0;
    double area = 0;
    double before = Math.min(reference[0], current[0]);
    while (i < n1 || j < n2) {
      double one = i < n1 ? reference[i] : Double.POSITIVE_INFINITY;
      double other = j < n2 ? current[j] : Double.POSITIVE_INFINITY;
      double value = Math.min(one, other);
      if (value != before) {
        long size = Math.abs(gap);
        area += size * (value - before);
        largest = Math.max(largest, size);
        distinct++;
        before = value;
      }
      // Arithmetic in place of a branch, which nobody could foresee: half of the time goes there.
      int ofReference = one <= other ? 1 : 0;
      gap += ofReference * ((long) n1 + n2) - n1;
      i += ofReference;
      j += 1 - ofReference;
    }
    return new NumericPair(
        referenceSample, currentSample, distinct, largest, area / ((double) n1 * n2));
  }

  @Override
  public double score(DriftMethod method) {
    return switch (method) {
      case KOLMOGOROV_SMIRNOV -> KolmogorovSmirnov.pValue(this);
      case WASSERSTEIN -> normedWasserstein();
      case CHI_SQUARE -> ChiSquare.pValue(Binning.byValue(this));
      case Z -> ZTest.pValue(Binning.byValue(this));
      case JENSEN_SHANNON -> Divergences.jensenShannon(Binning.forDivergence(this));
      case PSI -> Divergences.psi(Binning.forDivergence(this));
      case KULLBACK_LEIBLER -> Divergences.kullbackLeibler(Binning.forDivergence(this));
      case HELLINGER -> Divergences.hellinger(Binning.forHellinger(this));
    };
  }

  @Override
  public Distribution distribution() {
    return Distributions.of(this);
  }

  /** The area between the cumulative distributions in standard deviations of the reference. */
  double normedWasserstein() {
    return area / Math.max(reference.populationStandardDeviation(), SMALLEST_NORM);
  }

  /** Every value both samples have, ascending. */
  double[] distinctValues() {
    double[] a = reference.sorted();
    double[] b = current.sorted();
    double[] values = new double[distinct];
    int i = 0;
    int j = 0;
    for (int k = 0; k < distinct; k++) {
      double value = j == b.length || (i < a.length && a[i] <= b[j]) ? a[i] : b[j];
      while (i < a.length && a[i] == value) {
        i++;
      }
      while (j < b.length && b[j] == value) {
        j++;
      }
      values[k] = value;
    }
    return values;
  }

  double minimum() {
    return Math.min(reference.minimum(), current.minimum());
  }

  double maximum() {
    return Math.max(reference.maximum(), current.maximum());
  }
}
