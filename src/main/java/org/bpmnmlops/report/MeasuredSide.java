package org.bpmnmlops.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bpmnmlops.evaluation.ClassScores;
import org.bpmnmlops.evaluation.Metrics;
import org.bpmnmlops.evaluation.Scores;

/**
 * How good the model is on one side. What needs labels is null without labelled rows; what needs
 * probabilities counts the rows that have them, and is null without.
 *
 * @param rows all predictions
 * @param labelledRows of them, those whose true class is known
 * @param scoredRows of these, those with probabilities
 * @param accuracy share of the labelled rows classified correctly
 * @param accuracyLow lower end of its 95 % interval (Wilson's score interval)
 * @param accuracyHigh upper end
 * @param balancedAccuracy mean of the classes' recalls
 * @param logLoss mean of {@code -ln P(class of the row)}, probabilities cut at 1e-15
 * @param positive scores of the positive class; null with more than two classes
 * @param macro means over the classes, each counting the same
 * @param weighted means over the classes, each counting by its rows
 * @param perClass one class against the rest; its {@code testRows} are the class's labelled rows
 * @param confusion labelled rows by class (outer) and by what they were classified as (inner)
 * @param dummy a model that always answers the most frequent class of the training rows
 * @param curves of the classes that are shown; null for a class where there are none
 */
public record MeasuredSide(
    int rows,
    int labelledRows,
    int scoredRows,
    Double accuracy,
    Double accuracyLow,
    Double accuracyHigh,
    Double balancedAccuracy,
    Double logLoss,
    Scores positive,
    Scores macro,
    Scores weighted,
    List<ClassScores> perClass,
    List<List<Integer>> confusion,
    Dummy dummy,
    List<ClassCurves> curves) {

  /**
   * @param answer the class it always answers
   * @param accuracy share of the labelled rows that are of it
   * @param precision of the positive class, with two classes; null where it never answers it
   * @param recall in the same way
   * @param f1 in the same way
   * @param logLoss of always answering the shares the classes have on this side: what a model
   *     without any knowledge of the row can reach
   */
  public record Dummy(
      String answer, Double accuracy, Double precision, Double recall, Double f1, Double logLoss) {}

  /**
   * @param positive index of the positive class; empty with more than two
   * @param majority index of the most frequent class of the training rows
   * @param shown classes whose curves are wanted
   */
  static MeasuredSide of(ScoredRows rows, Optional<Integer> positive, int majority, int[] shown) {
    int labelled = rows.labels().length;
    if (labelled == 0) {
      return new MeasuredSide(
          rows.rows(),
          0,
          0,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          List.of(),
          List.of(),
          null,
          List.of());
    }
    Metrics metrics =
        new Metrics(rows.classes(), rows.labels(), rows.answers(), rows.probabilities());
    double[] interval = metrics.accuracyInterval();
    Scores macro = metrics.macro();
    List<ClassCurves> curves = new ArrayList<>();
    for (int k : shown) {
      curves.add(ClassCurves.of(rows.classes().get(k), metrics.curves().get(k)));
    }
    return new MeasuredSide(
        rows.rows(),
        labelled,
        metrics.scoredRows(),
        metrics.accuracy(),
        interval[0],
        interval[1],
        macro.recall(),
        metrics.scoredRows() == 0 ? null : metrics.logLoss(),
        positive.map(k -> metrics.perClass().get(k).scores()).orElse(null),
        macro,
        metrics.weighted(),
        metrics.perClass(),
        metrics.confusion(),
        dummy(rows.classes(), metrics, positive, majority),
        curves);
  }

  private static Dummy dummy(
      List<String> classes, Metrics metrics, Optional<Integer> positive, int majority) {
    double accuracy = metrics.shareOf(majority);
    boolean answersPositive = positive.isPresent() && positive.get() == majority;
    double loss =
        IntStream.range(0, classes.size())
            .mapToDouble(metrics::shareOf)
            .filter(share -> share > 0)
            .map(share -> -share * Math.log(share))
            .sum();
    return new Dummy(
        classes.get(majority),
        accuracy,
        answersPositive ? accuracy : null,
        positive.isEmpty() ? null : answersPositive ? 1.0 : 0.0,
        answersPositive ? 2 * accuracy / (1 + accuracy) : null,
        loss);
  }
}
