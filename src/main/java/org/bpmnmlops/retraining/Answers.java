package org.bpmnmlops.retraining;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.bpmnmlops.evaluation.Metric;

/**
 * What a model answers on the rows two models are compared on, made ready to be scored again and
 * again with other weights of the rows.
 */
final class Answers {

  /** So that one wrong answer that was sure does not make the loss infinite. */
  private static final double SMALLEST_PROBABILITY = 1e-15;

  private static final double ROUNDING = 1e-9;

  private final int[] labels;
  private final double[][] probabilities;
  private final int[] answers;
  private final int[][] descending;

  /**
   * @param labels class of each row
   * @param probabilities {@code [class][row]}, 0 to 1; of equal ones the first class is answered
   */
  Answers(int[] labels, double[][] probabilities) {
    this.labels = labels;
    this.probabilities = probabilities;
    this.answers = new int[labels.length];
    for (int row = 0; row < answers.length; row++) {
      for (int k = 1; k < probabilities.length; k++) {
        if (probabilities[k][row] > probabilities[answers[row]][row]) {
          answers[row] = k;
        }
      }
    }
    this.descending = new int[probabilities.length][];
  }

  /** Whether a model gives the same rows the same probabilities, but for rounding. */
  boolean areAs(Answers other) {
    return IntStream.range(0, probabilities.length)
        .allMatch(
            k ->
                IntStream.range(0, rows())
                    .allMatch(
                        row ->
                            Math.abs(probabilities[k][row] - other.probabilities[k][row])
                                <= ROUNDING));
  }

  int rows() {
    return labels.length;
  }

  /** Every row counting once. */
  double score(Metric metric) {
    int[] ones = new int[labels.length];
    Arrays.fill(ones, 1);
    return score(metric, ones);
  }

  /**
   * A metric over rows that count as often as their weight says. Classes without rows are left out
   * of means; NaN where no class is left.
   */
  double score(Metric metric, int[] weights) {
    return switch (metric) {
      case ACCURACY -> accuracy(weights);
      case BALANCED_ACCURACY -> {
        long[][] confusion = confusion(weights);
        yield meanOverClasses(k -> recall(confusion, k));
      }
      case F1_MACRO -> {
        long[][] confusion = confusion(weights);
        yield meanOverClasses(k -> f1(confusion, k));
      }
      case AUC -> meanOverClasses(k -> rocArea(k, weights));
      case LOG_LOSS -> logLoss(weights);
    };
  }

  /** Share of each class's rows that were answered with it; NaN for a class without rows. */
  double[] recalls() {
    int[] ones = new int[labels.length];
    Arrays.fill(ones, 1);
    long[][] confusion = confusion(ones);
    return IntStream.range(0, confusion.length).mapToDouble(k -> recall(confusion, k)).toArray();
  }

  private double accuracy(int[] weights) {
    long right = 0;
    long all = 0;
    for (int row = 0; row < labels.length; row++) {
      all += weights[row];
      right += answers[row] == labels[row] ? weights[row] : 0;
    }
    return right / (double) all;
  }

  private double logLoss(int[] weights) {
    double loss = 0;
    long all = 0;
    for (int row = 0; row < labels.length; row++) {
      if (weights[row] > 0) {
        all += weights[row];
        loss -=
            weights[row]
                * Math.log(Math.max(SMALLEST_PROBABILITY, probabilities[labels[row]][row]));
      }
    }
    return loss / all;
  }

  private double meanOverClasses(IntToDoubleFunction score) {
    return IntStream.range(0, probabilities.length)
        .mapToDouble(score)
        .filter(value -> !Double.isNaN(value))
        .average()
        .orElse(Double.NaN);
  }

  private long[][] confusion(int[] weights) {
    long[][] confusion = new long[probabilities.length][probabilities.length];
    for (int row = 0; row < labels.length; row++) {
      confusion[labels[row]][answers[row]] += weights[row];
    }
    return confusion;
  }

  private static double recall(long[][] confusion, int k) {
    long own = Arrays.stream(confusion[k]).sum();
    return own == 0 ? Double.NaN : confusion[k][k] / (double) own;
  }

  private static double f1(long[][] confusion, int k) {
    long own = Arrays.stream(confusion[k]).sum();
    long answered = Arrays.stream(confusion).mapToLong(row -> row[k]).sum();
    return own + answered == 0 ? Double.NaN : 2.0 * confusion[k][k] / (own + answered);
  }

  /** Pairs in the right order among all pairs of a row of the class and another; ties are half. */
  private double rocArea(int k, int[] weights) {
    int[] order = descending(k);
    double pairs = 0;
    long own = 0;
    long others = 0;
    for (int from = 0; from < order.length; ) {
      double probability = probabilities[k][order[from]];
      long ownHere = 0;
      long othersHere = 0;
      int to = from;
      for (; to < order.length && probabilities[k][order[to]] == probability; to++) {
        int weight = weights[order[to]];
        if (labels[order[to]] == k) {
          ownHere += weight;
        } else {
          othersHere += weight;
        }
      }
      pairs += othersHere * (own + ownHere / 2.0);
      own += ownHere;
      others += othersHere;
      from = to;
    }
    return own == 0 || others == 0 ? Double.NaN : pairs / ((double) own * others);
  }

  private synchronized int[] descending(int k) {
    if (descending[k] == null) {
      double[] ofClass = probabilities[k];
      descending[k] =
          IntStream.range(0, labels.length)
              .boxed()
              .sorted((a, b) -> Double.compare(ofClass[b], ofClass[a]))
              .mapToInt(Integer::intValue)
              .toArray();
    }
    return descending[k];
  }
}
