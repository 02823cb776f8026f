package org.bpmnmlops.retraining;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import org.bpmnmlops.data.RowOrigins;
import org.bpmnmlops.data.SeparatedData;
import org.bpmnmlops.evaluation.Metric;
import org.bpmnmlops.evaluation.ModelEvaluation;
import org.bpmnmlops.evaluation.ModelEvaluator;
import org.bpmnmlops.training.TrainedModel;
import org.springframework.stereotype.Component;

/** Compares a challenger with the champion on rows that neither was trained on. */
@Component
class ModelComparer {

  /**
   * A model to compare.
   *
   * @param hash SHA-256 of its file
   * @param data the rows it was made of
   * @param origins where these came from
   */
  record Contender(TrainedModel model, String hash, SeparatedData data, RowOrigins origins) {}

  private final ModelEvaluator evaluator;

  ModelComparer(ModelEvaluator evaluator) {
    this.evaluator = evaluator;
  }

  /**
   * On the challenger's held-out rows, as far as the champion did not learn from rows of the same
   * values.
   *
   * @param merged whether the challenger's rows are the champion's and others; then no row it
   *     learned from is held out, see {@code RowMerger}
   * @throws ComparisonFailedException when no such row is left, or the two do not learn from the
   *     same columns or classes
   */
  ModelComparison compare(
      int championVersion,
      Contender champion,
      Contender challenger,
      boolean merged,
      Metric metric,
      long seed) {
    checkSameKind(champion, challenger);
    SeparatedData data =
        merged ? challenger.data() : challenger.data().withoutTestRowsOf(champion.data());
    if (data.testRows().length == 0) {
      throw new ComparisonFailedException(
          "There is no held-out row that the champion was not trained on; start the retraining again"
              + " when there are new outcomes");
    }
    ModelEvaluation ofChampion = evaluator.evaluate(champion.model(), data, champion.hash());
    ModelEvaluation ofChallenger = evaluator.evaluate(challenger.model(), data, challenger.hash());
    Answers championAnswers = answers(champion.model(), data, data.testRows());
    Answers challengerAnswers = answers(challenger.model(), data, data.testRows());
    var gain = PairedBootstrap.gain(metric, championAnswers, challengerAnswers, seed);
    double[] drops = drops(championAnswers, challengerAnswers);
    int worst = 0;
    for (int k = 1; k < drops.length; k++) {
      worst = drops[k] > drops[worst] ? k : worst;
    }
    int[] fresh = newRows(champion.origins(), challenger.origins(), data.testRows());
    return new ModelComparison(
        championVersion,
        data.testRows().length,
        metric.toString(),
        gain.value(),
        gain.low(),
        gain.high(),
        championAnswers.areAs(challengerAnswers),
        drops[worst],
        drops[worst] > 0 ? data.classes().get(worst) : null,
        fresh.length,
        accuracy(champion.model(), data, fresh),
        accuracy(challenger.model(), data, fresh),
        ofChampion,
        ofChallenger);
  }

  private static void checkSameKind(Contender champion, Contender challenger) {
    List<String> known = champion.data().features().names();
    if (!new HashSet<>(known).equals(new HashSet<>(challenger.data().features().names()))
        || !champion.model().classes().equals(challenger.model().classes())) {
      throw new ComparisonFailedException(
          ("The champion learns from %s and tells apart %s, the challenger from %s and %s: they"
                  + " cannot be compared. Start the retraining again: it then learns what the"
                  + " champion of today does")
              .formatted(
                  known,
                  champion.model().classes(),
                  challenger.data().features().names(),
                  challenger.model().classes()));
    }
  }

  private static Answers answers(TrainedModel model, SeparatedData data, int[] rows) {
    return new Answers(
        Arrays.stream(rows).map(row -> data.labels()[row]).toArray(),
        model.preparedProbabilities(data.features(), rows));
  }

  /** How much each class's recall dropped; 0 where it did not, or has no rows. */
  private static double[] drops(Answers champion, Answers challenger) {
    double[] before = champion.recalls();
    double[] now = challenger.recalls();
    double[] drops = new double[before.length];
    for (int k = 0; k < drops.length; k++) {
      drops[k] = Double.isNaN(before[k]) ? 0 : Math.max(0, before[k] - now[k]);
    }
    return drops;
  }

  private static int[] newRows(RowOrigins champion, RowOrigins challenger, int[] rows) {
    Set<String> known = new HashSet<>(champion.prediction().levels());
    IntPredicate isNew =
        row ->
            !challenger.prediction().isMissing(row)
                && !known.contains(challenger.prediction().text(row));
    return Arrays.stream(rows).filter(isNew).toArray();
  }

  private static Double accuracy(TrainedModel model, SeparatedData data, int[] rows) {
    return rows.length == 0 ? null : answers(model, data, rows).score(Metric.ACCURACY);
  }
}
