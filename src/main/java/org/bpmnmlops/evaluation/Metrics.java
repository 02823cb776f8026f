package org.bpmnmlops.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Counts and scores of answers against the truth. What needs probabilities counts the rows that
 * have them.
 */
public final class Metrics {

  /** The two-sided 95 % quantile of the normal distribution. */
  private static final double Z = 1.959963984540054;

  /** So that one wrong answer that was sure does not make the loss infinite. */
  private static final double SMALLEST_PROBABILITY = 1e-15;

  private final List<String> classes;
  private final int rows;
  private final int[][] confusion;
  private final int scoredRows;
  private final double logLoss;
  private final List<RankCurve> curves;
  private final List<ClassScores> perClass;

  /**
   * The most probable class is the answer; of equals the first.
   *
   * @param labels class of each row, an index into {@code classes}
   * @param probabilities {@code [class][row]}, 0 to 1
   */
  public Metrics(List<String> classes, int[] labels, double[][] probabilities) {
    this(classes, labels, answers(probabilities, labels.length), probabilities);
  }

  /**
   * @param labels class of each row, an index into {@code classes}; at least one row
   * @param answers what each row was classified as, in the same way
   * @param probabilities {@code [class][row]}, 0 to 1; {@code NaN} in rows that have none
   */
  public Metrics(List<String> classes, int[] labels, int[] answers, double[][] probabilities) {
    this.classes = List.copyOf(classes);
    this.rows = labels.length;
    this.confusion = new int[classes.size()][classes.size()];
    int[] scored = new int[rows];
    int scoredCount = 0;
    double loss = 0;
    for (int i = 0; i < rows; i++) {
      confusion[labels[i]][answers[i]]++;
      double own = probabilities[labels[i]][i];
      if (!Double.isNaN(own)) {
        loss -= Math.log(Math.max(SMALLEST_PROBABILITY, own));
        scored[scoredCount++] = i;
      }
    }
    this.scoredRows = scoredCount;
    this.logLoss = loss / scoredCount;
    int[] ranked = Arrays.copyOf(scored, scoredCount);
    this.curves =
        IntStream.range(0, classes.size())
            .mapToObj(k -> new RankCurve(probabilities[k], labels, k, ranked))
            .toList();
    this.perClass =
        IntStream.range(0, classes.size()).mapToObj(k -> scoresOf(k, curves.get(k))).toList();
  }

  /** The most probable class of each row; of equals the first. */
  public static int[] answers(double[][] probabilities, int rows) {
    int[] answers = new int[rows];
    for (int i = 0; i < rows; i++) {
      for (int k = 1; k < probabilities.length; k++) {
        if (probabilities[k][i] > probabilities[answers[i]][i]) {
          answers[i] = k;
        }
      }
    }
    return answers;
  }

  private ClassScores scoresOf(int k, RankCurve curve) {
    String name = classes.get(k);
    int own = Arrays.stream(confusion[k]).sum();
    int answered = Arrays.stream(confusion).mapToInt(row -> row[k]).sum();
    int right = confusion[k][k];
    Map<String, String> undefined = new TreeMap<>();
    String neverAnswered = "no row was classified as '%s'".formatted(name);
    String noRows = "no row is of class '%s'".formatted(name);
    String onlyRows = "all rows are of class '%s'".formatted(name);
    if (answered == 0) {
      undefined.put("precision", neverAnswered);
    }
    if (own == 0) {
      undefined.put("recall", noRows);
    }
    if (own + answered == 0) {
      undefined.put("f1", noRows + ", and none was classified as it");
    }
    String noScores = "no row has probabilities";
    if (curve.positives() == 0) {
      undefined.put("prAuc", scoredRows == 0 ? noScores : noRows);
    }
    if (curve.positives() == 0 || curve.negatives() == 0) {
      undefined.put("auc", scoredRows == 0 ? noScores : curve.positives() == 0 ? noRows : onlyRows);
    }
    return new ClassScores(
        name,
        own,
        new Scores(
            answered == 0 ? null : right / (double) answered,
            own == 0 ? null : right / (double) own,
            own + answered == 0 ? null : 2.0 * right / (own + answered),
            curve.positives() == 0 || curve.negatives() == 0 ? null : curve.rocArea(),
            curve.positives() == 0 ? null : curve.averagePrecision(),
            undefined));
  }

  /** Share of the rows whose answer is right. */
  public double accuracy() {
    return IntStream.range(0, classes.size()).map(k -> confusion[k][k]).sum() / (double) rows;
  }

  /** Lower and upper end of the accuracy's 95 % interval. */
  public double[] accuracyInterval() {
    return wilson(accuracy(), rows);
  }

  /** Wilson's score interval of a share among {@code n}. */
  public static double[] wilson(double share, double n) {
    double middle = share + Z * Z / (2 * n);
    double half = Z * Math.sqrt(share * (1 - share) / n + Z * Z / (4 * n * n));
    double scale = 1 + Z * Z / n;
    return new double[] {
      Math.max(0, (middle - half) / scale), Math.min(1, (middle + half) / scale)
    };
  }

  /** Share of the rows that are of a class: the accuracy of always answering it. */
  public double shareOf(int k) {
    return perClass.get(k).testRows() / (double) rows;
  }

  /** Mean of {@code -ln P(class of the row)}, cut at 1e-15; {@code NaN} without probabilities. */
  public double logLoss() {
    return logLoss;
  }

  /** Rows that have probabilities. */
  public int scoredRows() {
    return scoredRows;
  }

  /** The rows with probabilities, ranked by those of each class. */
  public List<RankCurve> curves() {
    return curves;
  }

  /** One class against the rest, in the order of the classes. */
  public List<ClassScores> perClass() {
    return perClass;
  }

  /** Rows by class (outer) and by what they were classified as (inner). */
  public List<List<Integer>> confusion() {
    return Arrays.stream(confusion).map(row -> Arrays.stream(row).boxed().toList()).toList();
  }

  /** Means over the classes, each counting the same. */
  public Scores macro() {
    return mean(scores -> 1);
  }

  /** Means over the classes, each counting by its rows. */
  public Scores weighted() {
    return mean(ClassScores::testRows);
  }

  private Scores mean(Function<ClassScores, Integer> weight) {
    Map<String, String> undefined = new TreeMap<>();
    return new Scores(
        mean("precision", Scores::precision, weight, undefined),
        mean("recall", Scores::recall, weight, undefined),
        mean("f1", Scores::f1, weight, undefined),
        mean("auc", Scores::auc, weight, undefined),
        mean("prAuc", Scores::prAuc, weight, undefined),
        undefined);
  }

  /** A mean is undefined where a class that counts is. */
  private Double mean(
      String name,
      Function<Scores, Double> score,
      Function<ClassScores, Integer> weight,
      Map<String, String> undefined) {
    double sum = 0;
    double weights = 0;
    List<String> reasons = new ArrayList<>();
    for (ClassScores each : perClass) {
      int counts = weight.apply(each);
      Double value = score.apply(each.scores());
      if (counts > 0 && value == null) {
        reasons.add(each.scores().undefined().get(name));
      } else if (counts > 0) {
        sum += counts * value;
        weights += counts;
      }
    }
    if (!reasons.isEmpty()) {
      undefined.put(name, String.join("; ", reasons));
      return null;
    }
    return sum / weights;
  }
}
