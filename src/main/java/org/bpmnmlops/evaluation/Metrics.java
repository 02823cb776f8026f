package org.bpmnmlops.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Counts and scores of answers against the truth. */
final class Metrics {

  /** The two-sided 95 % quantile of the normal distribution. */
  private static final double Z = 1.959963984540054;

  /** So that one wrong answer that was sure does not make the loss infinite. */
  private static final double SMALLEST_PROBABILITY = 1e-15;

  private final List<String> classes;
  private final int rows;
  private final int[][] confusion;
  private final double logLoss;
  private final List<ClassScores> perClass;

  /**
   * @param labels class of each row, an index into {@code classes}
   * @param probabilities {@code [class][row]}, 0 to 1
   */
  Metrics(List<String> classes, int[] labels, double[][] probabilities) {
    this.classes = classes;
    this.rows = labels.length;
    this.confusion = new int[classes.size()][classes.size()];
    double loss = 0;
    for (int i = 0; i < rows; i++) {
      int answer = 0;
      for (int k = 1; k < probabilities.length; k++) {
        if (probabilities[k][i] > probabilities[answer][i]) {
          answer = k;
        }
      }
      confusion[labels[i]][answer]++;
      loss -= Math.log(Math.max(SMALLEST_PROBABILITY, probabilities[labels[i]][i]));
    }
    this.logLoss = loss / rows;
    this.perClass =
        IntStream.range(0, classes.size())
            .mapToObj(k -> scoresOf(k, new RankCurve(probabilities[k], labels, k)))
            .toList();
  }

  private ClassScores scoresOf(int k, RankCurve curve) {
    String name = classes.get(k);
    int own = Arrays.stream(confusion[k]).sum();
    int answered = Arrays.stream(confusion).mapToInt(row -> row[k]).sum();
    int right = confusion[k][k];
    Map<String, String> undefined = new TreeMap<>();
    String neverAnswered = "no held-out row was classified as '%s'".formatted(name);
    String noRows = "no held-out row is of class '%s'".formatted(name);
    String onlyRows = "all held-out rows are of class '%s'".formatted(name);
    if (answered == 0) {
      undefined.put("precision", neverAnswered);
    }
    if (own == 0) {
      undefined.put("recall", noRows);
      undefined.put("prAuc", noRows);
    }
    if (own + answered == 0) {
      undefined.put("f1", noRows + ", and none was classified as it");
    }
    if (own == 0 || own == rows) {
      undefined.put("auc", own == 0 ? noRows : onlyRows);
    }
    return new ClassScores(
        name,
        own,
        new Scores(
            answered == 0 ? null : right / (double) answered,
            own == 0 ? null : right / (double) own,
            own + answered == 0 ? null : 2.0 * right / (own + answered),
            own == 0 || own == rows ? null : curve.rocArea(),
            own == 0 ? null : curve.averagePrecision(),
            undefined));
  }

  double accuracy() {
    return IntStream.range(0, classes.size()).map(k -> confusion[k][k]).sum() / (double) rows;
  }

  /** Lower and upper end of the accuracy's 95 % interval. */
  double[] accuracyInterval() {
    return wilson(accuracy(), rows);
  }

  /** Wilson's score interval of a share among {@code n}. */
  static double[] wilson(double share, double n) {
    double middle = share + Z * Z / (2 * n);
    double half = Z * Math.sqrt(share * (1 - share) / n + Z * Z / (4 * n * n));
    double scale = 1 + Z * Z / n;
    return new double[] {
      Math.max(0, (middle - half) / scale), Math.min(1, (middle + half) / scale)
    };
  }

  double shareOf(int k) {
    return perClass.get(k).testRows() / (double) rows;
  }

  double logLoss() {
    return logLoss;
  }

  List<ClassScores> perClass() {
    return perClass;
  }

  List<List<Integer>> confusion() {
    return Arrays.stream(confusion).map(row -> Arrays.stream(row).boxed().toList()).toList();
  }

  Scores macro() {
    return mean(scores -> 1);
  }

  Scores weighted() {
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
