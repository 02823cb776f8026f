package org.bpmnmlops.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.assertj.core.data.Offset;
import org.bpmnmlops.training.TrainingSettings.Algorithm;
import org.bpmnmlops.training.TrainingSettings.Scaling;
import org.junit.jupiter.api.Test;

class LogisticRegressionTest {

  private static final Offset<Double> CLOSE = within(1e-6);

  @Test
  void equalsScikitLearnOnStandardScaledNumbers() {
    List<FeatureWeight> weights =
        ReferenceData.train(ReferenceData.twoClasses(), settings(Scaling.STANDARD)).weights();

    assertThat(weights)
        .extracting(FeatureWeight::feature)
        .containsExactly("x1", "x2", "x3", FeatureWeight.INTERCEPT);
    assertThat(weights.get(0).values().get(0)).isCloseTo(3.047946530, CLOSE);
    assertThat(weights.get(1).values().get(0)).isCloseTo(2.184314121, CLOSE);
    assertThat(weights.get(2).values().get(0)).isCloseTo(0.440539345, CLOSE);
    assertThat(weights.get(3).values().get(0)).isCloseTo(0.582855764, CLOSE);
  }

  @Test
  void equalsScikitLearnOnMinMaxScaledNumbers() {
    List<FeatureWeight> weights =
        ReferenceData.train(ReferenceData.twoClasses(), settings(Scaling.MIN_MAX)).weights();

    assertThat(weights.get(0).values().get(0)).isCloseTo(4.449788436, CLOSE);
    assertThat(weights.get(1).values().get(0)).isCloseTo(3.045413344, CLOSE);
    assertThat(weights.get(2).values().get(0)).isCloseTo(0.709472618, CLOSE);
    assertThat(weights.get(3).values().get(0)).isCloseTo(-3.677335200, CLOSE);
  }

  @Test
  void equalsScikitLearnOnThreeClasses() {
    List<FeatureWeight> weights =
        ReferenceData.train(ReferenceData.threeClasses(), settings(Scaling.STANDARD)).weights();

    assertThat(weights.get(0).values().get(0)).isCloseTo(-2.7069156, CLOSE);
    assertThat(weights.get(1).values().get(0)).isCloseTo(-2.0275203, CLOSE);
    assertThat(weights.get(2).values().get(0)).isCloseTo(-0.0700358, CLOSE);
    assertThat(weights.get(3).values().get(0)).isCloseTo(-1.0212931, CLOSE);
  }

  private static TrainingSettings settings(Scaling scaling) {
    return TrainingSettings.of(Algorithm.LOGISTIC_REGRESSION, scaling, 42);
  }
}
