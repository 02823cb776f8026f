package org.bpmnmlops.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.bpmnmlops.data.Column;
import org.bpmnmlops.data.InvalidDataException;
import org.bpmnmlops.data.NumericColumn;
import org.bpmnmlops.data.SeparatedData;
import org.bpmnmlops.data.Table;
import org.bpmnmlops.data.TextColumn;
import org.bpmnmlops.training.TrainingSettings.Algorithm;
import org.bpmnmlops.training.TrainingSettings.ClassWeight;
import org.bpmnmlops.training.TrainingSettings.Scaling;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tribuo.common.xgboost.XGBoostModel;

class ModelTrainerTest {

  @ParameterizedTest
  @EnumSource(Algorithm.class)
  void givesTheSameModelForTheSameSeed(Algorithm algorithm) {
    SeparatedData data = ReferenceData.threeClasses();

    double[][] once = train(data, algorithm).probabilities(data.features());
    double[][] again = train(data, algorithm).probabilities(data.features());

    assertThat(again).isDeepEqualTo(once);
  }

  @ParameterizedTest
  @EnumSource(Algorithm.class)
  void learnsFromTheTrainingRowsAlone(Algorithm algorithm) {
    SeparatedData data = mixedData(200, 0.1);
    SeparatedData other = withOtherTestRows(data);

    TrainedModel model = train(data, algorithm);
    TrainedModel same = train(other, algorithm);

    assertThat(same.encoder()).isEqualTo(model.encoder());
    assertThat(same.weights()).isEqualTo(model.weights());
    assertThat(same.classRows()).isEqualTo(model.classRows());
    assertThat(same.probabilities(data.features()))
        .isDeepEqualTo(model.probabilities(data.features()));
  }

  @ParameterizedTest
  @ValueSource(ints = {159, 160})
  void countsAMissingValueAsTheMedianAlsoWhereNoTrainingRowMissesOne(int rows) {
    SeparatedData data = ReferenceData.twoClasses();
    int[] trainRows = Arrays.copyOf(data.trainRows(), rows);
    double[] x1 = ((NumericColumn) data.features().columns().get(0)).values();
    double[] sorted = Arrays.stream(trainRows).mapToDouble(row -> x1[row]).sorted().toArray();

    TrainedModel model =
        train(
            new SeparatedData(
                data.features(),
                data.target(),
                data.classes(),
                data.labels(),
                trainRows,
                data.testRows()),
            Algorithm.LOGISTIC_REGRESSION);

    assertThat(model.encoder().columns().get(0))
        .isInstanceOfSatisfying(
            FeatureColumn.OfNumbers.class,
            column ->
                assertThat(column.fill())
                    .isEqualTo((sorted[(rows - 1) / 2] + sorted[rows / 2]) / 2));
  }

  @ParameterizedTest
  @EnumSource(Algorithm.class)
  void scoresARowAloneAsAmongOthersToTheBit(Algorithm algorithm) {
    SeparatedData data = mixedData(700, 0.1);
    TrainedModel model = train(data, algorithm);

    double[][] together = model.preparedProbabilities(data.features(), data.testRows());

    for (int i = 0; i < data.testRows().length; i++) {
      double[][] alone =
          model.preparedProbabilities(data.features(), new int[] {data.testRows()[i]});
      for (int k = 0; k < together.length; k++) {
        assertThat(alone[k][0]).isEqualTo(together[k][i]);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Algorithm.class)
  void givesProbabilitiesThatSumToOne(Algorithm algorithm) {
    SeparatedData data = ReferenceData.threeClasses();

    double[][] probabilities = train(data, algorithm).probabilities(data.features());

    for (int row = 0; row < data.features().rows(); row++) {
      double sum = 0;
      for (double[] ofClass : probabilities) {
        assertThat(ofClass[row]).isBetween(0.0, 1.0);
        sum += ofClass[row];
      }
      assertThat(sum).isCloseTo(1, within(1e-6));
    }
  }

  @Test
  void drawsAnotherForestWithAnotherSeed() {
    SeparatedData data = ReferenceData.twoClasses();
    TrainingSettings other = TrainingSettings.of(Algorithm.RANDOM_FOREST, Scaling.MIN_MAX, 7);

    assertThat(ReferenceData.train(data, other).probabilities(data.features())[0])
        .isNotEqualTo(train(data, Algorithm.RANDOM_FOREST).probabilities(data.features())[0]);
  }

  @Test
  void keepsTheTrainedTreesOfEarlierVersions() {
    SeparatedData data = ReferenceData.twoClasses();

    double[] boosted = train(data, Algorithm.XGBOOST).probabilities(data.features())[1];
    double[] forest = train(data, Algorithm.RANDOM_FOREST).probabilities(data.features())[1];

    // Wider than one machine's last digit, narrower than any change of the trees.
    assertThat(Arrays.copyOf(boosted, 5)).containsExactly(GOLDEN_BOOSTED, within(1e-5));
    assertThat(Arrays.copyOf(forest, 5)).containsExactly(GOLDEN_FOREST, within(1e-5));
  }

  private static final double[] GOLDEN_BOOSTED = {
    0.011495842, 0.039224234, 0.842694624, 0.031334611, 0.011375461
  };
  private static final double[] GOLDEN_FOREST = {
    0.000000566, 0.003333986, 0.839999616, 0.105000645, 0.104000181
  };

  @ParameterizedTest
  @EnumSource(names = {"RANDOM_FOREST", "XGBOOST"})
  void growsOneTreeForTwoClassesAndOneForEachOfMore(Algorithm algorithm) {
    assertThat(trees(train(ReferenceData.twoClasses(), algorithm))).isEqualTo(100);
    assertThat(trees(train(ReferenceData.threeClasses(), algorithm))).isEqualTo(300);
  }

  private static int trees(TrainedModel model) {
    return ((XGBoostModel<?>) model.tribuo()).getModelDump().get(0).length;
  }

  @ParameterizedTest
  @EnumSource(Algorithm.class)
  void givesTheSameModelWithAnyNumberOfThreads(Algorithm algorithm) {
    // So many numbers that more threads are used.
    Random random = new Random(7);
    List<Column> columns =
        IntStream.range(0, 500)
            .<Column>mapToObj(j -> new NumericColumn("c" + j, random.doubles(2600).toArray()))
            .toList();
    SeparatedData data =
        separated(columns, IntStream.range(0, 2600).map(row -> random.nextInt(2)).toArray(), 2);
    TrainingSettings few =
        new TrainingSettings(algorithm, 1, 3, 4, 3, 0.1, ClassWeight.NONE, Scaling.MIN_MAX, 42);

    assertThat(trainedWith(2, data, few)).isDeepEqualTo(trainedWith(1, data, few));
  }

  private static double[][] trainedWith(
      int threads, SeparatedData data, TrainingSettings settings) {
    return new ModelTrainer()
        .train(
            data,
            ReferenceData.unprepared(data),
            settings,
            new Origin("data hash", "run 1", "pipeline:3:17"),
            threads)
        .probabilities(data.features());
  }

  @ParameterizedTest
  @EnumSource(ClassWeight.class)
  void answersAForestsProbabilityAsTheShareOfTheRowsThatAreAlike(ClassWeight weight) {
    // 400 training rows of each value; a quarter and a half of them are of class 1.
    SeparatedData data =
        separated(
            List.of(
                new NumericColumn(
                    "x", IntStream.range(0, 1000).mapToDouble(row -> row / 10 % 2).toArray())),
            IntStream.range(0, 1000)
                .map(row -> row % 10 < (row / 10 % 2 == 0 ? 3 : 5) ? 1 : 0)
                .toArray(),
            2);
    TrainingSettings settings =
        new TrainingSettings(
            Algorithm.RANDOM_FOREST, 1, 400, null, 1, 1, weight, Scaling.MIN_MAX, 42);

    double[][] probabilities = ReferenceData.train(data, settings).probabilities(data.features());

    double one = weight == ClassWeight.NONE ? 1 : 500.0 / 300;
    assertThat(probabilities[1][0]).isCloseTo(one * 0.25 / (one * 0.25 + 0.75), within(0.01));
    assertThat(probabilities[1][10]).isCloseTo(one * 0.5 / (one * 0.5 + 0.5), within(0.01));
    assertThat(probabilities[0][0] + probabilities[1][0]).isEqualTo(1);
  }

  @Test
  void answersAForestsProbabilityAsTheShareOfTheTrees() {
    // One value per class: every tree that saw both values gives each its class for sure.
    SeparatedData data = oneFeature(row -> row % 2, row -> row % 2);

    double[][] probabilities = train(data, Algorithm.RANDOM_FOREST).probabilities(data.features());

    assertThat(probabilities[1][0]).isCloseTo(0, within(1e-4));
    assertThat(probabilities[1][1]).isCloseTo(1, within(1e-4));
  }

  @ParameterizedTest
  @EnumSource(Algorithm.class)
  void weighsBalancedClassesAsIfTheyHadEquallyManyRows(Algorithm algorithm) {
    // A coin in the feature that says nothing: the answer is the share of the classes alone.
    SeparatedData data = oneFeature(row -> (row / 10) % 2, row -> row % 10 == 1 ? 1 : 0);
    TrainingSettings defaults = TrainingSettings.of(algorithm, Scaling.MIN_MAX, 42);
    TrainingSettings balanced =
        new TrainingSettings(
            algorithm, 1, 100, null, 100, 0.1, ClassWeight.BALANCED, Scaling.MIN_MAX, 42);

    assertThat(ReferenceData.train(data, defaults).probabilities(data.features())[1][0])
        .isCloseTo(0.1, within(0.05));
    assertThat(ReferenceData.train(data, balanced).probabilities(data.features())[1][0])
        .isCloseTo(0.5, within(0.05));
  }

  @ParameterizedTest
  @EnumSource(Algorithm.class)
  void learnsFromOneFeature(Algorithm algorithm) {
    SeparatedData data = oneFeature(row -> row, row -> row >= 50 ? 1 : 0);

    double[] second = train(data, algorithm).probabilities(data.features())[1];

    assertThat(second[5]).isLessThan(0.5);
    assertThat(second[95]).isGreaterThan(0.5);
  }

  @ParameterizedTest
  @EnumSource(Algorithm.class)
  void copesWithHugeAndTinyNumbers(Algorithm algorithm) {
    Random random = new Random(1);
    int[] labels = IntStream.range(0, 200).map(row -> row % 2).toArray();
    double[] huge = new double[200];
    double[] tiny = new double[200];
    for (int row = 0; row < 200; row++) {
      huge[row] = (labels[row] == 1 ? 1 : -1) * (0.5 + random.nextDouble()) * 1e308;
      tiny[row] = random.nextDouble() * 1e-310;
    }
    SeparatedData data =
        separated(
            List.of(new NumericColumn("huge", huge), new NumericColumn("tiny", tiny)), labels, 2);

    for (Scaling scaling : Scaling.values()) {
      double[][] probabilities =
          ReferenceData.train(data, TrainingSettings.of(algorithm, scaling, 42))
              .probabilities(data.features());
      for (int row = 0; row < 200; row++) {
        assertThat(probabilities[labels[row]][row]).isGreaterThan(0.5);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Algorithm.class)
  void answersForNumbersFarOutsideTheTrainingRows(Algorithm algorithm) {
    SeparatedData data = oneFeature(row -> row, row -> row >= 50 ? 1 : 0);
    Table far =
        new Table("far.csv", 2, List.of(new NumericColumn("x", new double[] {-1e308, 1e308})));

    double[][] probabilities = train(data, algorithm).probabilities(far);

    assertThat(probabilities[0][0]).isGreaterThan(0.5);
    assertThat(probabilities[1][1]).isGreaterThan(0.5);
  }

  @Test
  void trainsOnSeparableClassesWithHardlyAnyPenalty() {
    SeparatedData data = oneFeature(row -> row, row -> row >= 50 ? 1 : 0);
    TrainingSettings settings =
        new TrainingSettings(
            Algorithm.LOGISTIC_REGRESSION,
            1e6,
            100,
            null,
            100,
            0.1,
            ClassWeight.NONE,
            Scaling.STANDARD,
            42);

    double[] second = ReferenceData.train(data, settings).probabilities(data.features())[1];

    assertThat(second[49]).isLessThan(0.01);
    assertThat(second[51]).isGreaterThan(0.99);
  }

  @ParameterizedTest
  @EnumSource(Algorithm.class)
  void trainsOnTwoThousandColumns(Algorithm algorithm) {
    Random random = new Random(3);
    int rows = 400;
    int[] labels = new int[rows];
    List<Column> columns = new ArrayList<>();
    double[] sum = new double[rows];
    for (int j = 0; j < 2000; j++) {
      double[] values = random.doubles(rows).toArray();
      for (int row = 0; row < rows && j < 2; row++) {
        sum[row] += values[row];
      }
      columns.add(new NumericColumn("c" + j, values));
    }
    Arrays.setAll(labels, row -> sum[row] > 1 ? 1 : 0);

    TrainingSettings few =
        new TrainingSettings(algorithm, 1, 5, null, 5, 0.1, ClassWeight.NONE, Scaling.MIN_MAX, 42);

    TrainedModel model = ReferenceData.train(separated(columns, labels, 2), few);

    assertThat(model.weights()).hasSizeGreaterThanOrEqualTo(2000);
  }

  @Test
  void findsTheSameOptimumWithAndWithoutTheWholeHessian() {
    // 199 further columns without a weight of their own push the number of parameters over the
    // limit: all rows have 0 there, but for one row each.
    SeparatedData data = ReferenceData.twoClasses();
    TrainedModel few = train(data, Algorithm.LOGISTIC_REGRESSION);
    List<Column> columns = new ArrayList<>(data.features().columns());
    for (int j = 0; j < 220; j++) {
      double[] values = new double[200];
      // A value that only a held-out row differs in would be dropped, so a training row does, by
      // hardly anything in units of the scale.
      Arrays.fill(values, 1);
      values[data.trainRows()[0]] = 0;
      columns.add(new NumericColumn("flat" + j, values));
    }
    SeparatedData wide =
        new SeparatedData(
            new Table("wide.csv", 200, columns),
            data.target(),
            data.classes(),
            data.labels(),
            data.trainRows(),
            data.testRows());

    List<FeatureWeight> weights = train(wide, Algorithm.LOGISTIC_REGRESSION).weights();

    // The derivative at the optimum is 0 in every direction, whichever way it was found.
    assertThat(gradientNorm(wide, train(wide, Algorithm.LOGISTIC_REGRESSION))).isLessThan(1e-5);
    assertThat(gradientNorm(data, few)).isLessThan(1e-5);
    assertThat(weights).hasSize(224);
  }

  private static double gradientNorm(SeparatedData data, TrainedModel model) {
    double[] theta = model.weights().stream().mapToDouble(w -> w.values().get(0)).toArray();
    LogisticLoss loss =
        new LogisticLoss(
            model.encoder().encode(data.features(), data.trainRows()),
            data.labels(),
            new double[] {1, 1});
    return Arrays.stream(loss.at(theta, false).gradient()).map(Math::abs).max().orElseThrow();
  }

  @Test
  void refusesDataWhoseFeaturesAreAllConstant() {
    SeparatedData data = oneFeature(row -> 5, row -> row % 2);

    assertThatThrownBy(() -> train(data, Algorithm.XGBOOST))
        .isInstanceOf(InvalidDataException.class)
        .hasMessageContaining("All features of one.csv are constant or empty")
        .hasMessageContaining("x");
  }

  @Test
  void refusesTrainingRowsOfOneClass() {
    SeparatedData data = oneFeature(row -> row, row -> row % 5 == 0 ? 1 : 0);

    assertThatThrownBy(() -> train(data, Algorithm.XGBOOST))
        .isInstanceOf(InvalidDataException.class)
        .hasMessageContaining("[80, 0] of the 80 training rows");
  }

  @Test
  void namesTheSecondOfAKnownPairPositive() {
    assertThat(Manifest.positiveClass(List.of("0", "1"), List.of(1, 9))).contains("1");
    assertThat(Manifest.positiveClass(List.of("No", "Yes"), List.of(1, 9))).contains("Yes");
    assertThat(Manifest.positiveClass(List.of("false", "true"), List.of(1, 9))).contains("true");
  }

  @Test
  void namesTheRarerOfOtherClassesPositive() {
    assertThat(Manifest.positiveClass(List.of("churn", "stay"), List.of(1, 9))).contains("churn");
    assertThat(Manifest.positiveClass(List.of("churn", "stay"), List.of(9, 1))).contains("stay");
    assertThat(Manifest.positiveClass(List.of("a", "b", "c"), List.of(1, 2, 3))).isEmpty();
  }

  private static TrainedModel train(SeparatedData data, Algorithm algorithm) {
    return ReferenceData.train(data, TrainingSettings.of(algorithm, Scaling.MIN_MAX, 42));
  }

  /** 100 rows of one column "x"; every fifth is held out. */
  private static SeparatedData oneFeature(
      IntToDoubleFunction value, java.util.function.IntUnaryOperator label) {
    return separated(
        List.of(new NumericColumn("x", IntStream.range(0, 100).mapToDouble(value).toArray())),
        IntStream.range(0, 100).map(label).toArray(),
        2);
  }

  /** Numbers and categories with missing values. */
  static SeparatedData mixedData(int rows, double missing) {
    Random random = new Random(5);
    double[] spend = new double[rows];
    int[] city = new int[rows];
    int[] code = new int[rows];
    int[] labels = new int[rows];
    List<String> cities = List.of("Accra", "Bern", "Cork", "Delhi");
    List<String> codes = IntStream.range(100, 170).mapToObj(i -> "code " + i).toList();
    for (int row = 0; row < rows; row++) {
      spend[row] = random.nextDouble() < missing ? Double.NaN : random.nextGaussian();
      city[row] = random.nextDouble() < missing ? -1 : random.nextInt(4);
      code[row] = (int) (70 * random.nextDouble() * random.nextDouble());
      double z = (spend[row] == spend[row] ? spend[row] : 0) + (city[row] == 2 ? 2 : -0.5);
      labels[row] = random.nextDouble() < 1 / (1 + Math.exp(-z)) ? 1 : 0;
    }
    return separated(
        List.of(
            new NumericColumn("spend", spend),
            new TextColumn("city", city, cities),
            new TextColumn("code", code, codes)),
        labels,
        2);
  }

  private static SeparatedData withOtherTestRows(SeparatedData data) {
    List<Column> columns = new ArrayList<>();
    for (Column column : data.features().columns()) {
      if (column instanceof NumericColumn numbers) {
        double[] values = numbers.values().clone();
        for (int row : data.testRows()) {
          values[row] = 1e6;
        }
        columns.add(new NumericColumn(column.name(), values));
      } else {
        TextColumn text = (TextColumn) column;
        int[] codes = text.codes().clone();
        List<String> levels = new ArrayList<>(text.levels());
        levels.add("zzz");
        for (int row : data.testRows()) {
          codes[row] = levels.size() - 1;
        }
        columns.add(new TextColumn(column.name(), codes, levels));
      }
    }
    int[] labels = data.labels().clone();
    for (int row : data.testRows()) {
      labels[row] = 1 - labels[row];
    }
    return new SeparatedData(
        new Table("other.csv", data.features().rows(), columns),
        data.target(),
        data.classes(),
        labels,
        data.trainRows(),
        data.testRows());
  }

  /** Every fifth row is held out. */
  static SeparatedData separated(List<Column> columns, int[] labels, int classes) {
    int rows = labels.length;
    return new SeparatedData(
        new Table("one.csv", rows, columns),
        "y",
        IntStream.range(0, classes).mapToObj(String::valueOf).toList(),
        labels,
        IntStream.range(0, rows).filter(row -> row % 5 != 0).toArray(),
        IntStream.range(0, rows).filter(row -> row % 5 == 0).toArray());
  }
}
