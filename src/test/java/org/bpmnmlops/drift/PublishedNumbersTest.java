package org.bpmnmlops.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bpmnmlops.drift.DriftMethod.KOLMOGOROV_SMIRNOV;
import static org.bpmnmlops.drift.DriftMethod.WASSERSTEIN;
import static org.bpmnmlops.drift.Samples.assertSame;
import static org.bpmnmlops.drift.Samples.numbers;
import static org.bpmnmlops.drift.Samples.score;
import static org.bpmnmlops.drift.Samples.text;

import org.bpmnmlops.data.TextColumn;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The numbers were computed with Evidently and scipy; ours agree to 1e-12, or a relative 1e-10. */
class PublishedNumbersTest {

  @Nested
  class ManyNumbers {

    private final double[] reference = numbers(200, i -> ((i * 37) % 101) / 10.0);
    private final double[] current = numbers(150, i -> ((i * 53) % 97) / 10.0 + 0.5);

    @ParameterizedTest
    @CsvSource({
      "KOLMOGOROV_SMIRNOV, 0.9766144311167493",
      "WASSERSTEIN, 0.07279287171999914",
      "JENSEN_SHANNON, 0.04698888738347668",
      "PSI, 0.017765662039781624",
      "KULLBACK_LEIBLER, 0.009362720108922851",
      "HELLINGER, 0.0527257982591513"
    })
    void scoreAsTheOriginal(DriftMethod method, double expected) {
      assertSame(score(method, reference, current), expected);
    }

    @Test
    void haveTheStatisticOfTheOriginal() {
      var pair = NumericPair.of(NumericSample.of(reference), NumericSample.of(current));

      assertSame(KolmogorovSmirnov.statistic(pair), 0.05);
    }

    @Test
    void fallIntoEightBinsForHellinger() {
      var pair = NumericPair.of(NumericSample.of(reference), NumericSample.of(current));

      assertThat(Binning.forHellinger(pair).cells()).isEqualTo(8);
    }
  }

  @Nested
  class EightNumbers {

    private final double[] reference = {38.7, 41.5, 43.8, 44.5, 45.5, 46.0, 47.7, 58.0};
    private final double[] current = {39.2, 39.3, 39.7, 41.4, 41.8, 42.9, 43.3, 45.8};

    @ParameterizedTest
    @CsvSource({
      "KOLMOGOROV_SMIRNOV, 0.08702408702408701",
      "WASSERSTEIN, 0.781236105789365",
      "JENSEN_SHANNON, 0.8325546111576977",
      "PSI, 14.250388222464219",
      "HELLINGER, 0.414370113047181"
    })
    void scoreAsTheOriginal(DriftMethod method, double expected) {
      assertSame(score(method, reference, current), expected);
    }

    @Test
    void haveTheStatisticOfTheOriginal() {
      var pair = NumericPair.of(NumericSample.of(reference), NumericSample.of(current));

      assertSame(KolmogorovSmirnov.statistic(pair), 0.625);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "CHI_SQUARE, 0.6730876006966301",
    "JENSEN_SHANNON, 0.06804819617703867",
    "PSI, 0.037218381577290835",
    "KULLBACK_LEIBLER, 0.01890967696532045"
  })
  void sixCategoriesScoreAsTheOriginal(DriftMethod method, double expected) {
    TextColumn reference = text("die", "1", 16, "2", 18, "3", 16, "4", 14, "5", 12, "6", 12);
    TextColumn current = text("die", "1", 16, "2", 16, "3", 16, "4", 16, "5", 16, "6", 8);

    assertSame(score(method, reference, current), expected);
    assertSame(score(method, faces(reference), faces(current)), expected);
  }

  private static double[] faces(TextColumn die) {
    return numbers(die.size(), row -> Double.parseDouble(die.text(row)));
  }

  @ParameterizedTest
  @CsvSource({"CHI_SQUARE, 0", "JENSEN_SHANNON, 0.27481663814171786"})
  void aNewCategoryScoresAsInTheOriginal(DriftMethod method, double expected) {
    TextColumn reference = text("kind", "a", 60, "b", 40);
    TextColumn current = text("kind", "a", 45, "b", 35, "c", 20);

    assertSame(score(method, reference, current), expected);
  }

  @ParameterizedTest
  @CsvSource({
    "CHI_SQUARE, 0.001063114917158603",
    "Z, 0.02845973691631065",
    "JENSEN_SHANNON, 0.10982568130333216",
    "PSI, 0.09699407473875783"
  })
  void twoCategoriesScoreAsInTheOriginal(DriftMethod method, double expected) {
    TextColumn reference = text("kind", "a", 70, "b", 30);
    TextColumn current = text("kind", "a", 55, "b", 45);

    assertSame(score(method, reference, current), expected);
  }

  @Test
  void aboveTenThousandRowsTheFiniteLawDecides() {
    double[] reference = numbers(12_000, i -> ((i * 37) % 1009) / 10.0);
    double[] current = numbers(9_000, i -> ((i * 53) % 997) / 10.0 + 0.7);
    var pair = NumericPair.of(NumericSample.of(reference), NumericSample.of(current));

    assertThat(KolmogorovSmirnov.statistic(pair)).isBetween(0.00761111105, 0.00761111115);
    assertSame(pair.score(KOLMOGOROV_SMIRNOV), 0.9246828094577849);
  }

  @Test
  void smallSamplesHaveTheirExactProbability() {
    assertSame(
        score(
            KOLMOGOROV_SMIRNOV,
            new double[] {1, 2, 3, 4, 5, 6},
            new double[] {1.5, 2.5, 3.5, 10, 11, 12}),
        0.474025974025974);
    assertSame(
        score(KOLMOGOROV_SMIRNOV, new double[] {0, 0, 0, 1, 2, 3, 4}, new double[] {1, 2, 2, 3, 9}),
        0.5454545454545454);
  }

  @Test
  void aConstantReferenceIsNormedByTheFloor() {
    double[] reference = numbers(10, i -> 5.0);
    double[] current = numbers(10, i -> i < 9 ? 5.0 : 5.5);

    assertSame(score(WASSERSTEIN, reference, current), 50.0);
  }

  @Test
  void aColumnsStatisticsAreThoseOfTheOriginal() {
    NumericSample column = NumericSample.of(1, 2, 2, 3.5, Double.NaN, 10, 7.25, 2);

    assertThat(column.count()).isEqualTo(7);
    assertThat(column.missing()).isEqualTo(1);
    assertThat(column.distinct()).isEqualTo(5);
    assertThat(column.mostCommon()).isEqualTo(2);
    assertThat(column.mean()).isBetween(3.955, 3.965);
    assertThat(column.standardDeviation()).isBetween(3.355, 3.365);
    assertThat(column.quantile(0.25)).isEqualTo(2);
    assertThat(column.quantile(0.5)).isEqualTo(2);
    assertThat(column.quantile(0.75)).isEqualTo(5.375);
    assertThat(column.minimum()).isEqualTo(1);
    assertThat(column.maximum()).isEqualTo(10);
  }
}
