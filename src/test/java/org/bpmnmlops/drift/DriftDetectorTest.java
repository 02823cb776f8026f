package org.bpmnmlops.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.tuple;
import static org.bpmnmlops.drift.Samples.assertSame;
import static org.bpmnmlops.drift.Samples.mapped;
import static org.bpmnmlops.drift.Samples.numbers;
import static org.bpmnmlops.drift.Samples.score;
import static org.bpmnmlops.drift.Samples.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.bpmnmlops.data.Column;
import org.bpmnmlops.data.ColumnType;
import org.bpmnmlops.data.NumericColumn;
import org.bpmnmlops.data.Schema;
import org.bpmnmlops.data.Schema.ColumnSchema;
import org.bpmnmlops.data.Table;
import org.bpmnmlops.data.TextColumn;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DriftDetectorTest {

  private final DriftDetector detector = new DriftDetector(DriftSettings.DEFAULT);

  @ParameterizedTest
  @CsvSource({
    "1000, NUMERICAL, 6, KOLMOGOROV_SMIRNOV",
    "1000, NUMERICAL, 5, CHI_SQUARE",
    "1000, NUMERICAL, 3, CHI_SQUARE",
    "1000, NUMERICAL, 2, Z",
    "1000, CATEGORICAL, 6, CHI_SQUARE",
    "1000, CATEGORICAL, 3, CHI_SQUARE",
    "1000, CATEGORICAL, 2, Z",
    "1001, NUMERICAL, 6, WASSERSTEIN",
    "1001, NUMERICAL, 5, JENSEN_SHANNON",
    "1001, NUMERICAL, 2, JENSEN_SHANNON",
    "1001, CATEGORICAL, 3, JENSEN_SHANNON",
    "1001, CATEGORICAL, 2, JENSEN_SHANNON"
  })
  void choosesTheMethodByRowsAndValues(
      int referenceRows, ColumnType type, int distinct, DriftMethod expected) {
    double[] reference = numbers(referenceRows, i -> i % (distinct - 1));
    double[] current = numbers(600, i -> i % distinct);

    assertThat(only(detect(numeric(reference), numeric(current), type)).method())
        .contains(expected);
  }

  @Test
  void countsOnlyRowsWithAValueWhenItChooses() {
    double[] reference = numbers(1010, i -> i < 20 ? (i % 2 == 0 ? Double.NaN : 1 / 0.0) : i);
    double[] current = numbers(600, i -> i + 0.5);

    ColumnDrift drift = only(detect(numeric(reference), numeric(current), ColumnType.NUMERICAL));

    assertThat(drift.method()).contains(DriftMethod.KOLMOGOROV_SMIRNOV);
    assertThat(drift.referenceRows()).isEqualTo(990);
    assertThat(drift.score()).hasValue(cleaned(reference, current));
  }

  private static double cleaned(double[] reference, double[] current) {
    return score(
        DriftMethod.KOLMOGOROV_SMIRNOV,
        Arrays.stream(reference).filter(Double::isFinite).toArray(),
        current);
  }

  @ParameterizedTest
  @CsvSource({
    "KOLMOGOROV_SMIRNOV, 0.05, true",
    "CHI_SQUARE, 0.05, false",
    "Z, 0.05, false",
    "WASSERSTEIN, 0.1, true",
    "JENSEN_SHANNON, 0.1, true",
    "PSI, 0.1, true",
    "KULLBACK_LEIBLER, 0.1, true",
    "HELLINGER, 0.1, true"
  })
  void knowsOnWhichSideTheThresholdItselfLies(
      DriftMethod method, double threshold, boolean drifted) {
    assertThat(method.defaultThreshold()).isEqualTo(threshold);
    assertThat(method.drifted(threshold, threshold)).isEqualTo(drifted);
    assertThat(method.drifted(threshold - 1e-9, threshold)).isEqualTo(method.isPValue());
    assertThat(method.drifted(threshold + 1e-9, threshold)).isNotEqualTo(method.isPValue());
  }

  @ParameterizedTest
  @CsvSource({"1000, 99, false", "1000, 100, true", "1001, 499, false", "1001, 500, true"})
  void judgesFromAHundredRowsByTestAndFromFiveHundredByDistance(
      int referenceRows, int currentRows, boolean judged) {
    double[] reference = numbers(referenceRows, i -> i);
    double[] current = numbers(currentRows, i -> i + 10_000);

    DatasetDrift drift = detect(numeric(reference), numeric(current), ColumnType.NUMERICAL);

    ColumnDrift column = only(drift);
    assertThat(column.judged()).isEqualTo(judged);
    assertThat(column.drifted()).isEqualTo(judged);
    assertThat(column.score()).isPresent();
    assertThat(column.distribution()).isPresent();
    if (judged) {
      assertThat(drift.driftShare()).hasValue(1);
      assertThat(column.reason()).isEmpty();
    } else {
      assertThat(drift.driftShare()).isEmpty();
      assertThat(drift.datasetDrift()).isFalse();
      assertThat(column.judgement()).isEqualTo(Judgement.TOO_FEW_ROWS);
      assertThat(column.reason())
          .startsWith("Too few rows to judge: " + currentRows + " current rows");
    }
  }

  @ParameterizedTest
  @CsvSource({"1000, 100", "1000, 300", "10000, 500", "10000, 1000"})
  void raisesNoMoreFalseAlarmsThanStated(int referenceRows, int currentRows) {
    Random random = new Random(7);
    int alarms = 0;
    for (int trial = 0; trial < 150; trial++) {
      double[] reference = random.doubles(referenceRows).map(x -> random.nextGaussian()).toArray();
      double[] current = random.doubles(currentRows).map(x -> random.nextGaussian()).toArray();
      alarms += detect(numeric(reference), numeric(current), ColumnType.NUMERICAL).driftedColumns();
    }

    assertThat(alarms / 150.0).isLessThanOrEqualTo(0.08);
  }

  @Test
  void aColumnsRuleWinsOverItsTypesAndThatOverTheDefault() {
    DriftSettings settings =
        DriftSettings.DEFAULT
            .withTypes(Map.of(ColumnType.NUMERICAL, DriftRule.of(DriftMethod.PSI, 0.2)))
            .withColumns(
                Map.of(
                    "b", DriftRule.of(DriftMethod.HELLINGER),
                    "c", DriftRule.of(0.3)));
    Table table =
        table(
            new NumericColumn("a", numbers(600, i -> i)),
            new NumericColumn("b", numbers(600, i -> i)),
            new NumericColumn("c", numbers(600, i -> i)),
            text("d", "x", 300, "y", 300));

    List<ColumnDrift> drift =
        new DriftDetector(settings).detect(table, table, schemaOf(table)).columns();

    assertThat(drift)
        .extracting(
            column -> column.method().orElseThrow(), column -> column.threshold().orElseThrow())
        .containsExactly(
            tuple(DriftMethod.PSI, 0.2),
            tuple(DriftMethod.HELLINGER, 0.2),
            tuple(DriftMethod.PSI, 0.3),
            tuple(DriftMethod.Z, 0.05));
  }

  @Test
  void refusesAMethodThatDoesNotFitTheColumn() {
    DriftRule wasserstein = DriftRule.of(DriftMethod.WASSERSTEIN);
    Table table = table(text("kind", "x", 300, "y", 300));
    DriftDetector strict =
        new DriftDetector(DriftSettings.DEFAULT.withColumns(Map.of("kind", wasserstein)));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> strict.detect(table, table, schemaOf(table)))
        .withMessageContaining("Wasserstein, normed")
        .withMessageContaining("'kind'");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> DriftSettings.DEFAULT.withTypes(Map.of(ColumnType.CATEGORICAL, wasserstein)))
        .withMessageContaining("CATEGORICAL");
  }

  @ParameterizedTest
  @CsvSource({"0", "-0.1", "NaN", "Infinity"})
  void refusesAThresholdThatIsNoPositiveNumber(double threshold) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DriftRule.of(DriftMethod.PSI, threshold))
        .withMessageContaining("above 0");
  }

  @Test
  void refusesAThresholdThatEveryPValueMeets() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DriftRule.of(DriftMethod.Z, 1.0))
        .withMessageContaining("below 1");
  }

  @Test
  void columnsOfOneSideAreReportedAndNotFatal() {
    Table reference = table(new NumericColumn("a", numbers(600, i -> i)), text("old", "x", 600));
    Table current =
        table(text("prediction", "0", 600), new NumericColumn("a", numbers(600, i -> i)));
    Schema schema =
        new Schema(
            List.of(
                new ColumnSchema("prediction", ColumnType.CATEGORICAL),
                new ColumnSchema("a", ColumnType.NUMERICAL),
                new ColumnSchema("target", ColumnType.CATEGORICAL)));

    DatasetDrift drift = detector.detect(reference, current, schema);

    assertThat(drift.columns())
        .extracting(ColumnDrift::column, ColumnDrift::judgement)
        .containsExactly(
            tuple("prediction", Judgement.ONLY_IN_CURRENT),
            tuple("a", Judgement.JUDGED),
            tuple("target", Judgement.IN_NEITHER),
            tuple("old", Judgement.ONLY_IN_REFERENCE));
    assertThat(drift.judgedColumns()).isEqualTo(1);
    assertThat(drift.driftShare()).hasValue(0);
  }

  @Test
  void columnsBeyondTheSchemaFreeTextAndDatesAreNotCounted() {
    Table table = table(text("id", "1", 600), text("note", "x", 600), text("day", "d", 600));
    Schema schema =
        new Schema(
            List.of(
                new ColumnSchema("note", ColumnType.FREE_TEXT),
                new ColumnSchema("day", ColumnType.DATE)));

    assertThat(detector.detect(table, table, schema).columns())
        .extracting(ColumnDrift::column, ColumnDrift::judgement)
        .containsExactly(
            tuple("note", Judgement.TYPE_NOT_COMPARED),
            tuple("day", Judgement.TYPE_NOT_COMPARED),
            tuple("id", Judgement.NOT_IN_SCHEMA));
  }

  @Test
  void aColumnWithoutAnyValueIsReported() {
    double[] missing = numbers(600, i -> Double.NaN);
    double[] present = numbers(600, i -> i);

    ColumnDrift current = only(detect(numeric(present), numeric(missing), ColumnType.NUMERICAL));
    ColumnDrift reference = only(detect(numeric(missing), numeric(present), ColumnType.NUMERICAL));

    assertThat(current.judgement()).isEqualTo(Judgement.EMPTY);
    assertThat(current.reason()).contains("current rows");
    assertThat(reference.judgement()).isEqualTo(Judgement.EMPTY);
    assertThat(reference.reason()).contains("reference");
  }

  @Test
  void textInPlaceOfNumbersIsReported() {
    ColumnDrift drift =
        only(detect(numeric(numbers(600, i -> i)), text("x", "a", 600), ColumnType.NUMERICAL));

    assertThat(drift.judgement()).isEqualTo(Judgement.TYPE_CHANGED);
    assertThat(drift.reason()).contains("current rows", "expects numbers");
  }

  @Test
  void categoriesReadAsNumbersOnOneSideAreTheSameCategories() {
    ColumnDrift drift =
        only(
            detect(
                text("x", "0", 300, "1", 300),
                numeric(numbers(600, i -> i % 2)),
                ColumnType.CATEGORICAL));

    assertThat(drift.score()).hasValue(1);
    assertThat(drift.judged()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1, true, false", // one column alone is no reason to train again
    "2, 4, true, true",
    "3, 10, false, false", // not above 0.3
    "4, 10, false, true",
    "5, 10, true, true"
  })
  void theDataSetDriftsByTheShareOfItsColumns(
      int drifted, int judged, boolean datasetDrift, boolean retraining) {
    List<Column> reference = new ArrayList<>();
    List<Column> current = new ArrayList<>();
    for (int i = 0; i < judged; i++) {
      double[] values = numbers(600, row -> row);
      double shift = i < drifted ? 10_000 : 0;
      reference.add(new NumericColumn("c" + i, values));
      current.add(new NumericColumn("c" + i, mapped(values, x -> x + shift)));
    }
    Table before = new Table("reference.csv", 600, reference);

    DatasetDrift drift =
        detector.detect(before, new Table("current.csv", 600, current), schemaOf(before));

    assertThat(drift.driftedColumns()).isEqualTo(drifted);
    assertThat(drift.judgedColumns()).isEqualTo(judged);
    assertThat(drift.datasetDrift()).isEqualTo(datasetDrift);
    assertThat(drift.retrainingAdvised()).isEqualTo(retraining);
  }

  @Test
  void aPreparedReferenceServesManyComparisons() {
    Table reference =
        table(
            new NumericColumn("a", numbers(5000, i -> (i * 37) % 1009)),
            text("b", "x", 3000, "y", 2000));
    PreparedReference prepared = PreparedReference.of(reference, schemaOf(reference));

    for (int shift : new int[] {0, 500}) {
      Table current =
          table(
              new NumericColumn("a", numbers(4000, i -> (i * 53) % 997 + shift)),
              text("b", "x", 2000 + shift, "y", 2000 - shift));

      assertThat(detector.detect(prepared, current))
          .usingRecursiveComparison()
          .isEqualTo(detector.detect(reference, current, schemaOf(reference)));
    }
    assertThat(prepared.sample("a").orElseThrow().count()).isEqualTo(5000);
  }

  @Test
  void leavesTheRowsOfTheTablesAsTheyAre() {
    double[] values = numbers(5000, i -> -i);

    detect(numeric(values), numeric(values), ColumnType.NUMERICAL);

    assertThat(values).isEqualTo(numbers(5000, i -> -i));
  }

  @Test
  void showsNumbersAsHistogramOverBothSamples() {
    ColumnDrift drift =
        only(
            detect(
                numeric(numbers(1000, i -> i)),
                numeric(numbers(500, i -> 500 + 2 * i)),
                ColumnType.NUMERICAL));

    var histogram = (Distribution.Histogram) drift.distribution().orElseThrow();
    assertThat(histogram.edges()).hasSize(13).startsWith(0.0).endsWith(1498.0).isSorted();
    assertThat(IntStream.of(histogram.reference()).sum()).isEqualTo(1000);
    assertThat(IntStream.of(histogram.current()).sum()).isEqualTo(500);
    assertThat(histogram.reference()[11]).isZero();
    assertThat(histogram.current()[0]).isZero();
  }

  @Test
  void showsTheLargestCategoriesAndTheRestAsOne() {
    Object[] many =
        IntStream.rangeClosed(1, 30)
            .boxed()
            .flatMap(i -> List.of("c" + (100 + i), (Object) i).stream())
            .toArray();

    ColumnDrift drift =
        only(detect(text("x", many), text("x", "new", 500), ColumnType.CATEGORICAL));

    var categories = (Distribution.Categories) drift.distribution().orElseThrow();
    assertThat(categories.labels()).hasSize(20).startsWith("c112").endsWith("c130", "new");
    assertThat(categories.others()).isEqualTo(11);
    assertThat(categories.otherReference()).isEqualTo(IntStream.rangeClosed(1, 11).sum());
    assertThat(categories.otherCurrent()).isZero();
    assertThat(categories.current()[19]).isEqualTo(500);
  }

  @Test
  void aPowerOfTwoOfRowsMayGiveOneBinMore() {
    // 2.1 / (2.1 / 7) is 7.000000000000001.
    double[] reference = numbers(32, i -> i * 2.1 / 31);
    NumericSample sample = NumericSample.of(reference);

    assertThat(Binning.forDivergence(NumericPair.of(sample, sample)).cells()).isEqualTo(8);
  }

  @Test
  void twentyValuesAreCountedOneByOneAndMoreAreBinned() {
    NumericSample twenty = NumericSample.of(numbers(500, i -> i % 20));
    NumericSample more = NumericSample.of(numbers(500, i -> i % 21));

    assertThat(Binning.forDivergence(NumericPair.of(twenty, more)).cells()).isEqualTo(21);
    assertThat(Binning.forDivergence(NumericPair.of(more, twenty)).cells()).isEqualTo(11);
  }

  @Test
  void aBinHoldsItsLeftEdgeAndTheLastOneBoth() {
    NumericSample sample = NumericSample.of(0, 1, 1, 2, 3, 4);

    assertThat(Binning.byBin(NumericPair.of(sample, sample), new double[] {0, 1, 2, 4}).current())
        .containsExactly(1, 2, 3);
  }

  @ParameterizedTest
  @CsvSource({
    "20000, 6.284611994282531, 0.5103354020829051",
    "9999, 6.006942177966479, 0.5099144536651938"
  })
  void zeroCellsBecomeAMillionthOfTheSmallestWhereThatIsTiny(int rows, double psi, double kl) {
    TextColumn reference = text("x", "a", rows, "b", 1);
    TextColumn current = text("x", "a", 30, "b", 10, "c", 10);

    assertSame(score(DriftMethod.PSI, reference, current), psi);
    assertSame(score(DriftMethod.KULLBACK_LEIBLER, reference, current), kl);
  }

  @ParameterizedTest
  @CsvSource({"10", "10000"})
  void minusZeroIsZero(int rows) {
    NumericSample zeros = NumericSample.of(numbers(rows, i -> i % 2 == 0 ? -0.0 : 0.0));

    assertThat(zeros.categories().levels()).containsExactly("0");
    assertThat(Double.compare(zeros.minimum(), 0.0)).isZero();
  }

  @Test
  void thereIsNoStatisticWithoutAValue() {
    NumericSample empty = NumericSample.of(Double.NaN, Double.POSITIVE_INFINITY);

    assertThat(empty.count()).isZero();
    assertThat(empty.missing()).isEqualTo(2);
    assertThatIllegalStateException().isThrownBy(empty::mean);
  }

  private DatasetDrift detect(Column reference, Column current, ColumnType type) {
    return detector.detect(
        table(reference), table(current), new Schema(List.of(new ColumnSchema("x", type))));
  }

  private static ColumnDrift only(DatasetDrift drift) {
    assertThat(drift.columns()).hasSize(1);
    return drift.columns().get(0);
  }

  private static Column numeric(double[] values) {
    return new NumericColumn("x", values);
  }

  private static Table table(Column... columns) {
    return new Table("some.csv", columns[0].size(), List.of(columns));
  }

  private static Schema schemaOf(Table table) {
    return new Schema(
        table.columns().stream()
            .map(
                column ->
                    new ColumnSchema(
                        column.name(),
                        column instanceof NumericColumn
                            ? ColumnType.NUMERICAL
                            : ColumnType.CATEGORICAL))
            .toList());
  }
}
