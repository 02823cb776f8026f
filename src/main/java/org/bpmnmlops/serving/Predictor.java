package org.bpmnmlops.serving;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.bpmnmlops.data.Column;
import org.bpmnmlops.data.InvalidDataException;
import org.bpmnmlops.data.NumericColumn;
import org.bpmnmlops.data.Schema;
import org.bpmnmlops.data.Table;
import org.bpmnmlops.data.TypedRows;
import org.bpmnmlops.production.ProductionRow;
import org.bpmnmlops.serving.UnusableInputException.Finding;
import org.bpmnmlops.training.Remark;
import org.springframework.stereotype.Component;

/** Checks raw rows against a model's schema and scores them. */
@Component
class Predictor {

  /**
   * The answer to one row.
   *
   * @param prediction the most probable class, of equals the first
   * @param probabilities 0 to 1 by class
   * @param row what is to be recorded
   * @param remarks on values the model never met
   */
  record Prediction(
      UUID id,
      String prediction,
      Map<String, Double> probabilities,
      ProductionRow row,
      List<Remark> remarks) {}

  private final Clock clock;

  Predictor(Clock clock) {
    this.clock = clock;
  }

  /**
   * Scores rows; nothing is recorded yet.
   *
   * @param rows at least one
   * @param list whether findings should name the row
   * @param run the process instance that asks; null where a request does
   * @throws UnusableInputException when a value does not fit its column, or is missing and the
   *     model was trained on complete rows
   */
  List<Prediction> predict(
      ServedModel served, List<? extends Map<String, ?>> rows, boolean list, String run) {
    Table table = table(served, rows, list);
    double[][] probabilities = score(served, table);
    List<List<Remark>> remarks = remarks(served, table, rows);
    Instant now = clock.instant();
    List<String> classes = served.classes();
    List<Prediction> predictions = new ArrayList<>(rows.size());
    for (int row = 0; row < rows.size(); row++) {
      int best = 0;
      Map<String, Double> byClass = new LinkedHashMap<>();
      for (int k = 0; k < classes.size(); k++) {
        byClass.put(classes.get(k), probabilities[k][row]);
        if (probabilities[k][row] > probabilities[best][row]) {
          best = k;
        }
      }
      ProductionRow recorded =
          ProductionRow.served(
              served.version().name(),
              served.version().version(),
              features(table, row),
              classes.get(best),
              byClass,
              now,
              run);
      predictions.add(
          new Prediction(recorded.id(), classes.get(best), byClass, recorded, remarks.get(row)));
    }
    return predictions;
  }

  /**
   * A row's features as they are recorded: typed, in the schema's order.
   *
   * @throws UnusableInputException as {@link #predict}
   */
  Map<String, Object> features(ServedModel served, Map<String, ?> row) {
    return features(table(served, List.of(row), false), 0);
  }

  private static Table table(
      ServedModel served, List<? extends Map<String, ?>> rows, boolean list) {
    Schema columns = served.columns();
    TypedRows typed = new TypedRows("the request", columns, rows.size());
    rows.forEach(typed::add);
    List<Finding> findings = new ArrayList<>();
    for (TypedRows.Misfit misfit : typed.misfits()) {
      findings.add(
          new Finding(
              list ? misfit.row() : null, misfit.column(), misfit.value(), misfit.expected()));
    }
    Table table = typed.table();
    if (findings.isEmpty() && !served.model().acceptsMissing()) {
      findings.addAll(missing(columns, table, rows, list));
    }
    if (!findings.isEmpty()) {
      throw new UnusableInputException(findings);
    }
    return table;
  }

  private static List<Finding> missing(
      Schema columns, Table table, List<? extends Map<String, ?>> rows, boolean list) {
    List<Finding> findings = new ArrayList<>();
    for (Schema.ColumnSchema column : columns.columns()) {
      Column values = table.column(column.name());
      for (int row = 0; row < values.size(); row++) {
        if (values.isMissing(row)) {
          findings.add(
              new Finding(
                  list ? row : null,
                  column.name(),
                  null,
                  "%s: the model was trained on complete rows%s"
                      .formatted(expected(column), meant(column.name(), rows.get(row)))));
        }
      }
    }
    return findings;
  }

  private static String expected(Schema.ColumnSchema column) {
    return switch (column.type()) {
      case NUMERICAL -> "a number";
      case CATEGORICAL, FREE_TEXT -> "text";
      case DATE -> "a date such as 2026-11-22";
    };
  }

  private static String meant(String column, Map<String, ?> row) {
    return row.keySet().stream()
        .filter(key -> key.equalsIgnoreCase(column) && !key.equals(column))
        .findFirst()
        .map(". There is '%s', which is written otherwise"::formatted)
        .orElse("");
  }

  private static double[][] score(ServedModel served, Table table) {
    try {
      return served.model().probabilities(table);
    } catch (InvalidDataException e) {
      // A category that is multiplied with a number and is none itself.
      throw new UnusableInputException("features", null, e.getMessage());
    }
  }

  private static List<List<Remark>> remarks(
      ServedModel served, Table table, List<? extends Map<String, ?>> rows) {
    List<List<Remark>> byRow = new ArrayList<>(rows.size());
    for (int row = 0; row < rows.size(); row++) {
      List<Remark> remarks = null;
      for (Map.Entry<String, ?> field : rows.get(row).entrySet()) {
        if (!served.known().contains(field.getKey())) {
          remarks = remarks == null ? new ArrayList<>() : remarks;
          remarks.add(
              new Remark(
                  row,
                  field.getKey(),
                  TypedRows.shown(field.getValue()),
                  "is no column of the model's data; not looked at"));
        }
      }
      byRow.add(remarks == null ? List.of() : remarks);
    }
    for (Remark remark : served.model().remarks(table)) {
      List<Remark> remarks = new ArrayList<>(byRow.get(remark.row()));
      remarks.add(remark);
      byRow.set(remark.row(), remarks);
    }
    return byRow;
  }

  private static Map<String, Object> features(Table table, int row) {
    Map<String, Object> features = new LinkedHashMap<>();
    for (Column column : table.columns()) {
      if (column.isMissing(row)) {
        features.put(column.name(), null);
      } else if (column instanceof NumericColumn numbers) {
        features.put(column.name(), numbers.values()[row]);
      } else {
        features.put(column.name(), column.text(row));
      }
    }
    return features;
  }
}
