package org.bpmnmlops.report;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bpmnmlops.drift.DatasetDrift;
import org.bpmnmlops.drift.DriftSettings;
import org.bpmnmlops.drift.Judgement;
import org.bpmnmlops.wording.Verdict;
import org.bpmnmlops.wording.Words;

/** Says what the drift report comes to. */
final class DriftWords {

  private static final int MOST_NAMES = 3;

  private DriftWords() {}

  static ReportSummary summary(
      Optional<DatasetDrift> drift,
      List<DriftedColumn> columns,
      List<String> drifted,
      Map<String, Verdict> flagged,
      DriftSettings settings,
      int currentRows) {
    int judged = drift.map(DatasetDrift::judgedColumns).orElse(0);
    Verdict verdict =
        judged == 0
            ? Verdict.UNKNOWN
            : drift.orElseThrow().datasetDrift()
                ? Verdict.BAD
                : drifted.isEmpty() ? Verdict.GOOD : Verdict.WARN;
    return new ReportSummary(
        verdict,
        headline(verdict, drift.isPresent(), drifted.size(), judged, comparable(columns)),
        lead(verdict, drift.isPresent(), drifted, judged, currentRows, settings),
        List.of(
            share(drifted.size(), judged),
            farthest(columns),
            new Figure(
                "currentRows",
                "Current rows",
                (double) currentRows,
                Words.count(currentRows),
                "production data in this window")),
        flagged,
        null,
        List.of());
  }

  /** Columns that would be judged, were there rows enough. */
  private static int comparable(List<DriftedColumn> columns) {
    return (int)
        columns.stream()
            .filter(
                column ->
                    column.judgement() != Judgement.TYPE_NOT_COMPARED
                        && column.judgement() != Judgement.NOT_IN_SCHEMA)
            .count();
  }

  private static String headline(
      Verdict verdict, boolean rows, int drifted, int judged, int comparable) {
    return switch (verdict) {
      case GOOD ->
          judged == comparable
              ? "No drift"
              : "No drift in the %d of %s that could be judged"
                  .formatted(judged, Words.count(comparable, "column"));
      case WARN -> "%s drifted, the data as a whole did not".formatted(ofColumns(drifted, judged));
      case BAD -> "The data have drifted: %s".formatted(ofColumns(drifted, judged));
      case UNKNOWN -> rows ? "Too few rows to judge drift" : "No current data to compare";
    };
  }

  private static String ofColumns(int drifted, int judged) {
    return "%d of %s".formatted(drifted, Words.count(judged, "column"));
  }

  private static String lead(
      Verdict verdict,
      boolean rows,
      List<String> drifted,
      int judged,
      int currentRows,
      DriftSettings settings) {
    return switch (verdict) {
      case GOOD ->
          judged == 1
              ? "The one column that could be judged is as the reference has it."
              : "All %s that could be judged are as the reference has them."
                  .formatted(Words.count(judged, "column"));
      case WARN, BAD ->
          "%s %s away from the reference. The data count as drifted from %s of the judged columns on."
              .formatted(
                  Words.list(drifted, MOST_NAMES),
                  drifted.size() == 1 ? "has moved" : "have moved",
                  Words.percent(settings.driftedShare()));
      case UNKNOWN ->
          rows
              ? "%s; a column is judged from %d on by a p-value, from %d on by a distance. The scores are shown all the same."
                  .formatted(
                      Words.count(currentRows, "current row"),
                      settings.rowsForPValue(),
                      settings.rowsForDistance())
              : "There are no production rows in this window.";
    };
  }

  private static Figure share(int drifted, int judged) {
    return judged == 0
        ? new Figure("driftShare", "Drifted columns", null, "–", "none could be judged")
        : new Figure(
            "driftShare",
            "Drifted columns",
            (double) drifted / judged,
            Words.percent((double) drifted / judged),
            "%d of %d judged".formatted(drifted, judged));
  }

  private static Figure farthest(List<DriftedColumn> columns) {
    return columns.stream()
        .filter(column -> column.strength() != null)
        .max(
            Comparator.comparing(DriftedColumn::judged)
                .thenComparingDouble(DriftedColumn::strength))
        .map(
            column ->
                new Figure(
                    "farthestColumn",
                    "Farthest from the reference",
                    column.score(),
                    column.column(),
                    "%s %s, drift %s %s"
                        .formatted(
                            column.method(),
                            (column.pValue() ? "p " : "") + Words.score(column.score()),
                            column.pValue() ? "up to" : "from",
                            Words.number(column.threshold()))))
        .orElse(
            new Figure(
                "farthestColumn", "Farthest from the reference", null, "–", "nothing compared"));
  }
}
