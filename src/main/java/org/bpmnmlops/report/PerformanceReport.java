package org.bpmnmlops.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bpmnmlops.evaluation.ClassScores;
import org.bpmnmlops.evaluation.Metrics;
import org.bpmnmlops.wording.Verdict;
import org.bpmnmlops.wording.Words;

/**
 * How good the model is on the current rows whose true class is known, beside its held-out rows.
 *
 * @param classes in the order of the confusion matrices
 * @param positiveClass the class {@code positive} is about; null with more than two classes
 * @param baselineClass the training rows' most frequent class
 * @param reference the held-out rows
 * @param current null without current rows
 */
public record PerformanceReport(
    ReportKind kind,
    int version,
    ReportSubject subject,
    ReportSummary summary,
    List<String> classes,
    String positiveClass,
    String baselineClass,
    MeasuredSide reference,
    MeasuredSide current,
    List<Finding> findings,
    List<String> notes)
    implements Report {

  public static final int VERSION = 1;

  /** With more classes, those with the most reference rows have curves. */
  private static final int MOST_CURVES = 8;

  /**
   * @param reference the held-out rows; at least one
   * @param current answers since the model went live, of the same classes; empty where there are
   *     none
   * @param positiveClass as the model says; empty with more than two classes
   * @param baselineClass the training rows' most frequent class
   * @param findings what was wrong with the data when they were read
   * @param previous the report before; empty for the first
   */
  public static PerformanceReport of(
      ReportSubject subject,
      ScoredRows reference,
      Optional<ScoredRows> current,
      Optional<String> positiveClass,
      String baselineClass,
      List<Finding> findings,
      Optional<PreviousReport> previous) {
    List<String> classes = reference.classes();
    current
        .filter(rows -> !rows.classes().equals(classes))
        .ifPresent(
            rows -> {
              throw new IllegalArgumentException(
                  "The reference has the classes %s, the current rows %s"
                      .formatted(classes, rows.classes()));
            });
    Optional<Integer> positive = positiveClass.map(name -> place(classes, name));
    int majority = place(classes, baselineClass);
    int[] shown = shown(reference, positive);
    MeasuredSide before = MeasuredSide.of(reference, positive, majority, shown);
    MeasuredSide now =
        current
            .filter(rows -> rows.rows() > 0)
            .map(rows -> MeasuredSide.of(rows, positive, majority, shown))
            .orElse(null);
    return new PerformanceReport(
        ReportKind.MODEL_PERFORMANCE,
        VERSION,
        subject,
        PerformanceWords.summary(before, now, flagged(before, now)).since(previous),
        classes,
        positiveClass.orElse(null),
        baselineClass,
        before,
        now,
        List.copyOf(findings),
        notes(
            classes, shown, positive, now, current.map(PerformanceReport::otherAnswers).orElse(0)));
  }

  private static int place(List<String> classes, String name) {
    int place = classes.indexOf(name);
    if (place < 0) {
      throw new IllegalArgumentException("There is no class '%s' in %s".formatted(name, classes));
    }
    return place;
  }

  /** The positive class; with more than two, those with the most rows, in the classes' order. */
  private static int[] shown(ScoredRows reference, Optional<Integer> positive) {
    if (positive.isPresent()) {
      return new int[] {positive.get()};
    }
    int[] rows = new int[reference.classes().size()];
    for (int label : reference.labels()) {
      rows[label]++;
    }
    return IntStream.range(0, rows.length)
        .boxed()
        .sorted(Comparator.comparingInt(k -> -rows[k]))
        .limit(MOST_CURVES)
        .mapToInt(Integer::intValue)
        .sorted()
        .toArray();
  }

  /** Classes whose rows are found less often than before, beyond what chance explains. */
  private static Map<String, Verdict> flagged(MeasuredSide before, MeasuredSide now) {
    Map<String, Verdict> flagged = new LinkedHashMap<>();
    if (now == null) {
      return flagged;
    }
    for (int k = 0; k < now.perClass().size(); k++) {
      ClassScores old = before.perClass().get(k);
      ClassScores current = now.perClass().get(k);
      if (current.testRows() >= PerformanceWords.LEAST_ROWS
          && old.scores().recall() != null
          && PerformanceWords.worse(
              old.scores().recall(),
              old.testRows(),
              current.scores().recall(),
              current.testRows())) {
        flagged.put(current.name(), Verdict.WARN);
      }
    }
    return flagged;
  }

  /** Predictions of another system, say, that the probabilities do not lead to. */
  private static int otherAnswers(ScoredRows rows) {
    int[] own = Metrics.answers(rows.probabilities(), rows.labels().length);
    return (int)
        IntStream.range(0, own.length)
            .filter(row -> !Double.isNaN(rows.probabilities()[0][row]))
            .filter(row -> own[row] != rows.answers()[row])
            .count();
  }

  private static List<String> notes(
      List<String> classes,
      int[] shown,
      Optional<Integer> positive,
      MeasuredSide current,
      int otherAnswers) {
    List<String> notes = new ArrayList<>();
    if (otherAnswers > 0) {
      notes.add(
          "The probabilities are the model's own, computed for this report. %s of %s %s not what the model answers by them; accuracy, precision, recall and F1 are of the predictions as they came, AUC, log-loss, curves and thresholds of the probabilities."
              .formatted(
                  Words.count(otherAnswers),
                  Words.count(current.labelledRows(), "labelled prediction"),
                  otherAnswers == 1 ? "is" : "are"));
    }
    if (positive.isEmpty() && shown.length < classes.size()) {
      notes.add(
          "Curves are shown for the %d of %d classes with the most reference rows."
              .formatted(shown.length, classes.size()));
    }
    if (current != null && current.labelledRows() < current.rows()) {
      notes.add(
          "%s of %s %s a known outcome; the others do not count here."
              .formatted(
                  Words.count(current.labelledRows()),
                  Words.count(current.rows(), "prediction"),
                  current.labelledRows() == 1 ? "has" : "have"));
    }
    if (current != null && current.scoredRows() < current.labelledRows()) {
      notes.add(
          "%s came with probabilities; AUC, log-loss, curves and thresholds are theirs."
              .formatted(Words.count(current.scoredRows(), "labelled row")));
    }
    notes.add(
        "“Worse” is said where chance alone would come to as much in at most 2.5 %% of cases (pooled test of two shares) and from %d known outcomes on."
            .formatted(PerformanceWords.LEAST_ROWS));
    return notes;
  }
}
