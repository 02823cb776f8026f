package org.bpmnmlops.monitoring;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.bpmnmlops.data.Column;
import org.bpmnmlops.data.Table;
import org.bpmnmlops.data.TextColumn;
import org.bpmnmlops.data.TypedRows.Misfit;
import org.bpmnmlops.production.ProductionTable;
import org.bpmnmlops.report.Finding;
import org.bpmnmlops.report.ScoredRows;
import org.bpmnmlops.wording.Words;

/**
 * The production rows of a window, beside their reference.
 *
 * @param ofVersion those that the reference's version predicted
 */
record Current(Reference reference, ProductionTable rows, BitSet ofVersion) {

  static Current of(Reference reference, ProductionTable rows) {
    int version = reference.version().version();
    BitSet ofVersion = new BitSet(rows.rows());
    for (int row = 0; row < rows.rows(); row++) {
      Integer answered = rows.versions().get(row);
      ofVersion.set(row, answered != null && answered == version);
    }
    return new Current(reference, rows, ofVersion);
  }

  /** Features, and the target as far as it is known. */
  Table forQuality() {
    return table(actual());
  }

  /** Features, target, and the predictions of the version. */
  Table forDrift() {
    int[] codes = rows.prediction().codes().clone();
    for (int row = 0; row < codes.length; row++) {
      if (!ofVersion.get(row)) {
        codes[row] = -1;
      }
    }
    return table(
        actual(), new TextColumn(reference.predictionColumn(), codes, rows.prediction().levels()));
  }

  /** When each row was predicted, in milliseconds since 1970-01-01 UTC. */
  long[] times() {
    return rows.predictedAt().stream().mapToLong(time -> time.toEpochMilli()).toArray();
  }

  /**
   * The predictions of the version, as they were answered, beside their outcomes. Probabilities are
   * what the version says of the same rows.
   */
  ScoredRows scored() {
    int[] predictions = reference.codes(rows.prediction());
    int[] actuals = reference.codes(rows.actual());
    int[] predicted =
        IntStream.range(0, rows.rows())
            .filter(row -> ofVersion.get(row) && predictions[row] >= 0)
            .toArray();
    int[] labelled = Arrays.stream(predicted).filter(row -> actuals[row] >= 0).toArray();
    return new ScoredRows(
        reference.data().classes(),
        predicted.length,
        pick(actuals, labelled),
        pick(predictions, labelled),
        reference
            .model()
            .preparedProbabilities(
                reference.model().preparation().apply(rows.features()), labelled));
  }

  /** Columns with cells that are not what the model learned there; one finding each. */
  List<Finding> misfits() {
    Map<String, List<Misfit>> byColumn =
        rows.misfits().stream()
            .collect(
                Collectors.groupingBy(Misfit::column, LinkedHashMap::new, Collectors.toList()));
    return byColumn.entrySet().stream()
        .map(
            column ->
                Finding.ofColumn("production data", column.getKey(), misfits(column.getValue())))
        .toList();
  }

  private String misfits(List<Misfit> ofColumn) {
    boolean one = ofColumn.size() == 1;
    return "in the whole window %s of %s %s not %s, such as '%s'; %s as missing"
        .formatted(
            Words.count(ofColumn.size()),
            Words.count(rows.rows(), "value"),
            one ? "is" : "are",
            ofColumn.get(0).expected(),
            ofColumn.get(0).value(),
            one ? "it counts" : "they count");
  }

  private static int[] pick(int[] values, int[] rows) {
    return Arrays.stream(rows).map(row -> values[row]).toArray();
  }

  private TextColumn actual() {
    return new TextColumn(reference.target(), rows.actual().codes(), rows.actual().levels());
  }

  private Table table(Column... others) {
    List<Column> columns = new ArrayList<>(reference.prepare(rows.features()));
    columns.addAll(List.of(others));
    return new Table(rows.features().source(), rows.rows(), columns);
  }
}
