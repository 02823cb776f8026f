package org.bpmnmlops.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.bpmnmlops.wording.Verdict;
import org.bpmnmlops.wording.Words;

/** Says what the quality report comes to. */
final class QualityWords {

  private static final int MOST_NAMES = 3;

  private QualityWords() {}

  static ReportSummary summary(
      List<ColumnQuality> columns,
      TableQuality current,
      List<String> onlyInCurrent,
      List<Finding> findings) {
    Map<String, Verdict> flagged = new LinkedHashMap<>();
    List<String> bad = new ArrayList<>();
    List<String> warned = new ArrayList<>();
    for (ColumnQuality column : columns) {
      if (column.verdict() == Verdict.BAD) {
        bad.add(column.column());
      } else if (column.verdict() == Verdict.WARN) {
        warned.add(column.column());
      }
      if (column.verdict() == Verdict.BAD || column.verdict() == Verdict.WARN) {
        flagged.put(column.column(), column.verdict());
      }
    }
    boolean rows = current != null && current.rows() > 0;
    Verdict verdict =
        !rows
            ? Verdict.UNKNOWN
            : !bad.isEmpty()
                ? Verdict.BAD
                : !warned.isEmpty() || !findings.isEmpty() || !onlyInCurrent.isEmpty()
                    ? Verdict.WARN
                    : Verdict.GOOD;
    return new ReportSummary(
        verdict,
        headline(verdict, bad.size(), columns.size()),
        lead(verdict, bad, warned, onlyInCurrent, findings),
        figures(columns, current, bad.size(), warned.size(), rows),
        flagged,
        null,
        List.of());
  }

  private static String headline(Verdict verdict, int bad, int columns) {
    return switch (verdict) {
      case GOOD -> "The data keep to the contract";
      case WARN -> "The data keep to the contract, with warnings";
      case BAD ->
          "The data break the contract in %s of %s"
              .formatted(Words.count(bad), Words.count(columns, "column"));
      case UNKNOWN -> "No current data to check";
    };
  }

  private static String lead(
      Verdict verdict,
      List<String> bad,
      List<String> warned,
      List<String> onlyInCurrent,
      List<Finding> findings) {
    if (verdict == Verdict.UNKNOWN) {
      return "There are no production rows in this window; the report shows the reference alone.";
    }
    List<String> parts = new ArrayList<>();
    if (!bad.isEmpty()) {
      parts.add("A rule is broken by " + Words.list(bad, MOST_NAMES) + ".");
    }
    if (!warned.isEmpty()) {
      parts.add("Look at " + Words.list(warned, MOST_NAMES) + ".");
    }
    if (!onlyInCurrent.isEmpty()) {
      parts.add("Not in the reference: " + Words.list(onlyInCurrent, MOST_NAMES) + ".");
    }
    if (!findings.isEmpty()) {
      parts.add(
          "%s about the data as they came%s."
              .formatted(Words.count(findings.size(), "finding"), bySource(findings)));
    }
    return parts.isEmpty()
        ? "Types, missing values, ranges, means and categories are as the reference has them."
        : String.join(" ", parts);
  }

  /** A file's findings and those about all rows of the window are counted apart elsewhere. */
  private static String bySource(List<Finding> findings) {
    Map<String, Long> counts =
        findings.stream()
            .filter(finding -> finding.source() != null)
            .collect(
                Collectors.groupingBy(Finding::source, LinkedHashMap::new, Collectors.counting()));
    return counts.size() < 2
        ? ""
        : counts.entrySet().stream()
            .map(each -> Words.count(each.getValue()) + " in " + each.getKey())
            .collect(Collectors.joining(", ", ": ", ""));
  }

  /** What the columns are that do not keep to the contract. */
  private static String others(int bad, int warned) {
    String warnings = warned == 1 ? "1 has a warning" : warned + " have warnings";
    return bad == 0
        ? warned == 0 ? "type, missing values, range, mean and categories" : warnings
        : "%d %s it%s"
            .formatted(bad, bad == 1 ? "breaks" : "break", warned == 0 ? "" : ", " + warnings);
  }

  private static List<Figure> figures(
      List<ColumnQuality> columns, TableQuality current, int bad, int warned, boolean rows) {
    int fine = columns.size() - bad - warned;
    Figure kept =
        rows
            ? new Figure(
                "columnsInContract",
                "Columns that keep to the contract",
                (double) fine,
                "%d of %d".formatted(fine, columns.size()),
                others(bad, warned))
            : new Figure(
                "columnsInContract",
                "Columns that keep to the contract",
                null,
                "–",
                "nothing to check");
    Double share = rows ? current.missingShare() : null;
    return List.of(
        kept,
        new Figure(
            "missingShare",
            "Missing values",
            share,
            share == null ? "–" : Words.percent(share),
            share == null ? "no current rows" : "of all cells of the current rows"),
        new Figure(
            "currentRows",
            "Current rows",
            rows ? (double) current.rows() : 0,
            rows ? Words.count(current.rows()) : "0",
            rows
                ? Words.count(current.duplicatedRows(), "duplicate")
                : "production data in this window"));
  }
}
