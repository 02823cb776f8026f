package org.bpmnmlops.evaluation;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.bpmnmlops.data.SeparatedData;
import org.bpmnmlops.training.TrainedModel;
import org.springframework.stereotype.Component;

/** Measures a model on the held-out rows. */
@Component
public class ModelEvaluator {

  /**
   * @param modelHash SHA-256 of the model's file, kept in the evaluation
   * @throws IllegalArgumentException when the data has no held-out row, or is not of the kind the
   *     model was trained on
   */
  public ModelEvaluation evaluate(TrainedModel model, SeparatedData data, String modelHash) {
    if (!model.classes().equals(data.classes())) {
      throw new IllegalArgumentException(
          "The model tells apart %s, %s has %s"
              .formatted(model.classes(), data.features().source(), data.classes()));
    }
    if (data.testRows().length == 0) {
      throw new IllegalArgumentException(
          "%s has no held-out row".formatted(data.features().source()));
    }
    int[] labels = Arrays.stream(data.testRows()).map(row -> data.labels()[row]).toArray();
    Metrics metrics =
        new Metrics(
            data.classes(), labels, model.preparedProbabilities(data.features(), data.testRows()));
    double[] interval = metrics.accuracyInterval();
    List<Integer> classRows = model.classRows();
    int majority = classRows.indexOf(Collections.max(classRows));
    Scores macro = metrics.macro();
    return new ModelEvaluation(
        ModelEvaluation.FORMAT,
        ModelEvaluation.VERSION,
        modelHash,
        data.target(),
        data.classes(),
        model.positiveClass().orElse(null),
        classRows.stream().mapToInt(Integer::intValue).sum(),
        labels.length,
        metrics.accuracy(),
        interval[0],
        interval[1],
        data.classes().get(majority),
        metrics.shareOf(majority),
        macro.recall(),
        metrics.logLoss(),
        model
            .positiveClass()
            .map(name -> metrics.perClass().get(data.classes().indexOf(name)).scores())
            .orElse(null),
        macro,
        metrics.weighted(),
        metrics.perClass(),
        metrics.confusion(),
        model.settings().algorithm(),
        model.weights(),
        macro.recall() == null
            ? Map.of("balancedAccuracy", macro.undefined().get("recall"))
            : Map.of());
  }
}
