package org.bpmnmlops.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.bpmnmlops.report.Reports.numbers;
import static org.bpmnmlops.report.Reports.table;
import static org.bpmnmlops.report.Reports.text;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bpmnmlops.data.ColumnType;
import org.bpmnmlops.data.Schema;
import org.bpmnmlops.data.Schema.ColumnSchema;
import org.bpmnmlops.data.Table;
import org.bpmnmlops.wording.Verdict;
import org.junit.jupiter.api.Test;

class QualityReportTest {

  private static final double NAN = Double.NaN;

  private static ColumnQuality column(QualityReport report, String name) {
    return report.columns().stream()
        .filter(column -> column.column().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void columnStatisticsAreThoseOfTheOriginal() {
    Table data = table(numbers("x", 1, 2, 2, 3.5, NAN, 10, 7.25, 2));

    ColumnStatistics column = column(Reports.quality(data, null), "x").reference();

    assertThat(column.count()).isEqualTo(7);
    assertThat(column.missing()).isEqualTo(1);
    assertThat(column.missingShare()).isEqualTo(0.125);
    assertThat(column.unique()).isEqualTo(5);
    assertThat(column.mostCommon()).isEqualTo("2");
    assertThat(column.mostCommonShare()).isEqualTo(3 / 7.0);
    assertThat(column.mean()).isCloseTo(3.96, within(0.005));
    assertThat(column.standardDeviation()).isCloseTo(3.36, within(0.005));
    assertThat(column.quartile1()).isEqualTo(2);
    assertThat(column.median()).isEqualTo(2);
    assertThat(column.quartile3()).isCloseTo(5.38, within(0.006));
    assertThat(column.maximum()).isEqualTo(10);
  }

  @Test
  void infiniteNumbersAreMissingAndCountedByThemselves() {
    Table data = table(numbers("x", 1, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, NAN));

    ColumnStatistics column = column(Reports.quality(data, null), "x").reference();

    assertThat(column.count()).isEqualTo(1);
    assertThat(column.missing()).isEqualTo(3);
    assertThat(column.infinite()).isEqualTo(2);
  }

  @Test
  void countsWhatIsWrongWithTheTableAsAWhole() {
    Table data =
        table(
            numbers("a", 1, 2, 1, NAN, 1),
            numbers("copy", 1, 2, 1, NAN, 1),
            text("kind", "x", "y", "x", null, "x"),
            text("same", "s", "s", "s", "s", null),
            numbers("none", NAN, NAN, NAN, NAN, NAN),
            numbers("nothing", NAN, NAN, NAN, NAN, NAN));

    TableQuality quality = Reports.quality(data, null).reference();

    assertThat(quality.rows()).isEqualTo(5);
    assertThat(quality.missingCells()).isEqualTo(14);
    assertThat(quality.missingShare()).isEqualTo(14 / 30.0);
    assertThat(quality.rowsWithMissing()).isEqualTo(5);
    assertThat(quality.rowsByMissing()).containsExactly(0, 0, 3, 1, 1);
    assertThat(quality.duplicatedRows()).isEqualTo(1);
    assertThat(quality.duplicatedColumns()).containsExactly(List.of("a", "copy"));
    assertThat(quality.constantColumns()).containsExactly("same", "none", "nothing");
  }

  @Test
  void aColumnIsAlmostConstantFromNinetyFivePercentOn() {
    double[] at95 = new double[100];
    double[] at94 = new double[100];
    Arrays.fill(at95, 0, 5, 1);
    Arrays.fill(at94, 0, 6, 1);

    TableQuality quality =
        Reports.quality(table(numbers("95", at95), numbers("94", at94)), null).reference();

    assertThat(quality.almostConstantColumns()).containsExactly("95");
  }

  @Test
  void namesNewAndVanishedCategories() {
    QualityReport report =
        Reports.quality(table(text("k", "a", "b", "b")), table(text("k", "b", "c", "c", "d")));

    assertThat(column(report, "k").newCategories())
        .isEqualTo(new ColumnQuality.Named(2, 3, List.of("c", "d")));
    assertThat(column(report, "k").vanishedCategories())
        .isEqualTo(new ColumnQuality.Named(1, 1, List.of("a")));
  }

  @Test
  void barsHoldEveryRowOnceOnBothSides() {
    double[] reference = IntStream.range(0, 1000).mapToDouble(i -> (i * 37) % 101 / 10.0).toArray();
    double[] current = IntStream.range(0, 500).mapToDouble(i -> (i * 53) % 97 / 10.0 + 5).toArray();

    Bars bars =
        column(Reports.quality(table(numbers("x", reference)), table(numbers("x", current))), "x")
            .distribution();

    assertThat(bars.edges()).hasSize(21);
    assertThat(bars.edges()[0]).isZero();
    assertThat(bars.edges()[20]).isEqualTo(14.6);
    assertThat(Arrays.stream(bars.reference()).sum()).isEqualTo(1000);
    assertThat(Arrays.stream(bars.current()).sum()).isEqualTo(500);
    for (double value : current) {
      int bar = bars.place(value);
      assertThat(value).isGreaterThanOrEqualTo(bars.edges()[bar]);
      assertThat(value).isLessThanOrEqualTo(bars.edges()[bar + 1]);
    }
  }

  @Test
  void barsReachToTheLargestNumbersThereAre() {
    Bars bars =
        column(
                Reports.quality(table(numbers("x", -Double.MAX_VALUE, 0, Double.MAX_VALUE)), null),
                "x")
            .distribution();

    assertThat(bars.edges()).doesNotContain(Double.POSITIVE_INFINITY, Double.NaN).isSorted();
    assertThat(bars.reference()[0]).isEqualTo(1);
    assertThat(bars.reference()[19]).isEqualTo(1);
    assertThat(bars.place(Double.MAX_VALUE)).isEqualTo(19);
    assertThat(bars.place(0)).isEqualTo(10);
  }

  @Test
  void showsAColumnAgainstTheTarget() {
    Table reference =
        table(text("k", "a", "a", "b", "b", null), text("target", "0", "1", "1", "1", "0"));
    Table current = table(text("k", "a", "c", "a"), text("target", "1", "1", null));

    AgainstTarget target = column(Reports.quality(reference, current), "k").againstTarget();

    assertThat(target.classes()).containsExactly("0", "1");
    assertThat(target.reference()).isDeepEqualTo(new int[][] {{1, 0, 0}, {1, 2, 0}});
    assertThat(target.current()).isDeepEqualTo(new int[][] {{0, 0, 0}, {1, 0, 1}});
  }

  @Test
  void correlationsAreThoseOfTheTextbook() {
    Table data =
        table(
            numbers("x", 1, 2, 3, 4, 5, NAN),
            numbers("y", 2, 1, 4, 3, 7, 100),
            numbers("flat", 3, 3, 3, 3, 3, 3),
            text("k", "a", "a", "b", "b", "b", "a"),
            text("l", "u", "u", "v", "v", "u", "u"));

    List<Correlations> correlations = Reports.quality(data, null).correlations();

    assertThat(correlations.get(0).method()).isEqualTo("Pearson");
    // Five pairs: covariance 12 of sums of squares 10 and 21.2.
    assertThat(correlations.get(0).reference()[1][0]).isEqualTo(0.824);
    assertThat(correlations.get(0).reference()[2]).containsExactly(null, null);
    assertThat(correlations.get(1).method()).isEqualTo("Spearman");
    assertThat(correlations.get(1).reference()[1][0]).isEqualTo(0.8);
    assertThat(correlations.get(2).method()).isEqualTo("Cramér's V");
    // Chi-square 3 of 6 rows.
    assertThat(correlations.get(2).reference()[1][0]).isEqualTo(0.707);
  }

  @Test
  void pearsonOfMillionsDoesNotCancel() {
    double[] x = IntStream.range(0, 5000).mapToDouble(i -> 1e9 + i).toArray();
    double[] y = IntStream.range(0, 5000).mapToDouble(i -> -1e9 - i).toArray();

    assertThat(Correlations.pearson(new double[][] {x, y})[1][0]).isEqualTo(-1);
  }

  @Test
  void equalValuesShareTheirRank() {
    assertThat(Correlations.ranks(new double[] {5, 1, 5, NAN, 0}, new int[] {0, 1, 2, 3, 4}))
        .containsExactly(3.5, 2, 3.5, NAN, 1);
  }

  @Test
  void rankCorrelationsAreOfASeededSampleAndTheReportSaysSo() {
    int[] sample = Correlations.sample(1_000_000, 42);

    assertThat(sample).hasSize(20_000).doesNotHaveDuplicates().isSorted();
    assertThat(sample).isEqualTo(Correlations.sample(1_000_000, 42));
    assertThat(Arrays.stream(sample).average().orElseThrow()).isBetween(490_000.0, 510_000.0);
    assertThat(Reports.quality(Reports.rows(20_001, 2, 0, 1), null).notes())
        .anyMatch(note -> note.contains("20,000 rows") && note.contains("seed 42"));
    assertThat(Reports.quality(Reports.rows(20_000, 2, 0, 1), null).notes()).isEmpty();
  }

  @Test
  void withoutCurrentRowsTheReportSaysSoAndShowsTheReference() {
    QualityReport report = Reports.quality(table(numbers("x", 1, 2, 3)), null);

    assertThat(report.summary().verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(report.summary().headline()).isEqualTo("No current data to check");
    assertThat(report.current()).isNull();
    assertThat(report.reference().rows()).isEqualTo(3);
  }

  @Test
  void freeTextAndDatesAreCountedNotDrawn() {
    Table data = table(text("note", "a", "b", "b"));
    Schema schema = new Schema(List.of(new ColumnSchema("note", ColumnType.FREE_TEXT)));

    ColumnQuality column =
        QualityReport.of(
                Reports.SUBJECT,
                Reports.compared(data, null, schema),
                DataContract.infer(data, schema),
                List.of(),
                Optional.empty())
            .columns()
            .get(0);

    assertThat(column.reference().unique()).isEqualTo(2);
    assertThat(column.reference().mostCommon()).isEqualTo("b");
    assertThat(column.distribution()).isNull();
  }

  @Test
  void columnsThatBreakTheContractAndThoseWithAWarningAddUpToTheRest() {
    Table reference = table(numbers("a", 1, 2, 3), numbers("b", 1, 2, 3), numbers("c", 1, 2, 3));
    double[] mostlyFine = new double[30];
    Arrays.fill(mostlyFine, 2);
    mostlyFine[0] = 4;
    double[] bad = new double[30];
    Arrays.fill(bad, 9);

    Figure kept =
        Reports.quality(
                reference, table(numbers("a", bad), numbers("b", bad), numbers("c", mostlyFine)))
            .summary()
            .figure("columnsInContract")
            .orElseThrow();

    assertThat(kept.text()).isEqualTo("0 of 3");
    assertThat(kept.help()).isEqualTo("2 break it, 1 has a warning");
  }

  @Test
  void sharesInTheChecksAreRoundedAsThePageDoes() {
    double[] values = new double[400];
    Arrays.fill(values, 2);
    values[0] = NAN;

    assertThat(
            column(Reports.quality(table(numbers("x", 1, 2, 3)), table(numbers("x", values))), "x")
                .checks())
        .extracting(ContractCheck::words)
        .anyMatch(words -> words.startsWith("0.3 % of the values are missing (1 of 400)"));
  }

  @Test
  void findingsOfTheFileAndOfTheWindowAreCountedApart() {
    Table data = table(numbers("x", 1, 2, 3));

    assertThat(
            QualityReport.of(
                    Reports.SUBJECT,
                    Reports.compared(data, data),
                    DataContract.infer(data, Reports.schema(data)),
                    List.of(
                        new Finding("prod_data.csv", 2L, "x", "'?' is no number"),
                        new Finding("prod_data.csv", 3L, null, "3 values"),
                        new Finding("production data", null, "x", "1 of 3 values")),
                    Optional.empty())
                .summary()
                .lead())
        .isEqualTo(
            "3 findings about the data as they came: 2 in prod_data.csv, 1 in production data.");
  }

  @Test
  void findingsAreAWarning() {
    Table data = table(numbers("x", 1, 2, 3));
    QualityReport report =
        QualityReport.of(
            Reports.SUBJECT,
            Reports.compared(data, data),
            DataContract.infer(data, Reports.schema(data)),
            List.of(new Finding("prod_data.csv", 2L, "x", "'?' is no number")),
            Optional.empty());

    assertThat(report.summary().verdict()).isEqualTo(Verdict.WARN);
    assertThat(report.findings()).hasSize(1);
  }
}
