package org.bpmnmlops.retraining;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.bpmnmlops.evaluation.Metric;
import org.bpmnmlops.retraining.PairedBootstrap.Gain;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PairedBootstrapTest {

  private static final int ROWS = 400;

  @Test
  void answersTheSameForTheSameSeed() {
    Answers champion = answers(1, 0.8);
    Answers challenger = answers(2, 0.85);

    assertThat(PairedBootstrap.gain(Metric.ACCURACY, champion, challenger, 7))
        .isEqualTo(PairedBootstrap.gain(Metric.ACCURACY, champion, challenger, 7))
        .isNotEqualTo(PairedBootstrap.gain(Metric.ACCURACY, champion, challenger, 8));
  }

  @ParameterizedTest
  @EnumSource(Metric.class)
  void findsNoGainOfAModelOverItself(Metric metric) {
    Answers model = answers(1, 0.8);

    assertThat(PairedBootstrap.gain(metric, model, model, 1)).isEqualTo(new Gain(0, 0, 0));
  }

  @ParameterizedTest
  @EnumSource(Metric.class)
  void isPositiveForTheBetterModelWhateverTheMetric(Metric metric) {
    Gain gain = PairedBootstrap.gain(metric, answers(1, 0.6), answers(2, 0.9), 1);

    assertThat(gain.low()).isPositive().isLessThan(gain.value());
    assertThat(gain.high()).isGreaterThan(gain.value());
  }

  @Test
  void isAsWideAsTheSpreadOfThePairedDifferences() {
    Answers champion = answers(1, 0.8);
    Answers challenger = answers(2, 0.8);
    // The mean of ROWS differences of -1, 0 and 1: about normal.
    double[] differences =
        IntStream.range(0, ROWS).mapToDouble(i -> right(2, 0.8, i) - right(1, 0.8, i)).toArray();
    double mean = IntStream.range(0, ROWS).mapToDouble(i -> differences[i]).average().orElseThrow();
    double variance =
        IntStream.range(0, ROWS)
            .mapToDouble(i -> (differences[i] - mean) * (differences[i] - mean))
            .average()
            .orElseThrow();
    double half = 1.96 * Math.sqrt(variance / ROWS);

    Gain gain = PairedBootstrap.gain(Metric.ACCURACY, champion, challenger, 3);

    assertThat(gain.value()).isCloseTo(mean, within(1e-12));
    assertThat(gain.low()).isCloseTo(mean - half, within(0.005));
    assertThat(gain.high()).isCloseTo(mean + half, within(0.005));
  }

  /** A model of two classes that is right with this probability. */
  private static Answers answers(long seed, double accuracy) {
    int[] labels = IntStream.range(0, ROWS).map(i -> i % 2).toArray();
    double[][] probabilities = new double[2][ROWS];
    for (int i = 0; i < ROWS; i++) {
      int answer = right(seed, accuracy, i) == 1 ? labels[i] : 1 - labels[i];
      probabilities[answer][i] = 0.7;
      probabilities[1 - answer][i] = 0.3;
    }
    return new Answers(labels, probabilities);
  }

  private static int right(long seed, double accuracy, int row) {
    return new SplittableRandom(1000 * seed + row).nextDouble() < accuracy ? 1 : 0;
  }
}
