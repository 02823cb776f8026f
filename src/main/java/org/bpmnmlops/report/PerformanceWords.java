package org.bpmnmlops.report;

import java.util.List;
import java.util.Map;
import org.bpmnmlops.evaluation.Scores;
import org.bpmnmlops.wording.Verdict;
import org.bpmnmlops.wording.Words;

/** Says what the performance report comes to. */
final class PerformanceWords {

  /** With fewer labelled rows, a verdict would be a guess. */
  static final int LEAST_ROWS = 30;

  /** One-sided 2.5 % point of the normal distribution. */
  private static final double Z = 1.959963984540054;

  private PerformanceWords() {}

  /** Whether a share is smaller now than chance explains (pooled test of two shares at 2.5 %). */
  static boolean worse(double before, int beforeRows, double now, int nowRows) {
    double pooled = (before * beforeRows + now * nowRows) / ((double) beforeRows + nowRows);
    double error = Math.sqrt(pooled * (1 - pooled) * (1.0 / beforeRows + 1.0 / nowRows));
    return before - now > Z * error;
  }

  static ReportSummary summary(
      MeasuredSide before, MeasuredSide now, Map<String, Verdict> flagged) {
    Verdict verdict = verdict(before, now, flagged);
    return new ReportSummary(
        verdict,
        headline(verdict, before, now),
        lead(before, now),
        List.of(accuracy(before, now), area(before, now), labelled(now)),
        flagged,
        null,
        List.of());
  }

  private static Verdict verdict(
      MeasuredSide before, MeasuredSide now, Map<String, Verdict> flagged) {
    if (now == null || now.labelledRows() < LEAST_ROWS) {
      return Verdict.UNKNOWN;
    }
    if (now.accuracy() <= now.dummy().accuracy() && before.accuracy() > before.dummy().accuracy()) {
      return Verdict.BAD;
    }
    if (worse(before.accuracy(), before.labelledRows(), now.accuracy(), now.labelledRows())) {
      return Verdict.BAD;
    }
    return flagged.isEmpty() ? Verdict.GOOD : Verdict.WARN;
  }

  private static String headline(Verdict verdict, MeasuredSide before, MeasuredSide now) {
    return switch (verdict) {
      case GOOD -> "The model is as good as on its held-out rows";
      case WARN -> "As good as before on the whole, not for every class";
      case BAD ->
          now.accuracy() <= now.dummy().accuracy()
              ? "The model is no better than always answering “%s”"
                  .formatted(Words.shortened(now.dummy().answer()))
              : "The model has become worse: %s instead of %s right"
                  .formatted(Words.percent(now.accuracy()), Words.percent(before.accuracy()));
      case UNKNOWN ->
          now == null
              ? "No current predictions to measure"
              : now.labelledRows() == 0
                  ? "No outcomes known yet"
                  : "Too few known outcomes to judge the model";
    };
  }

  private static String lead(MeasuredSide before, MeasuredSide now) {
    if (now == null) {
      return "The version has no predictions in this window; the report shows the held-out rows alone.";
    }
    if (now.labelledRows() == 0) {
      return "Of %s none has a known outcome yet; the report shows the held-out rows alone."
          .formatted(Words.count(now.rows(), "prediction"));
    }
    String text =
        "%s of %s %s right (95 %% interval %s to %s); %s on the held-out rows. Always answering “%s” would be right in %s."
            .formatted(
                Words.percent(now.accuracy()),
                Words.count(now.labelledRows(), "labelled prediction"),
                now.labelledRows() == 1 ? "was" : "were",
                Words.percent(now.accuracyLow()),
                Words.percent(now.accuracyHigh()),
                Words.percent(before.accuracy()),
                Words.shortened(now.dummy().answer()),
                Words.percent(now.dummy().accuracy()));
    return now.labelledRows() < LEAST_ROWS
        ? text + " From %d labelled rows on there is a verdict.".formatted(LEAST_ROWS)
        : text;
  }

  private static Figure accuracy(MeasuredSide before, MeasuredSide now) {
    boolean known = now != null && now.accuracy() != null;
    return new Figure(
        "accuracy",
        "Accuracy",
        known ? now.accuracy() : null,
        known ? Words.percent(now.accuracy()) : "–",
        "%s on the held-out rows".formatted(Words.percent(before.accuracy())));
  }

  private static Figure area(MeasuredSide before, MeasuredSide now) {
    Double old = auc(before);
    Double current = now == null ? null : auc(now);
    return new Figure(
        "auc",
        "Area under the ROC curve",
        current,
        current == null ? "–" : Words.score(current),
        old == null
            ? "not defined on the held-out rows"
            : "%s on the held-out rows; 0.5 is chance".formatted(Words.score(old)));
  }

  private static Double auc(MeasuredSide side) {
    Scores scores = side.positive() == null ? side.macro() : side.positive();
    return scores == null ? null : scores.auc();
  }

  private static Figure labelled(MeasuredSide now) {
    return new Figure(
        "labelledRows",
        "Known outcomes",
        now == null ? 0 : (double) now.labelledRows(),
        now == null ? "0" : Words.count(now.labelledRows()),
        now == null
            ? "no predictions in this window"
            : "of %s in this window".formatted(Words.count(now.rows(), "prediction")));
  }
}
