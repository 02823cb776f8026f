package org.bpmnmlops.drift;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Brings two samples into the few cells a chart can show. */
final class Distributions {

  private static final int MOST_CATEGORIES = 20;

  private Distributions() {}

  static Distribution of(NumericPair pair) {
    if (pair.distinct() <= MOST_CATEGORIES) {
      return of(NumericSample.labels(pair.distinctValues()), Binning.byValue(pair));
    }
    double[] edges = Binning.sturges(pair);
    Frequencies bins = Binning.byBin(pair, edges);
    return new Distribution.Histogram(edges, bins.reference(), bins.current());
  }

  static Distribution of(CategoryPair pair) {
    return of(pair.labels(), pair.frequencies());
  }

  private static Distribution of(List<String> labels, Frequencies cells) {
    int[] reference = cells.reference();
    int[] current = cells.current();
    double referenceRows = cells.referenceRows();
    double currentRows = cells.currentRows();
    int[] shown =
        IntStream.range(0, labels.size())
            .boxed()
            .sorted(
                Comparator.comparingDouble(
                        (Integer i) -> -(reference[i] / referenceRows + current[i] / currentRows))
                    .thenComparing(Comparator.naturalOrder()))
            .limit(MOST_CATEGORIES)
            .mapToInt(Integer::intValue)
            .sorted()
            .toArray();
    int[] shownReference = Arrays.stream(shown).map(i -> reference[i]).toArray();
    int[] shownCurrent = Arrays.stream(shown).map(i -> current[i]).toArray();
    return new Distribution.Categories(
        Arrays.stream(shown).mapToObj(labels::get).toList(),
        shownReference,
        shownCurrent,
        cells.referenceRows() - Arrays.stream(shownReference).sum(),
        cells.currentRows() - Arrays.stream(shownCurrent).sum(),
        labels.size() - shown.length);
  }
}
