package org.bpmnmlops.promotion;

import org.bpmnmlops.data.SeparatedData;
import org.bpmnmlops.data.Table;
import org.bpmnmlops.production.ProductionData;
import org.bpmnmlops.registry.Alias;
import org.bpmnmlops.registry.ModelRegistry;
import org.bpmnmlops.registry.ModelVersion;
import org.bpmnmlops.training.TrainedModel;
import org.bpmnmlops.wording.Words;
import org.springframework.stereotype.Component;

/**
 * Asks the live version what it was asked before: its held-out rows, on which it has to be exactly
 * as good as it was, and the newest recorded requests, which it has to be able to answer.
 */
@Component
class SmokeTest {

  private static final int RECORDED_REQUESTS = 200;
  private static final double ROUNDING = 1e-6;

  private final ModelRegistry registry;
  private final ProductionData production;

  SmokeTest(ModelRegistry registry, ProductionData production) {
    this.registry = registry;
    this.production = production;
  }

  /**
   * @throws org.bpmnmlops.registry.DamagedModelException when its file is not the one registered
   * @throws SmokeTestFailedException when another version is live, or it answers otherwise
   */
  void run(String name, int version) {
    ModelVersion live =
        registry
            .find(name, Alias.CHAMPION)
            .filter(champion -> champion.version() == version)
            .orElseThrow(
                () ->
                    new SmokeTestFailedException(
                        "Version %d of the model '%s' is not live".formatted(version, name)));
    TrainedModel model = registry.load(live);
    SeparatedData data = registry.rows(live);
    double[][] known = model.preparedProbabilities(data.features(), data.testRows());
    check(known, "its held-out rows");
    int right = right(data, known);
    int rows = data.testRows().length;
    double accuracy = right / (double) rows;
    if (Math.abs(accuracy - live.accuracy()) > ROUNDING) {
      // With counts, because per cents do not tell one row of thousands.
      throw new SmokeTestFailedException(
          "%s is right on %s of its %s held-out rows (%s); when it was registered, on %s (%s)"
              .formatted(
                  live,
                  Words.count(right),
                  Words.count(rows),
                  Words.percent(accuracy),
                  Words.count(Math.round(live.accuracy() * rows)),
                  Words.percent(live.accuracy())));
    }
    Table recorded = production.newest(name, RECORDED_REQUESTS, model.rawColumns());
    check(model.probabilities(recorded), "recorded requests");
  }

  private static void check(double[][] probabilities, String rows) {
    for (int row = 0; row < probabilities[0].length; row++) {
      double sum = 0;
      for (double[] ofClass : probabilities) {
        // Also false for what is no number.
        boolean isShare = ofClass[row] >= 0 && ofClass[row] <= 1 + ROUNDING;
        sum += isShare ? ofClass[row] : Double.NaN;
      }
      if (!(Math.abs(sum - 1) < ROUNDING)) {
        throw new SmokeTestFailedException(
            "The probabilities of row %d of %s do not add up to 1".formatted(row + 1, rows));
      }
    }
  }

  private static int right(SeparatedData data, double[][] probabilities) {
    int right = 0;
    for (int i = 0; i < data.testRows().length; i++) {
      int answer = 0;
      for (int k = 1; k < probabilities.length; k++) {
        answer = probabilities[k][i] > probabilities[answer][i] ? k : answer;
      }
      right += answer == data.labels()[data.testRows()[i]] ? 1 : 0;
    }
    return right;
  }
}
