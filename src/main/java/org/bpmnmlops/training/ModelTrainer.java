package org.bpmnmlops.training;

import java.util.Arrays;
import java.util.List;
import org.bpmnmlops.data.InvalidDataException;
import org.bpmnmlops.data.Preparation;
import org.bpmnmlops.data.SeparatedData;
import org.bpmnmlops.training.TrainingSettings.Algorithm;
import org.bpmnmlops.training.TrainingSettings.ClassWeight;
import org.springframework.stereotype.Component;
import org.tribuo.Model;
import org.tribuo.classification.Label;

/** Fits everything a model consists of on the training rows. */
@Component
public class ModelTrainer {

  /**
   * Trains a model. The same data, settings and origin give the same model.
   *
   * @param preparation how the data's features come out of raw rows, kept with the model
   * @throws InvalidDataException when the training rows have one class, or no feature tells them
   *     apart
   * @throws TrainingFailedException when the algorithm finds no model
   */
  public TrainedModel train(
      SeparatedData data, Preparation preparation, TrainingSettings settings, Origin origin) {
    return train(data, preparation, settings, origin, Runtime.getRuntime().availableProcessors());
  }

  /**
   * The same model, for who trains several at once.
   *
   * @param threads most that trees are trained with
   */
  public TrainedModel train(
      SeparatedData data,
      Preparation preparation,
      TrainingSettings settings,
      Origin origin,
      int threads) {
    List<Integer> classRows = classRows(data);
    Encoder encoder = Encoder.fit(data, settings.scaling());
    TrainingTask task =
        new TrainingTask(
            encoder.encode(data.features(), data.trainRows()),
            encoder.features(),
            data.classes(),
            data.labels(),
            rowWeights(classRows, settings.classWeight()));
    // A trainer counts its trainings and gives each another seed, so every model gets a new one.
    Model<Label> model =
        settings.algorithm() == Algorithm.LOGISTIC_REGRESSION
            ? new LogisticRegressionTrainer(settings.regularisation(), settings.seed()).train(task)
            : new TreeTrainer(
                    settings,
                    encoder.width(),
                    data.trainRows().length,
                    data.classes().size(),
                    threads)
                .train(task);
    return new TrainedModel(
        new Manifest(
            Manifest.FORMAT,
            Manifest.VERSION,
            data.target(),
            data.classes(),
            classRows,
            Manifest.positiveClass(data.classes(), classRows).orElse(null),
            settings,
            origin,
            preparation,
            encoder,
            null),
        model);
  }

  private static List<Integer> classRows(SeparatedData data) {
    int[] count = new int[data.classes().size()];
    for (int row : data.trainRows()) {
      count[data.labels()[row]]++;
    }
    for (int k = 0; k < count.length || k < 2; k++) {
      if (k == count.length || count[k] == 0) {
        throw new InvalidDataException(
            "Target '%s' of %s has the classes %s with %s of the %d training rows; expected at least two classes, and rows of each"
                .formatted(
                    data.target(),
                    data.features().source(),
                    data.classes(),
                    Arrays.toString(count),
                    data.trainRows().length));
      }
    }
    return Arrays.stream(count).boxed().toList();
  }

  private static double[] rowWeights(List<Integer> classRows, ClassWeight weight) {
    double rows = classRows.stream().mapToInt(count -> count).sum();
    return classRows.stream()
        .mapToDouble(count -> weight == ClassWeight.NONE ? 1 : rows / (classRows.size() * count))
        .toArray();
  }
}
