package org.bpmnmlops.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bpmnmlops.data.Column;
import org.bpmnmlops.data.NumericColumn;
import org.bpmnmlops.data.TextColumn;
import org.bpmnmlops.drift.CategorySample;
import org.bpmnmlops.drift.NumericSample;
import org.bpmnmlops.drift.Sample;
import org.bpmnmlops.wording.Words;

/**
 * A column's current values over time, beside what the reference has.
 *
 * @param label {@code mean} of numbers, or a category whose share is shown
 * @param reference mean of the reference, or the category's share there
 * @param low lower end of the band around it: one standard deviation of the reference; null for
 *     categories
 * @param high its upper end
 * @param values one per span of the report's time axis, six digits; null where a span has no value
 */
public record OverTime(String label, double reference, Double low, Double high, Double[] values) {

  private static final int MOST_SERIES = 4;

  /** Categories beyond those whose share is farthest from the reference's are left out. */
  static List<OverTime> of(Sample reference, Column current, TimeAxis axis, Optional<int[]> spans) {
    if (spans.isEmpty() || reference.count() == 0) {
      return List.of();
    }
    int size = axis.rows().length;
    if (reference instanceof NumericSample numbers && current instanceof NumericColumn values) {
      return Double.isFinite(numbers.standardDeviation())
          ? List.of(mean(numbers, values, spans.get(), size))
          : List.of();
    }
    return reference instanceof CategorySample categories && current instanceof TextColumn text
        ? shares(categories, text, spans.get(), size)
        : List.of();
  }

  private static OverTime mean(
      NumericSample reference, NumericColumn current, int[] spans, int size) {
    double[] sums = new double[size];
    int[] counts = new int[size];
    for (int row = 0; row < spans.length; row++) {
      double value = current.values()[row];
      if (Double.isFinite(value)) {
        sums[spans[row]] += value;
        counts[spans[row]]++;
      }
    }
    Double[] means = new Double[size];
    Arrays.setAll(means, i -> counts[i] == 0 ? null : Words.sixDigits(sums[i] / counts[i]));
    double mean = reference.mean();
    double deviation = reference.standardDeviation();
    return new OverTime("mean", mean, mean - deviation, mean + deviation, means);
  }

  private static List<OverTime> shares(
      CategorySample reference, TextColumn current, int[] spans, int size) {
    int levels = current.levels().size();
    int[] rows = new int[levels];
    for (int code : current.codes()) {
      if (code >= 0) {
        rows[code]++;
      }
    }
    double total = Arrays.stream(rows).sum();
    if (total == 0) {
      return List.of();
    }
    Map<String, Double> before = new HashMap<>();
    for (int level = 0; level < reference.counts().length; level++) {
      before.put(
          reference.levels().get(level), reference.counts()[level] / (double) reference.count());
    }
    int[] shown =
        IntStream.range(0, levels)
            .boxed()
            .sorted(
                Comparator.comparingDouble(
                        (Integer k) ->
                            -Math.abs(
                                rows[k] / total
                                    - before.getOrDefault(current.levels().get(k), 0.0)))
                    .thenComparing(k -> -rows[k]))
            .limit(MOST_SERIES)
            .mapToInt(Integer::intValue)
            .toArray();
    int[] place = new int[levels];
    Arrays.fill(place, -1);
    for (int i = 0; i < shown.length; i++) {
      place[shown[i]] = i;
    }
    int[] counts = new int[size];
    int[][] ofShown = new int[shown.length][size];
    for (int row = 0; row < spans.length; row++) {
      int code = current.codes()[row];
      if (code >= 0) {
        counts[spans[row]]++;
        if (place[code] >= 0) {
          ofShown[place[code]][spans[row]]++;
        }
      }
    }
    List<OverTime> series = new ArrayList<>();
    for (int i = 0; i < shown.length; i++) {
      int[] mine = ofShown[i];
      String level = current.levels().get(shown[i]);
      Double[] values = new Double[size];
      Arrays.setAll(
          values,
          span -> counts[span] == 0 ? null : Words.sixDigits(mine[span] / (double) counts[span]));
      series.add(
          new OverTime(
              Words.shortened(level), before.getOrDefault(level, 0.0), null, null, values));
    }
    return series;
  }
}
