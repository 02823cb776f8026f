package org.bpmnmlops.retraining;

import org.apache.commons.statistics.distribution.NormalDistribution;

/** Whether a share has dropped: the pooled test of two proportions, one-sided. */
final class TwoProportionTest {

  private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

  private TwoProportionTest() {}

  /**
   * The chance of a drop as large as this one, or larger, when nothing has changed (Fleiss, Levin,
   * Paik, Statistical Methods for Rates and Proportions, 2.3, without continuity correction).
   *
   * @param hits before, of {@code rows}, and later hits of later rows; both rows 1 and more
   * @return 0 to 1; above a half where the share rose, 1 where all or none were hits both times
   */
  static double dropPValue(long hits, long rows, long laterHits, long laterRows) {
    double pooled = (hits + laterHits) / (double) (rows + laterRows);
    if (pooled == 0 || pooled == 1) {
      return 1;
    }
    double drop = hits / (double) rows - laterHits / (double) laterRows;
    double deviation = Math.sqrt(pooled * (1 - pooled) * (1.0 / rows + 1.0 / laterRows));
    return NORMAL.survivalProbability(drop / deviation);
  }
}
