package org.bpmnmlops.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.assertj.core.data.Offset;
import org.bpmnmlops.data.SeparatedData;
import org.bpmnmlops.training.ReferenceData;
import org.bpmnmlops.training.TrainingSettings;
import org.bpmnmlops.training.TrainingSettings.Algorithm;
import org.bpmnmlops.training.TrainingSettings.Scaling;
import org.junit.jupiter.api.Test;

class ModelEvaluatorTest {

  private static final Offset<Double> CLOSE = within(1e-7);

  @Test
  void equalsScikitLearnOnStandardScaledNumbers() {
    ModelEvaluation evaluation = evaluate(ReferenceData.twoClasses(), Scaling.STANDARD);

    assertThat(evaluation.accuracy()).isEqualTo(0.925);
    assertThat(evaluation.positive().auc()).isCloseTo(0.98290598, CLOSE);
    assertThat(evaluation.logLoss()).isCloseTo(0.185109038, CLOSE);
    assertThat(evaluation.confusion()).containsExactly(List.of(11, 2), List.of(1, 26));
  }

  @Test
  void equalsScikitLearnOnMinMaxScaledNumbers() {
    ModelEvaluation evaluation = evaluate(ReferenceData.twoClasses(), Scaling.MIN_MAX);

    assertThat(evaluation.positive().auc()).isCloseTo(0.98860399, CLOSE);
    assertThat(evaluation.logLoss()).isCloseTo(0.306256224, CLOSE);
    assertThat(evaluation.confusion()).containsExactly(List.of(11, 2), List.of(1, 26));
  }

  @Test
  void equalsScikitLearnOnThreeClasses() {
    ModelEvaluation evaluation = evaluate(ReferenceData.threeClasses(), Scaling.STANDARD);

    assertThat(evaluation.accuracy()).isEqualTo(0.775);
    assertThat(evaluation.logLoss()).isCloseTo(0.3981548, CLOSE);
    assertThat(evaluation.positiveClass()).isNull();
    assertThat(evaluation.positive()).isNull();
  }

  private static ModelEvaluation evaluate(SeparatedData data, Scaling scaling) {
    return new ModelEvaluator()
        .evaluate(
            ReferenceData.train(
                data, TrainingSettings.of(Algorithm.LOGISTIC_REGRESSION, scaling, 42)),
            data,
            "hash");
  }
}
