package org.bpmnmlops.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The preprocessed rows with the side each one is on: what training and evaluation work with.
 *
 * @param features the feature columns after preprocessing (numbers and categories, missing values
 *     only where the run keeps them), all rows
 * @param target the target column's name
 * @param classes the classes in ascending order; numeric labels ascend by value, so {@code 2}
 *     stands before {@code 10}
 * @param labels index into {@code classes} per row
 * @param trainRows rows the model learns from, ascending
 * @param testRows rows kept back, ascending; both sides have every class
 */
public record SeparatedData(
    Table features,
    String target,
    List<String> classes,
    int[] labels,
    int[] trainRows,
    int[] testRows) {
  /** The same with the test rows left out whose values another model has learned from. */
  public SeparatedData withoutTestRowsOf(SeparatedData other) {
    long[] learned = other.identities();
    IdentitySet known = new IdentitySet(other.trainRows().length);
    for (int row : other.trainRows()) {
      known.add(learned[row]);
    }
    long[] own = identities();
    return new SeparatedData(
        features,
        target,
        classes,
        labels,
        trainRows,
        Arrays.stream(testRows).filter(row -> !known.holds(own[row])).toArray());
  }

  /** What makes each row itself: its features and its class. */
  private long[] identities() {
    List<Column> columns = new ArrayList<>(features.columns());
    String[] texts = Arrays.stream(labels).mapToObj(classes::get).toArray(String[]::new);
    columns.add(TypedRows.textColumn(target, texts));
    return RowIdentity.of(new Table(features.source(), features.rows(), columns));
  }
}
