package org.bpmnmlops.report;

import java.util.Optional;
import org.bpmnmlops.data.Column;
import org.bpmnmlops.data.NumericColumn;
import org.bpmnmlops.data.TextColumn;
import org.bpmnmlops.drift.CategorySample;
import org.bpmnmlops.drift.NumericSample;
import org.bpmnmlops.drift.Sample;
import org.bpmnmlops.wording.Words;

/**
 * One column of one side. What only numbers have is null for text, and where no row has a value.
 *
 * @param count rows with a value
 * @param missing rows without one, infinite numbers included
 * @param missingShare of all rows, 0 to 1; null without rows
 * @param infinite of the missing, those that were infinite
 * @param unique distinct values
 * @param mostCommon the most frequent value, of equals the first; null where there is none
 * @param mostCommonShare of the rows with a value, 0 to 1
 * @param standardDeviation divides by the number of values less one
 * @param quartile1 interpolated linearly, as the median and the third
 */
public record ColumnStatistics(
    int count,
    int missing,
    Double missingShare,
    int infinite,
    int unique,
    String mostCommon,
    Double mostCommonShare,
    Double mean,
    Double standardDeviation,
    Double minimum,
    Double quartile1,
    Double median,
    Double quartile3,
    Double maximum) {

  /**
   * @param prepared the column, cleaned, where that was done already
   */
  static ColumnStatistics of(Column column, Optional<Sample> prepared) {
    Sample sample =
        prepared.orElseGet(
            () ->
                column instanceof TextColumn text
                    ? CategorySample.of(text)
                    : NumericSample.of(((NumericColumn) column).values()));
    int infinite = 0;
    if (column instanceof NumericColumn numbers) {
      for (double value : numbers.values()) {
        infinite += Double.isInfinite(value) ? 1 : 0;
      }
    }
    return sample instanceof NumericSample numbers
        ? ofNumbers(numbers, infinite)
        : ofCategories((CategorySample) sample, infinite);
  }

  private static ColumnStatistics ofNumbers(NumericSample sample, int infinite) {
    int count = sample.count();
    if (count == 0) {
      return empty(sample, infinite);
    }
    double mostCommon = sample.mostCommon();
    int times = sample.rowsBelow(Math.nextUp(mostCommon)) - sample.rowsBelow(mostCommon);
    return new ColumnStatistics(
        count,
        sample.missing(),
        missingShare(sample),
        infinite,
        sample.distinct(),
        new NumericColumn("", new double[] {mostCommon}).text(0),
        times / (double) count,
        Words.finite(sample.mean()),
        Words.finite(sample.standardDeviation()),
        sample.minimum(),
        Words.finite(sample.quantile(0.25)),
        Words.finite(sample.quantile(0.5)),
        Words.finite(sample.quantile(0.75)),
        sample.maximum());
  }

  private static ColumnStatistics ofCategories(CategorySample sample, int infinite) {
    if (sample.count() == 0) {
      return empty(sample, infinite);
    }
    int unique = 0;
    int most = 0;
    for (int level = 0; level < sample.counts().length; level++) {
      unique += sample.counts()[level] > 0 ? 1 : 0;
      most = sample.counts()[level] > sample.counts()[most] ? level : most;
    }
    return new ColumnStatistics(
        sample.count(),
        sample.missing(),
        missingShare(sample),
        infinite,
        unique,
        Words.shortened(sample.levels().get(most)),
        sample.counts()[most] / (double) sample.count(),
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  private static ColumnStatistics empty(Sample sample, int infinite) {
    return new ColumnStatistics(
        0,
        sample.missing(),
        missingShare(sample),
        infinite,
        0,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  private static Double missingShare(Sample sample) {
    int rows = sample.count() + sample.missing();
    return rows == 0 ? null : sample.missing() / (double) rows;
  }
}
