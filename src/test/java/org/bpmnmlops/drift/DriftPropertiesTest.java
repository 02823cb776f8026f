package org.bpmnmlops.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bpmnmlops.drift.DriftMethod.HELLINGER;
import static org.bpmnmlops.drift.DriftMethod.KOLMOGOROV_SMIRNOV;
import static org.bpmnmlops.drift.DriftMethod.WASSERSTEIN;
import static org.bpmnmlops.drift.Samples.assertSame;
import static org.bpmnmlops.drift.Samples.mapped;
import static org.bpmnmlops.drift.Samples.score;
import static org.bpmnmlops.drift.Samples.text;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.bpmnmlops.data.TextColumn;

/** What holds for every sample. Seeds are fixed, so a build does what the build before did. */
@PropertyDefaults(tries = 500)
class DriftPropertiesTest {

  /** Quarters, so that sums and shifts are exact; ties are common. */
  @Provide
  Arbitrary<double[]> sample() {
    return quarters(1, 80, 400);
  }

  @Provide
  Arbitrary<double[]> enoughToJudge() {
    return quarters(500, 700, 4000);
  }

  private static Arbitrary<double[]> quarters(int smallest, int largest, int range) {
    return Arbitraries.integers()
        .between(-range, range)
        .array(int[].class)
        .ofMinSize(smallest)
        .ofMaxSize(largest)
        .map(values -> Arrays.stream(values).mapToDouble(value -> value / 4.0).toArray());
  }

  @Property(seed = "1")
  void kolmogorovSmirnovAndHellingerAreSymmetric(
      @ForAll("sample") double[] one, @ForAll("sample") double[] other) {
    for (DriftMethod method : List.of(KOLMOGOROV_SMIRNOV, HELLINGER)) {
      assertSame(score(method, one, other), score(method, other, one));
    }
  }

  @Property(seed = "2")
  void zIsSymmetric(
      @ForAll @IntRange(max = 200) int a1,
      @ForAll @IntRange(max = 200) int b1,
      @ForAll @IntRange(max = 200) int a2,
      @ForAll @IntRange(max = 200) int b2) {
    TextColumn one = text("kind", "a", a1 + 1, "b", b1);
    TextColumn other = text("kind", "a", a2 + 1, "b", b2);

    assertSame(score(DriftMethod.Z, one, other), score(DriftMethod.Z, other, one));
  }

  @Property(seed = "3")
  void increasingMapsLeaveKolmogorovSmirnovUnchanged(
      @ForAll("sample") double[] reference, @ForAll("sample") double[] current) {
    assertThat(
            score(
                KOLMOGOROV_SMIRNOV,
                mapped(reference, x -> x * x * x + x - 5),
                mapped(current, x -> x * x * x + x - 5)))
        .isEqualTo(score(KOLMOGOROV_SMIRNOV, reference, current));
  }

  @Property(seed = "4", edgeCases = EdgeCasesMode.NONE)
  void normedWassersteinDoesNotSeeAShiftOfBoth(
      @ForAll("sample") double[] reference,
      @ForAll("sample") double[] current,
      @ForAll @IntRange(min = -10_000, max = 10_000) int shift) {
    assertRoughly(
        score(WASSERSTEIN, mapped(reference, x -> x + shift), mapped(current, x -> x + shift)),
        score(WASSERSTEIN, reference, current));
  }

  @Property(seed = "5", edgeCases = EdgeCasesMode.NONE)
  void normedWassersteinDoesNotSeeTheUnitAboveItsFloor(
      @ForAll("sample") double[] reference,
      @ForAll("sample") double[] current,
      @ForAll @DoubleRange(min = 0.1, max = 1000) double unit) {
    double[] spread = reference.clone();
    spread[0] = 500;
    spread = spread.length == 1 ? new double[] {500, -500} : spread;

    assertRoughly(
        score(WASSERSTEIN, mapped(spread, x -> x * unit), mapped(current, x -> x * unit)),
        score(WASSERSTEIN, spread, current));
  }

  private static void assertRoughly(double actual, double expected) {
    assertThat(Math.abs(actual - expected))
        .as("distance of %s from %s", actual, expected)
        .isLessThanOrEqualTo(1e-9 * Math.max(1, expected));
  }

  @Property(seed = "6")
  void noScoreDependsOnTheOrderOfTheRows(
      @ForAll("sample") double[] reference,
      @ForAll("sample") double[] current,
      @ForAll Random random) {
    for (DriftMethod method : DriftMethod.values()) {
      assertThat(score(method, shuffled(reference, random), shuffled(current, random)))
          .as(method.label())
          .isEqualTo(score(method, reference, current));
    }
  }

  private static double[] shuffled(double[] values, Random random) {
    List<Double> list = Arrays.stream(values).boxed().collect(Collectors.toList());
    Collections.shuffle(list, random);
    return list.stream().mapToDouble(Double::doubleValue).toArray();
  }

  @Property(seed = "7")
  void identicalSamplesScoreZeroOrHaveProbabilityOne(@ForAll("sample") double[] sample) {
    for (DriftMethod method : DriftMethod.values()) {
      assertThat(score(method, sample, sample.clone()))
          .as(method.label())
          .isEqualTo(method.isPValue() ? 1.0 : 0.0);
    }
  }

  @Property(seed = "8", tries = 50)
  void aShiftedCopyHasDrifted(@ForAll("enoughToJudge") double[] reference) {
    double range = Arrays.stream(reference).max().orElseThrow() + 1001;
    double[] shifted = mapped(reference, x -> x + range);

    for (DriftMethod method : DriftMethod.values()) {
      // With more than two values, Z compares the share of the smallest one alone.
      if (method != DriftMethod.Z) {
        assertThat(method.drifted(score(method, reference, shifted), method.defaultThreshold()))
            .as(method.label())
            .isTrue();
      }
    }
  }

  @Property(seed = "9")
  void aTurnedShareHasDriftedForZ(@ForAll @IntRange(min = 60, max = 1000) int rows) {
    TextColumn reference = text("kind", "a", 2 * rows, "b", rows);
    TextColumn current = text("kind", "a", rows, "b", 2 * rows);

    assertThat(score(DriftMethod.Z, reference, current)).isLessThan(0.05);
  }

  @Property(seed = "10")
  void sortsLikeTheLibrary(@ForAll @IntRange(max = 20_000) int rows, @ForAll Random random) {
    double[] values =
        random
            .doubles(rows)
            .map(x -> random.nextInt(10) == 0 ? Math.rint(x) : (x - 0.5) * Math.exp(40 * x))
            .toArray();
    double[] expected = mapped(values, x -> x + 0.0);
    Arrays.sort(expected);

    assertThat(SortedDoubles.of(values)).isEqualTo(expected);
  }

  @Property(seed = "12", tries = 50)
  void sortsNumbersThatDifferInTheirLastPlacesAlone(
      @ForAll @IntRange(min = 3000, max = 9000) int rows,
      @ForAll @IntRange(min = 1, max = 30) int places,
      @ForAll Random random) {
    double[] values =
        random
            .ints(rows, 0, 1 << places)
            .mapToDouble(ulps -> Double.longBitsToDouble(Double.doubleToLongBits(-1.5) + ulps))
            .toArray();
    double[] expected = values.clone();
    Arrays.sort(expected);

    assertThat(SortedDoubles.of(values)).isEqualTo(expected);
  }

  @Property(seed = "13", tries = 100)
  void sortsNumbersOfAnySize(
      @ForAll @IntRange(min = 3000, max = 9000) int rows,
      @ForAll @IntRange(min = -320, max = 308) int exponent,
      @ForAll Random random) {
    double size = Double.parseDouble("1e" + exponent);
    double[] values =
        random.doubles(rows).map(x -> random.nextInt(20) == 0 ? -0.0 : (x - 0.5) * size).toArray();
    double[] expected = mapped(values, x -> x + 0.0);
    Arrays.sort(expected);

    assertThat(SortedDoubles.of(values)).isEqualTo(expected);
  }

  @Property(seed = "11")
  void everyRowFallsIntoABin(
      @ForAll("sample") double[] reference, @ForAll("sample") double[] current) {
    NumericPair pair = NumericPair.of(NumericSample.of(reference), NumericSample.of(current));

    for (Frequencies cells : List.of(Binning.forDivergence(pair), Binning.forHellinger(pair))) {
      assertThat(IntStream.of(cells.reference()).sum()).isEqualTo(reference.length);
      assertThat(IntStream.of(cells.current()).sum()).isEqualTo(current.length);
    }
  }
}
