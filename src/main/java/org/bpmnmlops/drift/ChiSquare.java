package org.bpmnmlops.drift;

import org.apache.commons.statistics.distribution.ChiSquaredDistribution;

/** Pearson's chi-square test of the current counts against the reference scaled to their number. */
final class ChiSquare {

  private ChiSquare() {}

  /**
   * @return the p-value with one degree of freedom less than cells; 0 where the reference lacks a
   *     category of the current rows, 1 where there is but one cell
   */
  static double pValue(Frequencies frequencies) {
    if (frequencies.cells() < 2) {
      return 1;
    }
    double scale = (double) frequencies.currentRows() / frequencies.referenceRows();
    double statistic = 0;
    for (int i = 0; i < frequencies.cells(); i++) {
      double expected = frequencies.reference()[i] * scale;
      double difference = frequencies.current()[i] - expected;
      statistic += difference * difference / expected;
    }
    return ChiSquaredDistribution.of(frequencies.cells() - 1.0).survivalProbability(statistic);
  }
}
