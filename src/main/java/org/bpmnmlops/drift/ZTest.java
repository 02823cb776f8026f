package org.bpmnmlops.drift;

import org.apache.commons.statistics.distribution.NormalDistribution;

/** Pooled test of two proportions, two-sided: the first cell against all others. */
final class ZTest {

  private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

  private ZTest() {}

  /**
   * @return the p-value; 1 where both samples are constant and equal
   */
  static double pValue(Frequencies frequencies) {
    double n1 = frequencies.referenceRows();
    double n2 = frequencies.currentRows();
    double first1 = frequencies.reference()[0];
    double first2 = frequencies.current()[0];
    double pooled = (first1 + first2) / (n1 + n2);
    if (pooled == 1) {
      return 1;
    }
    double z = (first1 / n1 - first2 / n2) / Math.sqrt(pooled * (1 - pooled) * (1 / n1 + 1 / n2));
    return Math.min(1, 2 * NORMAL.survivalProbability(Math.abs(z)));
  }
}
