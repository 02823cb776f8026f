package org.bpmnmlops.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.bpmnmlops.drift.Samples.assertSame;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KolmogorovSmirnovTest {

  @Property(seed = "1")
  void countsPathsAsOneByOne(
      @ForAll @IntRange(min = 1, max = 25) int m,
      @ForAll @IntRange(min = 1, max = 40) int n,
      @ForAll @IntRange(max = 1000) int gap) {
    long limit = (long) gap * m * n / 1000;

    assertSame(KolmogorovSmirnov.latticePaths(m, n, limit), shareOfPathsThatTouch(m, n, limit));
  }

  /** Whole numbers of paths: those that stay inside, taken from all. */
  private static double shareOfPathsThatTouch(int m, int n, long limit) {
    BigInteger[][] inside = new BigInteger[m + 1][n + 1];
    BigInteger[][] all = new BigInteger[m + 1][n + 1];
    for (int x = 0; x <= m; x++) {
      for (int y = 0; y <= n; y++) {
        boolean start = x == 0 && y == 0;
        all[x][y] = start ? BigInteger.ONE : cell(all, x - 1, y).add(cell(all, x, y - 1));
        boolean touches = Math.abs((long) x * n - (long) y * m) >= limit;
        inside[x][y] =
            touches
                ? BigInteger.ZERO
                : start ? BigInteger.ONE : cell(inside, x - 1, y).add(cell(inside, x, y - 1));
      }
    }
    return new BigDecimal(all[m][n].subtract(inside[m][n]))
        .divide(new BigDecimal(all[m][n]), MathContext.DECIMAL64)
        .doubleValue();
  }

  private static BigInteger cell(BigInteger[][] cells, int x, int y) {
    return x < 0 || y < 0 ? BigInteger.ZERO : cells[x][y];
  }

  @Test
  void keepsItsDigitsAtTheLargestExactSamples() {
    // Reflection gives the two-sided share for samples of one size: twice the alternating sum over
    // k of C(2n, n - k h) / C(2n, n).
    int n = 10_000;
    int h = 150;

    assertSame(KolmogorovSmirnov.latticePaths(n, n, (long) h * n), 2 * alternatingSum(n, h));
  }

  private static double alternatingSum(int n, int h) {
    double sum = 0;
    for (int k = n / h; k >= 1; k--) {
      double ratio = 1;
      for (int i = 0; i < k * h; i++) {
        ratio *= (n - i) / (n + i + 1.0);
      }
      sum += k % 2 == 1 ? ratio : -ratio;
    }
    return sum;
  }

  @Test
  void isZeroOnlyBelowTheSmallestNumber() {
    assertThat(KolmogorovSmirnov.latticePaths(1000, 1000, 1000 * 600)).isPositive();
    assertThat(KolmogorovSmirnov.latticePaths(1000, 1000, 1000 * 1000)).isZero();
    assertThat(KolmogorovDistribution.survival(500_000, 0.03)).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    // Marsaglia, Tsang and Wang (2003) print the first; the others are scipy's.
    "10, 0.274, 0.3715203845434957",
    "141, 0.1, 0.11128445516467944",
    "100, 0.25, 5.408871776434847e-06",
    "3000, 0.03, 0.008848227794930863",
    "500000, 0.004, 2.2445978493851467e-07"
  })
  void theFiniteLawIsThatOfTheLiterature(int n, double d, double expected) {
    assertSame(KolmogorovDistribution.survival(n, d), expected);
  }

  @ParameterizedTest
  @CsvSource({"1, 0.6", "1, 0.5", "2, 0.4", "5, 0.11", "5, 0.2"})
  void theFiniteLawOfFewObservationsIsPlainArithmetic(int n, double d) {
    double expected = d >= 0.5 ? 2 * (1 - d) : 1 - factorial(n) * Math.pow(2 * d - 1.0 / n, n);

    assertSame(KolmogorovDistribution.survival(n, d), expected);
  }

  private static double factorial(int n) {
    return n < 2 ? 1 : n * factorial(n - 1);
  }

  @Test
  void theMethodsOfTheFiniteLawMeet() {
    assertThat(1 - KolmogorovDistribution.pelzGood(2000, 0.02))
        .isEqualTo(1 - KolmogorovDistribution.durbin(2000, 0.02), within(1e-7));
    assertThat(2 * KolmogorovDistribution.oneSided(130, 0.18))
        .isEqualTo(1 - KolmogorovDistribution.durbin(130, 0.18), within(1e-8));
  }
}
