package org.bpmnmlops.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.bpmnmlops.data.NumericColumn;
import org.bpmnmlops.data.SeparatedData;
import org.bpmnmlops.data.Table;
import org.bpmnmlops.training.ReferenceData;
import org.bpmnmlops.training.TrainedModel;
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

  @Test
  void measuresTheTrainingRowsMostFrequentClassOnTheHeldOutRows() {
    // 5 of 8 training rows are "no", 1 of 4 held-out rows is.
    ModelEvaluation evaluation = evaluate(smallData(1, 0, 1, 1), Scaling.MIN_MAX);

    assertThat(evaluation.baselineClass()).isEqualTo("no");
    assertThat(evaluation.baselineAccuracy()).isEqualTo(0.25);
    assertThat(evaluation.positiveClass()).isEqualTo("yes");
    assertThat(evaluation.trainRows()).isEqualTo(8);
    assertThat(evaluation.testRows()).isEqualTo(4);
  }

  @Test
  void saysWhyBalancedAccuracyIsUndefinedWhenAClassIsNotHeldOut() {
    ModelEvaluation evaluation = evaluate(smallData(0, 0, 0, 0), Scaling.MIN_MAX);

    assertThat(evaluation.balancedAccuracy()).isNull();
    assertThat(evaluation.undefined())
        .containsExactly(Map.entry("balancedAccuracy", "no row is of class 'yes'"));
    assertThat(evaluation.baselineAccuracy()).isEqualTo(1);
  }

  @Test
  void refusesDataOfOtherClassesThanTheModels() {
    TrainedModel model =
        ReferenceData.train(
            ReferenceData.threeClasses(),
            TrainingSettings.of(Algorithm.LOGISTIC_REGRESSION, Scaling.MIN_MAX, 42));

    assertThatThrownBy(
            () -> new ModelEvaluator().evaluate(model, ReferenceData.twoClasses(), "hash"))
        .hasMessage("The model tells apart [low, medium, high], reference.csv has [0, 1]");
  }

  /** Eight training rows, then held-out rows of these classes. */
  private static SeparatedData smallData(int... heldOut) {
    int[] labels =
        IntStream.concat(IntStream.of(0, 0, 1, 0, 1, 0, 1, 0), Arrays.stream(heldOut)).toArray();
    double[] x = Arrays.stream(labels).mapToDouble(label -> label).toArray();
    return new SeparatedData(
        new Table("small.csv", labels.length, List.of(new NumericColumn("x", x))),
        "y",
        List.of("no", "yes"),
        labels,
        IntStream.range(0, 8).toArray(),
        IntStream.range(8, labels.length).toArray());
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
