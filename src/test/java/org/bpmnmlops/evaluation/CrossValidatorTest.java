package org.bpmnmlops.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.bpmnmlops.data.InvalidDataException;
import org.bpmnmlops.data.NumericColumn;
import org.bpmnmlops.data.Preparation;
import org.bpmnmlops.data.SeparatedData;
import org.bpmnmlops.data.Table;
import org.bpmnmlops.training.ModelTrainer;
import org.bpmnmlops.training.Origin;
import org.bpmnmlops.training.ReferenceData;
import org.bpmnmlops.training.TrainedModel;
import org.bpmnmlops.training.TrainingSettings;
import org.bpmnmlops.training.TrainingSettings.Algorithm;
import org.bpmnmlops.training.TrainingSettings.Scaling;
import org.junit.jupiter.api.Test;

class CrossValidatorTest {

  private static final TrainingSettings SETTINGS =
      TrainingSettings.of(Algorithm.LOGISTIC_REGRESSION, Scaling.MIN_MAX, 42);

  @Test
  void dealsOutEveryClassEvenly() {
    SeparatedData data = ReferenceData.threeClasses();

    int[] foldOf = CrossValidator.folds(data, 5, 42);

    for (int k = 0; k < 3; k++) {
      int[] sizes = new int[5];
      for (int row : data.trainRows()) {
        if (data.labels()[row] == k) {
          sizes[foldOf[row]]++;
        }
      }
      assertThat(Arrays.stream(sizes).max().getAsInt() - Arrays.stream(sizes).min().getAsInt())
          .isLessThanOrEqualTo(1);
    }
  }

  @Test
  void neverLooksAtTheHeldOutRows() {
    SeparatedData data = ReferenceData.twoClasses();
    int[] otherLabels = data.labels().clone();
    for (int row : data.testRows()) {
      otherLabels[row] = 1 - otherLabels[row];
    }
    SeparatedData other =
        new SeparatedData(
            data.features(),
            data.target(),
            data.classes(),
            otherLabels,
            data.trainRows(),
            data.testRows());

    assertThat(validate(other)).isEqualTo(validate(data));
  }

  @Test
  void isNearWhatTheHeldOutRowsSay() {
    CrossValidation validation = validate(ReferenceData.twoClasses());

    assertThat(validation.rows()).isEqualTo(160);
    assertThat(validation.of(Metric.ACCURACY)).isCloseTo(0.925, within(0.05));
    assertThat(validation.of(Metric.BALANCED_ACCURACY)).isCloseTo(0.92, within(0.05));
    assertThat(validation.of(Metric.F1_MACRO)).isCloseTo(0.92, within(0.05));
    assertThat(validation.of(Metric.AUC)).isCloseTo(0.98, within(0.05));
    assertThat(validation.of(Metric.LOG_LOSS)).isCloseTo(0.31, within(0.05));
  }

  @Test
  void measuresOnRowsThatWereNotLearnedFrom() {
    // A tree learns noise by heart: on rows it has seen it would be right every time.
    SeparatedData noise = noise();

    double accuracy =
        new CrossValidator(new ModelTrainer())
            .validate(
                noise,
                ReferenceData.unprepared(noise),
                TrainingSettings.of(Algorithm.XGBOOST, Scaling.MIN_MAX, 42),
                new Origin("hash", "run", "process"),
                5)
            .of(Metric.ACCURACY);

    assertThat(accuracy).isCloseTo(0.5, within(0.1));
  }

  @Test
  void learnsFromAClassWithOneRowInEveryFold() {
    SeparatedData data = ReferenceData.twoClasses();
    int[] labels = data.labels().clone();
    labels[data.trainRows()[0]] = 2;
    SeparatedData withRare =
        new SeparatedData(
            data.features(),
            data.target(),
            List.of("0", "1", "2"),
            labels,
            data.trainRows(),
            data.testRows());

    CrossValidation validation = validate(withRare);

    assertThat(validation.of(Metric.ACCURACY)).isGreaterThan(0.8);
    assertThatThrownBy(() -> validation.of(Metric.BALANCED_ACCURACY))
        .hasMessage("balancedAccuracy is undefined in all 5 folds: a class has too few rows");
  }

  @Test
  void trainsFoldsSideBySideWithTheCoresAmongThem() {
    int cores = Runtime.getRuntime().availableProcessors();
    assumeThat(cores).isGreaterThan(1);
    SeparatedData data = ReferenceData.twoClasses();
    CountDownLatch two = new CountDownLatch(2);
    Set<Integer> threadsOfAFold = ConcurrentHashMap.newKeySet();
    ModelTrainer meeting =
        new ModelTrainer() {
          @Override
          public TrainedModel train(
              SeparatedData part,
              Preparation preparation,
              TrainingSettings settings,
              Origin origin,
              int threads) {
            threadsOfAFold.add(threads);
            two.countDown();
            try {
              assertThat(two.await(1, TimeUnit.MINUTES)).isTrue();
            } catch (InterruptedException e) {
              throw new IllegalStateException(e);
            }
            return super.train(part, preparation, settings, origin, threads);
          }
        };

    CrossValidation validation = validate(meeting, data);

    assertThat(threadsOfAFold).containsExactly(Math.max(1, cores / 5));
    assertThat(validation).isEqualTo(validate(data));
  }

  @Test
  void saysWhyAFoldCannotBeLearnedFrom() {
    SeparatedData data = noise();
    Table constant =
        new Table("constant.csv", 1000, List.of(new NumericColumn("x", new double[1000])));
    SeparatedData flat =
        new SeparatedData(
            constant,
            data.target(),
            data.classes(),
            data.labels(),
            data.trainRows(),
            data.testRows());

    assertThatThrownBy(() -> validate(flat))
        .isInstanceOf(InvalidDataException.class)
        .hasMessageStartingWith("All features of constant.csv are constant or empty");
  }

  private static CrossValidation validate(SeparatedData data) {
    return validate(new ModelTrainer(), data);
  }

  private static CrossValidation validate(ModelTrainer trainer, SeparatedData data) {
    return new CrossValidator(trainer)
        .validate(
            data,
            ReferenceData.unprepared(data),
            SETTINGS,
            new Origin("hash", "run", "process"),
            5);
  }

  private static SeparatedData noise() {
    int rows = 1000;
    SplittableRandom random = new SplittableRandom(5);
    double[] x = IntStream.range(0, rows).mapToDouble(i -> random.nextDouble()).toArray();
    int[] labels = IntStream.range(0, rows).map(i -> random.nextInt(2)).toArray();
    return new SeparatedData(
        new Table("noise.csv", rows, List.of(new NumericColumn("x", x))),
        "y",
        List.of("no", "yes"),
        labels,
        IntStream.range(0, rows).toArray(),
        new int[0]);
  }
}
