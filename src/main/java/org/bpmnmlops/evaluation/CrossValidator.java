package org.bpmnmlops.evaluation;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.bpmnmlops.data.InvalidDataException;
import org.bpmnmlops.data.Preparation;
import org.bpmnmlops.data.SeparatedData;
import org.bpmnmlops.training.ModelTrainer;
import org.bpmnmlops.training.Origin;
import org.bpmnmlops.training.TrainedModel;
import org.bpmnmlops.training.TrainingFailedException;
import org.bpmnmlops.training.TrainingSettings;
import org.springframework.stereotype.Component;

/**
 * Stratified k-fold cross-validation on the training rows; the held-out rows are not looked at.
 * Everything that is learned from rows, scales and categories included, is learned anew in each
 * fold. Folds are trained side by side where memory allows: threads that share a fold wait for each
 * other.
 */
@Component
public class CrossValidator {

  /** Of a training row, where trees are trained: its value and its column. */
  private static final int BYTES_OF_A_NUMBER = Float.BYTES + Integer.BYTES;

  private final ModelTrainer trainer;

  public CrossValidator(ModelTrainer trainer) {
    this.trainer = trainer;
  }

  /**
   * @param folds 2 and more
   * @throws InvalidDataException when a fold cannot be learned from
   * @throws TrainingFailedException when the algorithm finds no model
   */
  public CrossValidation validate(
      SeparatedData data,
      Preparation preparation,
      TrainingSettings settings,
      Origin origin,
      int folds) {
    int[] foldOf = folds(data, folds, settings.seed());
    int cores = Runtime.getRuntime().availableProcessors();
    boolean sideBySide = fitsInMemory(data, Math.min(folds, cores));
    int threads = sideBySide ? Math.max(1, cores / folds) : cores;
    IntStream each = IntStream.range(0, folds);
    List<Metrics> measured =
        (sideBySide ? each.parallel() : each)
            .mapToObj(fold -> measure(data, preparation, settings, origin, foldOf, fold, threads))
            .flatMap(Optional::stream)
            .toList();
    Map<Metric, double[]> sums = new TreeMap<>();
    for (Metrics metrics : measured) {
      for (Metric metric : Metric.values()) {
        Double value = metric.of(metrics);
        if (value != null) {
          double[] sum = sums.computeIfAbsent(metric, m -> new double[2]);
          sum[0] += value;
          sum[1]++;
        }
      }
    }
    Map<String, Double> means = new TreeMap<>();
    sums.forEach((metric, sum) -> means.put(metric.toString(), sum[0] / sum[1]));
    return new CrossValidation(folds, data.trainRows().length, means);
  }

  private static boolean fitsInMemory(SeparatedData data, int folds) {
    long numbers = (long) data.trainRows().length * data.features().columns().size();
    return numbers * BYTES_OF_A_NUMBER * folds <= Runtime.getRuntime().maxMemory() / 4;
  }

  /** Empty where the fold has no row to measure on. */
  private Optional<Metrics> measure(
      SeparatedData data,
      Preparation preparation,
      TrainingSettings settings,
      Origin origin,
      int[] foldOf,
      int fold,
      int threads) {
    int[] held = rows(data, foldOf, fold, true);
    if (held.length == 0) {
      return Optional.empty();
    }
    SeparatedData part =
        new SeparatedData(
            data.features(),
            data.target(),
            data.classes(),
            data.labels(),
            rows(data, foldOf, fold, false),
            held);
    TrainedModel model = trainer.train(part, preparation, settings, origin, threads);
    int[] labels = Arrays.stream(held).map(row -> data.labels()[row]).toArray();
    return Optional.of(
        new Metrics(data.classes(), labels, model.preparedProbabilities(data.features(), held)));
  }

  /**
   * The fold of each training row. Each class is dealt out evenly; a class with one row only is
   * learned from in every fold, and measured in none (-1).
   */
  static int[] folds(SeparatedData data, int folds, long seed) {
    int[] rows = data.trainRows().clone();
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = rows.length - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      int row = rows[i];
      rows[i] = rows[other];
      rows[other] = row;
    }
    int[] count = new int[data.classes().size()];
    Arrays.stream(rows).forEach(row -> count[data.labels()[row]]++);
    int[] foldOf = new int[data.features().rows()];
    int next = 0;
    for (int k = 0; k < count.length; k++) {
      for (int row : rows) {
        if (data.labels()[row] == k) {
          foldOf[row] = count[k] == 1 ? -1 : next++ % folds;
        }
      }
    }
    return foldOf;
  }

  private static int[] rows(SeparatedData data, int[] foldOf, int fold, boolean held) {
    return IntStream.of(data.trainRows()).filter(row -> (foldOf[row] == fold) == held).toArray();
  }
}
