package org.bpmnmlops.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.bpmnmlops.evaluation.RankCurve;
import org.bpmnmlops.evaluation.RankCurve.Cut;
import org.bpmnmlops.wording.Words;

/**
 * How well one class is told from the rest, threshold by threshold, in at most some hundred points
 * of four decimals.
 *
 * @param name the class
 * @param falsePositiveRate ascending, 0 to 1: the ROC curve's x
 * @param truePositiveRate its y, which is the recall
 * @param recall the precision-recall curve's x, ascending
 * @param precision its y
 * @param scoresOfClass rows of the class by their probability of it, twenty bins from 0 to 1
 * @param scoresOfOthers the other rows in the same way
 * @param thresholds what comes of classifying rows as the class from a probability on
 */
public record ClassCurves(
    String name,
    double[] falsePositiveRate,
    double[] truePositiveRate,
    double[] recall,
    double[] precision,
    int[] scoresOfClass,
    int[] scoresOfOthers,
    List<Threshold> thresholds) {

  private static final int POINTS = 100;
  private static final int BINS = 20;

  /**
   * @param threshold the least probability
   * @param share of the rows that are classified as the class
   * @param precision of them, those that are of the class; null where there are none
   * @param recall of the rows of the class, those classified as it
   * @param f1 harmonic mean of both; null where both are 0 or undefined
   */
  public record Threshold(
      double threshold, double share, Double precision, Double recall, Double f1) {}

  /** Null where the rows are all of the class, or none is. */
  static ClassCurves of(String name, RankCurve curve) {
    if (curve.positives() == 0 || curve.negatives() == 0) {
      return null;
    }
    List<Cut> cuts = curve.cuts(POINTS);
    List<Cut> answered = cuts.subList(1, cuts.size());
    double[] edges = IntStream.rangeClosed(0, BINS).mapToDouble(i -> i / (double) BINS).toArray();
    List<Cut> atEdges = curve.at(edges);
    int[] own = new int[BINS];
    int[] others = new int[BINS];
    for (int i = 0; i < BINS; i++) {
      boolean last = i == BINS - 1;
      Cut here = atEdges.get(i);
      Cut next = atEdges.get(i + 1);
      own[i] = (int) (here.truePositives() - (last ? 0 : next.truePositives()));
      others[i] = (int) (here.falsePositives() - (last ? 0 : next.falsePositives()));
    }
    List<Threshold> thresholds = new ArrayList<>();
    for (int i = 1; i < BINS; i++) {
      thresholds.add(threshold(atEdges.get(i), curve));
    }
    return new ClassCurves(
        Words.shortened(name),
        cuts.stream()
            .mapToDouble(cut -> fourDecimals(cut.falsePositives(), curve.negatives()))
            .toArray(),
        cuts.stream()
            .mapToDouble(cut -> fourDecimals(cut.truePositives(), curve.positives()))
            .toArray(),
        answered.stream()
            .mapToDouble(cut -> fourDecimals(cut.truePositives(), curve.positives()))
            .toArray(),
        answered.stream()
            .mapToDouble(
                cut ->
                    fourDecimals(cut.truePositives(), cut.truePositives() + cut.falsePositives()))
            .toArray(),
        own,
        others,
        thresholds);
  }

  private static Threshold threshold(Cut cut, RankCurve curve) {
    long answered = cut.truePositives() + cut.falsePositives();
    double total = curve.positives() + curve.negatives();
    return new Threshold(
        cut.threshold(),
        answered / total,
        answered == 0 ? null : cut.truePositives() / (double) answered,
        cut.truePositives() / (double) curve.positives(),
        cut.truePositives() == 0
            ? null
            : 2.0 * cut.truePositives() / (answered + curve.positives()));
  }

  private static double fourDecimals(long part, long whole) {
    return Math.rint(10_000.0 * part / whole) / 10_000;
  }
}
