package org.bpmnmlops.report;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.bpmnmlops.data.Column;
import org.bpmnmlops.data.NumericColumn;
import org.bpmnmlops.data.Table;
import org.bpmnmlops.data.TextColumn;
import org.bpmnmlops.wording.Words;

/**
 * A column's values against the target: rows per class in each of the column's bars.
 *
 * @param classes the most frequent ones of the reference, at most {@value #MOST_CLASSES}
 * @param reference {@code [class][bar]} rows
 * @param current the same; null where no current row has a target
 */
public record AgainstTarget(List<String> classes, int[][] reference, int[][] current) {

  private static final int MOST_CLASSES = 5;

  /** Null where the reference has no target. */
  static AgainstTarget of(String column, Bars bars, String target, Table reference, Table current) {
    Column labels = reference.find(target).orElse(null);
    if (bars == null || !(labels instanceof TextColumn classes)) {
      return null;
    }
    int[] rows = new int[classes.levels().size()];
    for (int code : classes.codes()) {
      if (code >= 0) {
        rows[code]++;
      }
    }
    List<String> shown =
        IntStream.range(0, rows.length)
            .filter(k -> rows[k] > 0)
            .boxed()
            .sorted(Comparator.comparingInt(k -> -rows[k]))
            .limit(MOST_CLASSES)
            .map(classes.levels()::get)
            .sorted()
            .toList();
    return new AgainstTarget(
        shown.stream().map(Words::shortened).toList(),
        count(column, bars, shown, target, reference),
        current == null ? null : count(column, bars, shown, target, current));
  }

  private static int[][] count(
      String column, Bars bars, List<String> shown, String target, Table table) {
    Column values = table.find(column).orElse(null);
    if (values == null || !(table.find(target).orElse(null) instanceof TextColumn labels)) {
      return null;
    }
    int[] place = labels.levels().stream().mapToInt(shown::indexOf).toArray();
    int[][] counts = new int[shown.size()][bars.size()];
    boolean any = false;
    int[] ofLevel = values instanceof TextColumn text ? bars.places(text.levels()) : null;
    for (int row = 0; row < table.rows(); row++) {
      int code = labels.codes()[row];
      if (code < 0 || place[code] < 0) {
        continue;
      }
      int bar =
          ofLevel != null
              ? ((TextColumn) values).codes()[row] < 0
                  ? -1
                  : ofLevel[((TextColumn) values).codes()[row]]
              : bars.place(((NumericColumn) values).values()[row]);
      any = true;
      if (bar >= 0) {
        counts[place[code]][bar]++;
      }
    }
    return any ? counts : null;
  }
}
