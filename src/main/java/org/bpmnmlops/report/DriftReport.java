package org.bpmnmlops.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bpmnmlops.data.Column;
import org.bpmnmlops.drift.ColumnDrift;
import org.bpmnmlops.drift.DatasetDrift;
import org.bpmnmlops.drift.DriftDetector;
import org.bpmnmlops.drift.DriftMethod;
import org.bpmnmlops.drift.DriftSettings;
import org.bpmnmlops.drift.NumericSample;
import org.bpmnmlops.drift.Sample;
import org.bpmnmlops.wording.Verdict;
import org.bpmnmlops.wording.Words;

/**
 * How far the current rows are from the reference.
 *
 * @param referenceRows rows of the features' reference
 * @param currentRows 0 without current rows
 * @param judgedColumns columns with enough rows on both sides
 * @param driftedColumns judged columns that drifted
 * @param driftShare drifted of judged columns, 0 to 1; null where none could be judged
 * @param shareThreshold the data set has drifted from this share on
 * @param datasetDrift whether it has
 * @param retrainingAdvised whether the drift is a reason to train again
 * @param timeAxis spans of {@code overTime}; null without current rows
 * @param columns in the schema's order, then those only one side has
 */
public record DriftReport(
    ReportKind kind,
    int version,
    ReportSubject subject,
    ReportSummary summary,
    int referenceRows,
    int currentRows,
    int judgedColumns,
    int driftedColumns,
    Double driftShare,
    double shareThreshold,
    boolean datasetDrift,
    boolean retrainingAdvised,
    TimeAxis timeAxis,
    List<DriftedColumn> columns,
    List<Finding> findings,
    List<String> notes)
    implements Report {

  public static final int VERSION = 1;

  private static final double STRONGEST = 100;

  /**
   * @param settings methods and thresholds
   * @param findings what was wrong with the data when they were read
   * @param previous the report before; empty for the first
   */
  public static DriftReport of(
      ReportSubject subject,
      ComparedData data,
      DriftSettings settings,
      List<Finding> findings,
      Optional<PreviousReport> previous) {
    Optional<DatasetDrift> drift =
        data.current()
            .filter(table -> table.rows() > 0)
            .map(table -> new DriftDetector(settings).detect(data.prepared(), table));
    TimeAxis axis = TimeAxis.of(data.currentRows(), data.times());
    Optional<int[]> spans =
        Optional.ofNullable(axis).map(a -> a.spans(data.currentRows(), data.times()));
    List<DriftedColumn> columns =
        drift.map(DatasetDrift::columns).orElse(List.of()).stream()
            .map(column -> column(column, data, axis, spans))
            .toList();
    return new DriftReport(
        ReportKind.DATA_DRIFT,
        VERSION,
        subject,
        summary(drift, columns, settings, data.currentRows(), findings).since(previous),
        data.referenceRows(),
        data.currentRows(),
        drift.map(DatasetDrift::judgedColumns).orElse(0),
        drift.map(DatasetDrift::driftedColumns).orElse(0),
        drift
            .map(DatasetDrift::driftShare)
            .filter(s -> s.isPresent())
            .map(s -> s.getAsDouble())
            .orElse(null),
        settings.driftedShare(),
        drift.map(DatasetDrift::datasetDrift).orElse(false),
        drift.map(DatasetDrift::retrainingAdvised).orElse(false),
        axis,
        columns,
        List.copyOf(findings),
        notes(data, axis, settings));
  }

  private static DriftedColumn column(
      ColumnDrift drift, ComparedData data, TimeAxis axis, Optional<int[]> spans) {
    Optional<Sample> before = data.prepared().sample(drift.column());
    Optional<Column> now = data.current().flatMap(table -> table.find(drift.column()));
    Optional<Sample> after =
        drift.type().flatMap(type -> now.flatMap(column -> Sample.of(column, type)));
    Double score = drift.score().isPresent() ? Words.finite(drift.score().getAsDouble()) : null;
    Double threshold = drift.threshold().isPresent() ? drift.threshold().getAsDouble() : null;
    boolean pValue = drift.method().map(DriftMethod::isPValue).orElse(false);
    return new DriftedColumn(
        drift.column(),
        drift.type().orElse(null),
        !drift.judged() ? Verdict.UNKNOWN : drift.drifted() ? Verdict.BAD : Verdict.GOOD,
        drift.method().map(DriftMethod::label).orElse(null),
        pValue,
        threshold,
        score,
        score == null ? null : strength(score, threshold, pValue),
        drift.judgement(),
        drift.judged(),
        drift.reason(),
        drift.drifted(),
        side(drift.referenceRows(), before),
        side(drift.currentRows(), after),
        drift.distribution().map(Bars::of).orElse(null),
        before.isPresent() && now.isPresent()
            ? OverTime.of(before.get(), now.get(), axis, spans)
            : List.of());
  }

  private static double strength(double score, double threshold, boolean pValue) {
    double strength = pValue ? Math.log(score) / Math.log(threshold) : score / threshold;
    return Math.max(0, Math.min(STRONGEST, strength));
  }

  private static DriftedColumn.Side side(int rows, Optional<Sample> sample) {
    return sample.orElse(null) instanceof NumericSample numbers && numbers.count() > 0
        ? new DriftedColumn.Side(
            rows, Words.finite(numbers.mean()), Words.finite(numbers.standardDeviation()))
        : new DriftedColumn.Side(rows, null, null);
  }

  private static ReportSummary summary(
      Optional<DatasetDrift> drift,
      List<DriftedColumn> columns,
      DriftSettings settings,
      int currentRows,
      List<Finding> findings) {
    Map<String, Verdict> flagged = new LinkedHashMap<>();
    List<String> drifted = new ArrayList<>();
    for (DriftedColumn column : columns) {
      if (column.drifted()) {
        flagged.put(column.column(), Verdict.BAD);
        drifted.add(column.column());
      }
    }
    return DriftWords.summary(drift, columns, drifted, flagged, settings, currentRows);
  }

  private static List<String> notes(ComparedData data, TimeAxis axis, DriftSettings settings) {
    List<String> notes = new ArrayList<>();
    notes.add(
        "A column is judged from %d current rows on by a p-value and from %d on by a distance: with fewer, chance alone passes the limits."
            .formatted(settings.rowsForPValue(), settings.rowsForDistance()));
    if (axis != null && data.times().isEmpty()) {
      notes.add("The current rows have no times; they are shown in their order.");
    }
    return notes;
  }
}
