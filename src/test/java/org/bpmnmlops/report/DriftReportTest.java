package org.bpmnmlops.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.bpmnmlops.report.Reports.numbers;
import static org.bpmnmlops.report.Reports.table;
import static org.bpmnmlops.report.Reports.text;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bpmnmlops.data.Schema;
import org.bpmnmlops.data.Table;
import org.bpmnmlops.drift.DriftSettings;
import org.bpmnmlops.drift.PreparedReference;
import org.bpmnmlops.wording.Verdict;
import org.junit.jupiter.api.Test;

class DriftReportTest {

  private static final long DAY = 86_400_000;

  private static DriftReport report(Table reference, Table current, long[] times) {
    return DriftReport.of(
        Reports.SUBJECT,
        new ComparedData(
            reference,
            PreparedReference.of(reference, Reports.schema(reference)),
            Optional.of(current),
            Optional.ofNullable(times),
            Optional.empty()),
        DriftSettings.DEFAULT,
        List.of(),
        Optional.empty());
  }

  private static double[] steps(int rows, double from) {
    return IntStream.range(0, rows).mapToDouble(i -> from + i).toArray();
  }

  @Test
  void spreadIsThatOfTheQualityReport() {
    Table reference = table(numbers("x", 1, 2, 3, 4));
    Table current = table(numbers("x", 1, 2, 4, 4.5));

    DriftedColumn drift = report(reference, current, null).columns().get(0);
    ColumnQuality quality = Reports.quality(reference, current).columns().get(0);

    assertThat(drift.reference().standardDeviation())
        .isEqualTo(quality.reference().standardDeviation())
        .isCloseTo(Math.sqrt(5 / 3.0), within(1e-15));
    assertThat(drift.current().standardDeviation())
        .isEqualTo(quality.current().standardDeviation());
  }

  @Test
  void saysHowManyColumnsDriftedAndWhichIsFarthest() {
    DriftReport report =
        report(
            table(numbers("still", steps(200, 0)), numbers("moved", steps(200, 0))),
            table(numbers("still", steps(200, 0)), numbers("moved", steps(200, 60))),
            null);

    assertThat(report.driftShare()).isEqualTo(0.5);
    assertThat(report.datasetDrift()).isTrue();
    assertThat(report.summary().verdict()).isEqualTo(Verdict.BAD);
    assertThat(report.summary().headline()).isEqualTo("The data have drifted: 1 of 2 columns");
    assertThat(report.summary().flagged()).isEqualTo(Map.of("moved", Verdict.BAD));
    assertThat(report.summary().figure("farthestColumn").orElseThrow().text()).isEqualTo("moved");
    assertThat(report.columns().get(1).strength()).isGreaterThan(1);
    assertThat(report.columns().get(0).strength()).isZero();
  }

  @Test
  void saysNoMoreThanTheColumnsThatCouldBeJudged() {
    double[] known = new double[200];
    Arrays.fill(known, 0, 101, Double.NaN);
    Table reference = table(numbers("still", steps(200, 0)), numbers("gone", steps(200, 0)));

    ReportSummary few =
        report(reference, table(numbers("still", steps(200, 0)), numbers("gone", known)), null)
            .summary();
    ReportSummary all = report(reference, reference, null).summary();

    assertThat(few.headline()).isEqualTo("No drift in the 1 of 2 columns that could be judged");
    assertThat(few.lead()).startsWith("The one column that could be judged is as ");
    assertThat(all.headline()).isEqualTo("No drift");
    assertThat(all.lead()).startsWith("All 2 columns that could be judged are as ");
  }

  @Test
  void theStrengthIsOneAtTheThreshold() {
    double[] reference = steps(2000, 0);
    double deviation = Math.sqrt((2000.0 * 2000 - 1) / 12);
    double[] current = steps(2000, 0.1 * deviation);

    DriftedColumn column =
        report(table(numbers("x", reference)), table(numbers("x", current)), null).columns().get(0);

    assertThat(column.score()).isCloseTo(0.1, within(1e-12));
    assertThat(column.strength()).isCloseTo(1, within(1e-10));
  }

  @Test
  void tooFewRowsAreShownAndNotJudged() {
    DriftReport report =
        report(table(numbers("x", steps(200, 0))), table(numbers("x", steps(99, 500))), null);

    assertThat(report.driftShare()).isNull();
    assertThat(report.summary().verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(report.summary().headline()).isEqualTo("Too few rows to judge drift");
    assertThat(report.columns().get(0).score()).isNotNull();
    assertThat(report.columns().get(0).reason()).contains("99 current rows");
  }

  /** The replaced system failed here. */
  @Test
  void aPredictionThatOnlyCurrentRowsHaveIsReportedAndTheRestCompared() {
    DriftReport report =
        report(
            table(numbers("x", steps(200, 0))),
            table(numbers("x", steps(200, 0)), text("prediction", new String[200])),
            null);

    assertThat(report.judgedColumns()).isEqualTo(1);
    assertThat(report.columns().get(1).column()).isEqualTo("prediction");
    assertThat(report.columns().get(1).reason())
        .isEqualTo("The reference does not have this column");
  }

  @Test
  void targetAndPredictionHaveAReferenceOfTheirOwn() {
    Table features = table(numbers("x", steps(300, 0)));
    Table heldOut = table(text("target", labels(200, 3)));
    Table current = table(numbers("x", steps(150, 0)), text("target", labels(150, 3)));

    DriftReport report =
        DriftReport.of(
            Reports.SUBJECT,
            new ComparedData(
                features,
                PreparedReference.of(features, Reports.schema(features))
                    .plus(heldOut, Reports.schema(heldOut)),
                Optional.of(current),
                Optional.empty(),
                Optional.of("target")),
            DriftSettings.DEFAULT,
            List.of(),
            Optional.empty());

    assertThat(report.columns()).extracting(DriftedColumn::judged).containsExactly(true, true);
    assertThat(report.columns().get(0).reference().rows()).isEqualTo(300);
    assertThat(report.columns().get(1).reference().rows()).isEqualTo(200);
  }

  private static String[] labels(int rows, int every) {
    return IntStream.range(0, rows)
        .mapToObj(i -> i % every == 0 ? "1" : "0")
        .toArray(String[]::new);
  }

  @Test
  void valuesOverTimeStandBesideMeanAndBandOfTheReference() {
    long start = Instant.parse("2026-11-01T00:00:00Z").toEpochMilli();
    long[] times = IntStream.range(0, 100).mapToLong(i -> start + i / 10 * 3 * DAY + i).toArray();
    double[] values = IntStream.range(0, 100).mapToDouble(i -> i / 10).toArray();

    DriftReport report = report(table(numbers("x", 1, 3)), table(numbers("x", values)), times);

    TimeAxis axis = report.timeAxis();
    OverTime series = report.columns().get(0).overTime().get(0);
    assertThat(axis.unit()).isEqualTo("time");
    assertThat(axis.edges()[1] - axis.edges()[0]).isEqualTo(DAY);
    assertThat(axis.rows()).hasSize(28).startsWith(10, 0, 0, 10);
    assertThat(series.reference()).isEqualTo(2);
    assertThat(series.low()).isEqualTo(2 - Math.sqrt(2));
    assertThat(series.high()).isEqualTo(2 + Math.sqrt(2));
    assertThat(series.values()).startsWith(0.0, null, null, 1.0).endsWith(9.0);
  }

  @Test
  void spansAreFewWhateverTheTimes() {
    for (long length : new long[] {0, 1, 999, 61_000, DAY, 40 * DAY, 20_000 * DAY}) {
      long[] times = {-length, 0, length / 2, length};
      TimeAxis axis = TimeAxis.of(4, Optional.of(times));

      assertThat(axis.rows().length).isBetween(1, 31);
      assertThat(Arrays.stream(axis.rows()).sum()).isEqualTo(4);
    }
  }

  @Test
  void sharesOfTheCategoriesThatMovedMostStandOverTheRows() {
    String[] current = new String[90];
    Arrays.fill(current, 0, 30, "a");
    Arrays.fill(current, 30, 90, "c");

    List<OverTime> series =
        report(table(text("k", "a", "a", "b", "b")), table(text("k", current)), null)
            .columns()
            .get(0)
            .overTime();

    assertThat(series).extracting(OverTime::label).containsExactly("c", "a");
    assertThat(series.get(0).reference()).isZero();
    assertThat(series.get(0).values()).startsWith(0.0).endsWith(1.0).hasSize(30);
    assertThat(series.get(1).reference()).isEqualTo(0.5);
  }

  @Test
  void withoutCurrentRowsTheReportSaysSo() {
    DriftReport report = Reports.drift(table(numbers("x", 1, 2, 3)), null);

    assertThat(report.summary().verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(report.summary().headline()).isEqualTo("No current data to compare");
    assertThat(report.columns()).isEmpty();
  }

  @Test
  void theSchemaOfAReferenceCannotHaveAColumnTwice() {
    Table rows = table(numbers("x", 1, 2));
    Schema schema = Reports.schema(rows);

    org.assertj.core.api.Assertions.assertThatThrownBy(
            () -> PreparedReference.of(rows, schema).plus(rows, schema))
        .hasMessageContaining("'x'");
  }
}
