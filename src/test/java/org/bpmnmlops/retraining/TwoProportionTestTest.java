package org.bpmnmlops.retraining;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class TwoProportionTestTest {

  private static final Offset<Double> CLOSE = within(1e-9);

  @Test
  void agreesWithTheNormalTable() {
    // z = 0.1 / sqrt(0.85 * 0.15 * 0.02) = 1.9802950859533488
    assertThat(TwoProportionTest.dropPValue(90, 100, 80, 100))
        .isCloseTo(0.02383519032808076, CLOSE);
  }

  @Test
  void isAHalfWhereNothingChanged() {
    assertThat(TwoProportionTest.dropPValue(90, 100, 180, 200)).isCloseTo(0.5, CLOSE);
  }

  @Test
  void isAboveAHalfWhereTheShareRose() {
    double drop = TwoProportionTest.dropPValue(90, 100, 80, 100);

    assertThat(TwoProportionTest.dropPValue(80, 100, 90, 100)).isCloseTo(1 - drop, CLOSE);
  }

  @Test
  void isOneWhereAllOrNoneWereHits() {
    assertThat(TwoProportionTest.dropPValue(40, 40, 500, 500)).isEqualTo(1);
    assertThat(TwoProportionTest.dropPValue(0, 40, 0, 500)).isEqualTo(1);
  }

  @Test
  void takesMoreRowsForABetterProof() {
    assertThat(TwoProportionTest.dropPValue(900, 1000, 800, 1000))
        .isLessThan(TwoProportionTest.dropPValue(90, 100, 80, 100));
  }
}
