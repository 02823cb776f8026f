package org.bpmnmlops.report;

import java.util.Arrays;
import java.util.List;
import org.bpmnmlops.evaluation.Metrics;

/**
 * Answers of a model beside what turned out to be true. The arrays are not copied.
 *
 * @param classes the model's, in its order; classes it does not know may follow
 * @param rows all predictions, those without a label included
 * @param labels class of each labelled row, an index into {@code classes}
 * @param answers what each labelled row was classified as, in the same way
 * @param probabilities {@code [class][labelled row]}, 0 to 1; {@code NaN} for a row that has none
 */
public record ScoredRows(
    List<String> classes, int rows, int[] labels, int[] answers, double[][] probabilities) {

  public ScoredRows {
    classes = List.copyOf(classes);
    if (labels.length != answers.length || labels.length > rows) {
      throw new IllegalArgumentException(
          "%d labels and %d answers of %d rows".formatted(labels.length, answers.length, rows));
    }
    if (probabilities.length != classes.size()) {
      throw new IllegalArgumentException(
          "Probabilities of %d classes; expected %d"
              .formatted(probabilities.length, classes.size()));
    }
  }

  /** All rows are labelled and have probabilities; the most probable class is the answer. */
  public static ScoredRows of(List<String> classes, int[] labels, double[][] probabilities) {
    return new ScoredRows(
        classes,
        labels.length,
        labels,
        Metrics.answers(probabilities, labels.length),
        probabilities);
  }

  /** Labelled rows of which only the answers are known. */
  public static ScoredRows ofAnswers(List<String> classes, int rows, int[] labels, int[] answers) {
    double[][] none = new double[classes.size()][labels.length];
    for (double[] ofClass : none) {
      Arrays.fill(ofClass, Double.NaN);
    }
    return new ScoredRows(classes, rows, labels, answers, none);
  }
}
