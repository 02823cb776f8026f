package org.bpmnmlops.drift;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Two samples of categories over the same labels.
 *
 * @param labels those that come up in either sample, in the order of the text
 */
record CategoryPair(List<String> labels, Frequencies frequencies) implements SamplePair {

  CategoryPair {
    labels = List.copyOf(labels);
  }

  static CategoryPair of(CategorySample reference, CategorySample current) {
    SortedMap<String, int[]> counts = new TreeMap<>();
    add(counts, reference, 0);
    add(counts, current, 1);
    return new CategoryPair(
        new ArrayList<>(counts.keySet()),
        new Frequencies(
            counts.values().stream().mapToInt(pair -> pair[0]).toArray(),
            counts.values().stream().mapToInt(pair -> pair[1]).toArray()));
  }

  @Override
  public int distinct() {
    return labels.size();
  }

  @Override
  public double score(DriftMethod method) {
    return switch (method) {
      case CHI_SQUARE -> ChiSquare.pValue(frequencies);
      case Z -> ZTest.pValue(frequencies);
      case JENSEN_SHANNON -> Divergences.jensenShannon(frequencies);
      case PSI -> Divergences.psi(frequencies);
      case KULLBACK_LEIBLER -> Divergences.kullbackLeibler(frequencies);
      case HELLINGER -> Divergences.hellinger(frequencies);
      case KOLMOGOROV_SMIRNOV, WASSERSTEIN ->
          throw new IllegalArgumentException(method.label() + " compares numbers, not categories");
    };
  }

  @Override
  public Distribution distribution() {
    return Distributions.of(this);
  }

  private static void add(SortedMap<String, int[]> counts, CategorySample sample, int side) {
    for (int level = 0; level < sample.counts().length; level++) {
      if (sample.counts()[level] > 0) {
        counts.computeIfAbsent(sample.levels().get(level), label -> new int[2])[side] +=
            sample.counts()[level];
      }
    }
  }
}
