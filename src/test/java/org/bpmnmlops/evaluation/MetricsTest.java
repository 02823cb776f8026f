package org.bpmnmlops.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tribuo.Model;
import org.tribuo.MutableDataset;
import org.tribuo.Prediction;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.classification.evaluation.LabelEvaluation;
import org.tribuo.classification.evaluation.LabelEvaluator;
import org.tribuo.classification.sgd.linear.LogisticRegressionTrainer;
import org.tribuo.impl.ArrayExample;
import org.tribuo.provenance.DataSourceProvenance;
import org.tribuo.provenance.SimpleDataSourceProvenance;

class MetricsTest {

  private static final DataSourceProvenance SOURCE =
      new SimpleDataSourceProvenance("made here", new LabelFactory());

  private static final Offset<Double> CLOSE = within(1e-12);

  @Test
  void equalsTheKnownNumbersOfTenRows() {
    Metrics metrics =
        twoClasses(
            new int[] {0, 0, 1, 1, 1, 0, 1, 0, 1, 1},
            new double[] {.1, .4, .35, .8, .65, .7, .9, .2, .55, .3});
    Scores positive = metrics.perClass().get(1).scores();

    assertThat(metrics.accuracy()).isEqualTo(0.7);
    assertThat(positive.precision()).isEqualTo(0.8);
    assertThat(positive.recall()).isCloseTo(2 / 3.0, CLOSE);
    assertThat(positive.f1()).isCloseTo(8 / 11.0, CLOSE);
    assertThat(positive.auc()).isEqualTo(0.75);
    assertThat(metrics.logLoss()).isCloseTo(0.5654221407708687, CLOSE);
    assertThat(metrics.confusion()).containsExactly(List.of(3, 1), List.of(2, 4));
  }

  @ParameterizedTest
  @CsvSource({"2, 0", "2, 10", "3, 0", "3, 10", "5, 4"})
  void equalsTribuosEvaluator(int classes, int steps) {
    Random random = new Random(classes);
    int rows = 500;
    int[] labels = random.ints(rows, 0, classes).toArray();
    double[][] probabilities = new double[classes][rows];
    for (int i = 0; i < rows; i++) {
      double sum = 0;
      for (int k = 0; k < classes; k++) {
        double score = random.nextDouble() + (labels[i] == k ? 0.3 : 0);
        // Few different scores make ties.
        probabilities[k][i] = steps == 0 ? score : Math.ceil(score * steps);
        sum += probabilities[k][i];
      }
      for (int k = 0; k < classes; k++) {
        probabilities[k][i] /= sum;
      }
    }
    List<String> names = IntStream.range(0, classes).mapToObj(k -> "class " + k).toList();
    Metrics ours = new Metrics(names, labels, probabilities);

    LabelEvaluation theirs = tribuo(names, labels, probabilities);

    assertThat(ours.accuracy()).isCloseTo(theirs.accuracy(), CLOSE);
    assertThat(ours.macro().recall()).isCloseTo(1 - theirs.balancedErrorRate(), CLOSE);
    assertThat(ours.macro().precision()).isCloseTo(theirs.macroAveragedPrecision(), CLOSE);
    assertThat(ours.macro().f1()).isCloseTo(theirs.macroAveragedF1(), CLOSE);
    assertThat(ours.weighted().auc()).isCloseTo(theirs.averageAUCROC(true), within(1e-9));
    assertThat(ours.macro().auc()).isCloseTo(theirs.averageAUCROC(false), within(1e-9));
    for (int k = 0; k < classes; k++) {
      Scores scores = ours.perClass().get(k).scores();
      Label label = new Label(names.get(k));
      assertThat(scores.precision()).isCloseTo(theirs.precision(label), CLOSE);
      assertThat(scores.recall()).isCloseTo(theirs.recall(label), CLOSE);
      assertThat(scores.f1()).isCloseTo(theirs.f1(label), CLOSE);
      assertThat(scores.auc()).isCloseTo(theirs.AUCROC(label), within(1e-9));
      assertThat(scores.prAuc()).isCloseTo(theirs.averagedPrecision(label), within(1e-9));
      assertThat(ours.confusion().get(k).get(k)).isEqualTo((int) theirs.tp(label));
    }
  }

  @Test
  void givesWilsonsIntervalOfTheAccuracy() {
    // Agresti and Coull, The American Statistician 52 (1998): 9 of 10 gives 0.596 to 0.982.
    assertThat(Metrics.wilson(0.9, 10)).containsExactly(new double[] {0.596, 0.982}, within(5e-4));
    assertThat(Metrics.wilson(1, 10)).containsExactly(new double[] {0.722, 1}, within(5e-4));
    assertThat(Metrics.wilson(0, 10)).containsExactly(new double[] {0, 0.278}, within(5e-4));
  }

  @Test
  void saysWhyPrecisionIsUndefinedForAClassThatWasNeverAnswered() {
    Metrics metrics = twoClasses(new int[] {0, 0, 1}, new double[] {.1, .2, .3});

    Scores positive = metrics.perClass().get(1).scores();
    assertThat(positive.precision()).isNull();
    assertThat(positive.undefined())
        .containsExactly(Map.entry("precision", "no row was classified as '1'"));
    assertThat(positive.recall()).isZero();
    assertThat(positive.f1()).isZero();
    assertThat(metrics.macro().precision()).isNull();
    assertThat(metrics.macro().undefined())
        .containsExactly(Map.entry("precision", "no row was classified as '1'"));
  }

  @Test
  void saysWhatIsUndefinedWhenOneClassIsNotAmongTheHeldOutRows() {
    Metrics metrics = twoClasses(new int[] {0, 0, 0}, new double[] {.1, .2, .3});

    Scores absent = metrics.perClass().get(1).scores();
    assertThat(absent.undefined()).containsOnlyKeys("precision", "recall", "f1", "auc", "prAuc");
    assertThat(absent)
        .extracting(Scores::recall, Scores::f1, Scores::auc, Scores::prAuc)
        .containsOnlyNulls();
    Scores only = metrics.perClass().get(0).scores();
    assertThat(only.auc()).isNull();
    assertThat(only.undefined()).containsEntry("auc", "all rows are of class '0'");
    assertThat(metrics.macro().recall()).isNull();
    assertThat(metrics.weighted().recall()).isEqualTo(1);
    assertThat(metrics.accuracy()).isEqualTo(1);
  }

  @Test
  void keepsTheLossFiniteWhenASureAnswerIsWrong() {
    assertThat(twoClasses(new int[] {1}, new double[] {0}).logLoss())
        .isCloseTo(-Math.log(1e-15), CLOSE);
  }

  @Test
  void countsTiesHalfInTheAreaUnderTheRocCurve() {
    assertThat(
            twoClasses(new int[] {0, 1, 0, 1}, new double[] {.5, .5, .5, .5})
                .perClass()
                .get(1)
                .scores()
                .auc())
        .isEqualTo(0.5);
  }

  private static Metrics twoClasses(int[] labels, double[] ofSecond) {
    double[] ofFirst = Arrays.stream(ofSecond).map(p -> 1 - p).toArray();
    return new Metrics(List.of("0", "1"), labels, new double[][] {ofFirst, ofSecond});
  }

  private static LabelEvaluation tribuo(
      List<String> names, int[] labels, double[][] probabilities) {
    MutableDataset<Label> examples = new MutableDataset<>(SOURCE, new LabelFactory());
    List<Prediction<Label>> predictions = new ArrayList<>();
    for (int i = 0; i < labels.length; i++) {
      Map<String, Label> scores = new LinkedHashMap<>();
      Label best = null;
      for (int k = 0; k < names.size(); k++) {
        Label label = new Label(names.get(k), probabilities[k][i]);
        scores.put(names.get(k), label);
        best = best == null || label.getScore() > best.getScore() ? label : best;
      }
      ArrayExample<Label> example =
          new ArrayExample<>(new Label(names.get(labels[i])), new String[] {"x"}, new double[] {1});
      examples.add(example);
      predictions.add(new Prediction<>(best, scores, 1, example, true));
    }
    // Only for the list of classes, which the evaluator asks a model for.
    Model<Label> model = new LogisticRegressionTrainer().train(examples);
    return new LabelEvaluator().evaluate(model, predictions, SOURCE);
  }
}
