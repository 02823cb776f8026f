package org.bpmnmlops.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bpmnmlops.drift.CategorySample;
import org.bpmnmlops.drift.Distribution;
import org.bpmnmlops.drift.NumericSample;
import org.bpmnmlops.drift.Sample;
import org.bpmnmlops.wording.Words;

/**
 * Both sides of a column in at most some twenty bars: bins of numbers, or categories. Rows per bar;
 * divide by the rows with a value for shares that compare.
 *
 * @param edges of bins, ascending, one more than bars; a bin holds its left edge, the last one
 *     both. Null for categories
 * @param labels of categories; null for bins
 * @param reference rows per bar; null where there are none
 * @param current the same
 * @param others categories that are not named, one bar more at the end of both sides; 0 for none
 */
public record Bars(
    double[] edges, List<String> labels, int[] reference, int[] current, int others) {

  private static final int MOST_BINS = 20;
  private static final int MOST_CATEGORIES = 12;

  /** Number of bars. */
  int size() {
    return edges != null ? edges.length - 1 : labels.size() + (others > 0 ? 1 : 0);
  }

  /** The bar of a number; -1 where it is missing or belongs to none. */
  int place(double value) {
    if (edges == null || !(value >= edges[0] && value <= edges[edges.length - 1])) {
      return -1;
    }
    int bars = edges.length - 1;
    int place = (int) ((value / 2 - edges[0] / 2) / (edges[bars] / 2 - edges[0] / 2) * bars);
    place = Math.min(place, bars - 1);
    while (value < edges[place]) {
      place--;
    }
    while (place < bars - 1 && value >= edges[place + 1]) {
      place++;
    }
    return place;
  }

  /** The bar of each category; the last one for those that are not named. */
  int[] places(List<String> levels) {
    return levels.stream()
        .mapToInt(
            level -> {
              int place = labels == null ? -1 : labels.indexOf(Words.shortened(level));
              return place < 0 && others > 0 ? size() - 1 : place;
            })
        .toArray();
  }

  /** As the drift was computed. */
  static Bars of(Distribution distribution) {
    if (distribution instanceof Distribution.Histogram bins) {
      return new Bars(bins.edges(), null, bins.reference(), bins.current(), 0);
    }
    Distribution.Categories categories = (Distribution.Categories) distribution;
    return new Bars(
        null,
        categories.labels().stream().map(Words::shortened).toList(),
        withOthers(categories.reference(), categories.otherReference(), categories.others()),
        withOthers(categories.current(), categories.otherCurrent(), categories.others()),
        categories.others());
  }

  private static int[] withOthers(int[] counts, int rest, int others) {
    int[] all = Arrays.copyOf(counts, counts.length + (others > 0 ? 1 : 0));
    if (others > 0) {
      all[counts.length] = rest;
    }
    return all;
  }

  /** Of one or both sides; null where neither has a value. */
  static Bars of(Sample reference, Sample current) {
    boolean one = reference != null && reference.count() > 0;
    boolean other = current != null && current.count() > 0;
    if (!one && !other) {
      return null;
    }
    if ((one ? reference : current) instanceof NumericSample) {
      return ofNumbers(
          one ? (NumericSample) reference : null, other ? (NumericSample) current : null);
    }
    return ofCategories(
        one ? (CategorySample) reference : null, other ? (CategorySample) current : null);
  }

  private static Bars ofNumbers(NumericSample reference, NumericSample current) {
    NumericSample one = reference == null ? current : reference;
    NumericSample other = current == null ? reference : current;
    double[] edges =
        edges(Math.min(one.minimum(), other.minimum()), Math.max(one.maximum(), other.maximum()));
    return new Bars(edges, null, counts(reference, edges), counts(current, edges), 0);
  }

  private static double[] edges(double first, double last) {
    if (first == last) {
      return new double[] {first - 0.5, last + 0.5};
    }
    double[] edges = new double[MOST_BINS + 1];
    for (int i = 0; i <= MOST_BINS; i++) {
      // Without last - first, which may be beyond the largest number.
      edges[i] = first * (1 - i / (double) MOST_BINS) + last * (i / (double) MOST_BINS);
    }
    edges[MOST_BINS] = last;
    return edges;
  }

  private static int[] counts(NumericSample sample, double[] edges) {
    if (sample == null) {
      return null;
    }
    int[] counts = new int[edges.length - 1];
    int below = 0;
    for (int i = 0; i < counts.length; i++) {
      int end = i == counts.length - 1 ? sample.count() : sample.rowsBelow(edges[i + 1]);
      counts[i] = end - below;
      below = end;
    }
    return counts;
  }

  private static Bars ofCategories(CategorySample reference, CategorySample current) {
    Map<String, int[]> counts = new TreeMap<>();
    add(counts, reference, 0);
    add(counts, current, 1);
    double referenceRows = reference == null ? 1 : reference.count();
    double currentRows = current == null ? 1 : current.count();
    List<String> labels = new ArrayList<>(counts.keySet());
    labels.sort(
        (a, b) ->
            Double.compare(
                counts.get(b)[0] / referenceRows + counts.get(b)[1] / currentRows,
                counts.get(a)[0] / referenceRows + counts.get(a)[1] / currentRows));
    int shown = labels.size() <= MOST_CATEGORIES ? labels.size() : MOST_CATEGORIES - 1;
    int others = labels.size() - shown;
    return new Bars(
        null,
        labels.subList(0, shown).stream().map(Words::shortened).toList(),
        reference == null ? null : cells(counts, labels, shown, 0),
        current == null ? null : cells(counts, labels, shown, 1),
        others);
  }

  private static void add(Map<String, int[]> counts, CategorySample sample, int side) {
    if (sample == null) {
      return;
    }
    for (int level = 0; level < sample.counts().length; level++) {
      if (sample.counts()[level] > 0) {
        counts.computeIfAbsent(sample.levels().get(level), label -> new int[2])[side] +=
            sample.counts()[level];
      }
    }
  }

  private static int[] cells(Map<String, int[]> counts, List<String> labels, int shown, int side) {
    int[] cells = new int[shown + (shown < labels.size() ? 1 : 0)];
    for (int i = 0; i < labels.size(); i++) {
      cells[Math.min(i, shown)] += counts.get(labels.get(i))[side];
    }
    return cells;
  }
}
