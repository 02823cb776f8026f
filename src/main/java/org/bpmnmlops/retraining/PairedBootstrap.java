package org.bpmnmlops.retraining;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.bpmnmlops.evaluation.Metric;

/**
 * How sure the gain of one model over another is (Efron, Tibshirani, An Introduction to the
 * Bootstrap, 13.3: the percentile interval). Both are scored on the same drawn rows, so that what
 * they have in common cancels out.
 */
final class PairedBootstrap {

  static final int DRAWS = 2000;

  /** The 95 % interval. */
  private static final double TAIL = 0.025;

  /**
   * The gain of the challenger: positive where it is better, whatever the metric.
   *
   * @param value on the rows as they are
   * @param low lower end of the 95 % interval
   * @param high upper end
   */
  record Gain(double value, double low, double high) {}

  private PairedBootstrap() {}

  /**
   * @param champion and challenger, on the same rows in the same order, at least one
   * @param seed the same seed, the same interval
   */
  static Gain gain(Metric metric, Answers champion, Answers challenger, long seed) {
    double value = metric.gain(challenger.score(metric), champion.score(metric));
    long start = new SplittableRandom(seed).nextLong();
    double[] gains =
        IntStream.range(0, DRAWS)
            .parallel()
            .mapToDouble(
                draw -> {
                  int[] weights = draw(champion.rows(), start + draw);
                  return metric.gain(
                      challenger.score(metric, weights), champion.score(metric, weights));
                })
            .filter(gain -> !Double.isNaN(gain))
            .sorted()
            .toArray();
    return new Gain(value, quantile(gains, TAIL), quantile(gains, 1 - TAIL));
  }

  /** How often each row is drawn when as many as there are are drawn with replacement. */
  private static int[] draw(int rows, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int[] weights = new int[rows];
    for (int i = 0; i < rows; i++) {
      weights[random.nextInt(rows)]++;
    }
    return weights;
  }

  /** Linear between the two nearest, as R's type 7. */
  private static double quantile(double[] sorted, double share) {
    if (sorted.length == 0) {
      throw new IllegalArgumentException("The gain is undefined: a class has no rows");
    }
    double place = share * (sorted.length - 1);
    int below = (int) place;
    double above = sorted[Math.min(below + 1, sorted.length - 1)];
    return sorted[below] + (place - below) * (above - sorted[below]);
  }
}
