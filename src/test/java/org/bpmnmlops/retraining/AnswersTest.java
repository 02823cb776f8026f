package org.bpmnmlops.retraining;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.assertj.core.data.Offset;
import org.bpmnmlops.data.SeparatedData;
import org.bpmnmlops.evaluation.Metric;
import org.bpmnmlops.evaluation.ModelEvaluation;
import org.bpmnmlops.evaluation.ModelEvaluator;
import org.bpmnmlops.training.ReferenceData;
import org.bpmnmlops.training.TrainedModel;
import org.bpmnmlops.training.TrainingSettings;
import org.bpmnmlops.training.TrainingSettings.Algorithm;
import org.bpmnmlops.training.TrainingSettings.Scaling;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswersTest {

  private static final Offset<Double> CLOSE = within(1e-12);

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void areScoredAsTheEvaluationDoes(boolean twoClasses) {
    SeparatedData data = twoClasses ? ReferenceData.twoClasses() : ReferenceData.threeClasses();
    TrainedModel model =
        ReferenceData.train(
            data, TrainingSettings.of(Algorithm.LOGISTIC_REGRESSION, Scaling.STANDARD, 1));
    ModelEvaluation evaluation = new ModelEvaluator().evaluate(model, data, "hash");
    int[] labels = Arrays.stream(data.testRows()).map(row -> data.labels()[row]).toArray();

    Answers answers =
        new Answers(labels, model.preparedProbabilities(data.features(), data.testRows()));

    assertThat(answers.score(Metric.ACCURACY)).isCloseTo(evaluation.accuracy(), CLOSE);
    assertThat(answers.score(Metric.BALANCED_ACCURACY))
        .isCloseTo(evaluation.balancedAccuracy(), CLOSE);
    assertThat(answers.score(Metric.F1_MACRO)).isCloseTo(evaluation.macro().f1(), CLOSE);
    assertThat(answers.score(Metric.AUC)).isCloseTo(evaluation.macro().auc(), CLOSE);
    assertThat(answers.score(Metric.LOG_LOSS)).isCloseTo(evaluation.logLoss(), CLOSE);
    assertThat(answers.recalls())
        .containsExactly(
            evaluation.perClass().stream().mapToDouble(c -> c.scores().recall()).toArray(), CLOSE);
  }

  @Test
  void countARowAsOftenAsItsWeightSays() {
    Answers once = answers(new int[] {0, 0, 1, 1, 1}, 0.9, 0.2, 0.4, 0.4, 0.1);
    Answers repeated = answers(new int[] {0, 0, 0, 1, 1, 1, 1}, 0.9, 0.2, 0.2, 0.4, 0.1, 0.1, 0.1);

    for (Metric metric : Metric.values()) {
      assertThat(once.score(metric, new int[] {1, 2, 0, 1, 3}))
          .as(metric.toString())
          .isCloseTo(repeated.score(metric), CLOSE);
    }
  }

  @Test
  void leaveAClassWithoutRowsOutOfMeans() {
    Answers answers = answers(new int[] {0, 0, 1}, 0.9, 0.2, 0.3);

    assertThat(answers.score(Metric.BALANCED_ACCURACY, new int[] {1, 1, 0})).isEqualTo(0.5);
    assertThat(answers.score(Metric.AUC, new int[] {1, 1, 0})).isNaN();
  }

  /** Answers of two classes by the probability of the first. */
  private static Answers answers(int[] labels, double... first) {
    return new Answers(
        labels, new double[][] {first, Arrays.stream(first).map(p -> 1 - p).toArray()});
  }
}
