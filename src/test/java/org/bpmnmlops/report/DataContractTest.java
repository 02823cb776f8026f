package org.bpmnmlops.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.bpmnmlops.report.Reports.numbers;
import static org.bpmnmlops.report.Reports.schema;
import static org.bpmnmlops.report.Reports.table;
import static org.bpmnmlops.report.Reports.text;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.bpmnmlops.data.InvalidDataException;
import org.bpmnmlops.data.Table;
import org.bpmnmlops.wording.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DataContractTest {

  /** 0 to 99, mean 49.5, standard deviation 29.01. */
  private static final Table REFERENCE =
      table(numbers("x", IntStream.range(0, 100).asDoubleStream().toArray()));

  private static ContractCheck check(Table reference, Table current, String rule) {
    return Reports.quality(reference, current).columns().get(0).checks().stream()
        .filter(check -> check.rule().equals(rule))
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({"1, GOOD", "2, WARN", "10, WARN", "11, BAD", "100, BAD"})
  void missingValuesOfACompleteColumnWarnAboveOnePercentAndFailAboveTen(
      int missing, Verdict verdict) {
    double[] values = IntStream.range(0, 100).asDoubleStream().toArray();
    Arrays.fill(values, 0, missing, Double.NaN);

    assertThat(check(REFERENCE, table(numbers("x", values)), "missing").verdict())
        .isEqualTo(verdict);
  }

  @Test
  void missingValuesOfTheReferenceGiveRoom() {
    double[] half = new double[100];
    Arrays.fill(half, 0, 50, Double.NaN);

    DataContract.Missing missing =
        DataContract.infer(table(numbers("x", half)), schema(REFERENCE)).columns().get(0).missing();

    assertThat(missing.warn()).isEqualTo(1.1 * 0.5 + 0.01);
    assertThat(missing.fail()).isEqualTo(1.1 * 0.5 + 0.10);
  }

  @ParameterizedTest
  @CsvSource({"0, GOOD", "1, WARN", "10, WARN", "11, BAD"})
  void valuesOutsideOfTheRangeWarnAndFailAboveTenPercent(int outside, Verdict verdict) {
    double[] values = new double[100];
    for (int i = 0; i < outside; i++) {
      values[i] = i % 2 == 0 ? -0.001 : 99.001;
    }

    assertThat(check(REFERENCE, table(numbers("x", values)), "range").verdict()).isEqualTo(verdict);
  }

  @Test
  void theEndsOfTheRangeAreFine() {
    assertThat(check(REFERENCE, table(numbers("x", 0, 99)), "range").verdict())
        .isEqualTo(Verdict.GOOD);
  }

  @ParameterizedTest
  @CsvSource({"-8, GOOD", "-9, WARN", "107, GOOD", "108, WARN"})
  void theMeanIsFineWithinTwoStandardDeviations(double mean, Verdict verdict) {
    assertThat(check(REFERENCE, table(numbers("x", mean, mean)), "mean").verdict())
        .isEqualTo(verdict);
  }

  @ParameterizedTest
  @CsvSource({"0, GOOD", "1, WARN", "5, WARN", "6, BAD"})
  void unseenCategoriesWarnAndFailAboveFivePercent(int unseen, Verdict verdict) {
    String[] values = new String[100];
    Arrays.fill(values, "a");
    Arrays.fill(values, 0, unseen, "new");

    assertThat(check(table(text("k", "a", "b")), table(text("k", values)), "categories").verdict())
        .isEqualTo(verdict);
  }

  @Test
  void anotherTypeFailsAndSoDoesAMissingColumn() {
    assertThat(check(REFERENCE, table(text("x", "a")), "type").verdict()).isEqualTo(Verdict.BAD);
    assertThat(check(REFERENCE, table(text("y", "a")), "present").verdict()).isEqualTo(Verdict.BAD);
    assertThat(Reports.quality(REFERENCE, table(text("x", "a"))).summary().verdict())
        .isEqualTo(Verdict.BAD);
  }

  @Test
  void theSameRowsKeepTheirContract() {
    Table rows = Reports.rows(500, 9, 0, 1);

    assertThat(Reports.quality(rows, rows).summary().verdict()).isEqualTo(Verdict.GOOD);
  }

  @Test
  void isWrittenReadAndEdited(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("contract.json");
    DataContract inferred =
        DataContract.infer(Reports.rows(100, 5, 0, 1), schema(Reports.rows(1, 5, 0, 1)));
    inferred.write(file);
    assertThat(DataContract.read(file)).isEqualTo(inferred);

    Files.writeString(
        file,
        """
        {"format": "bpmn-mlops data contract", "version": 1, "columns": [
          {"column": "x", "type": "NUMERICAL", "range": {"min": 0, "max": 50, "warn": 0, "fail": 0.9}}]}
        """);
    DataContract edited = DataContract.read(file);
    assertThat(edited.columns().get(0).mean()).isNull();
    assertThat(edited.columns().get(0).range().max()).isEqualTo(50);
  }

  @Test
  void saysWhereAnEditWentWrong(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("contract.json");
    Files.writeString(
        file,
        """
        {"format": "bpmn-mlops data contract", "version": 1, "columns": [
          {"column": "x", "type": "NUMBERS"}]}
        """);

    assertThatThrownBy(() -> DataContract.read(file))
        .isInstanceOf(InvalidDataException.class)
        .hasMessageStartingWith("contracts/contract.json, line 2: the contract cannot be read: ")
        .hasMessageContaining("columns.type is 'NUMBERS'; expected one of NUMERICAL, ")
        .hasMessageNotContaining("org.bpmnmlops");

    Files.writeString(
        file,
        """
        {"format": "bpmn-mlops data contract", "version": 1, "columns": [
          {"column": "x", "type": "NUMERICAL"}, {"column": "x", "type": "NUMERICAL"}]}
        """);
    assertThatThrownBy(() -> DataContract.read(file))
        .isInstanceOf(InvalidDataException.class)
        .hasMessageContaining("has column 'x' twice");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"columns\": [{\"column\": \"x\", \"range\": {\"min\": \"low\"}}]} | columns.range.min is 'low'; expected a number",
        "[] | expected an object",
        "'' | expected an object",
        "{ | Unexpected end-of-input"
      })
  void namesWhatCannotBeReadWithoutNamingClasses(String content, String words, @TempDir Path folder)
      throws IOException {
    Path file = Files.writeString(folder.resolve("ads.json"), content);

    assertThatThrownBy(() -> DataContract.read(file))
        .isInstanceOf(InvalidDataException.class)
        .hasMessageContaining(words)
        .hasMessageNotContainingAny("jackson", "`", "REDACTED", "class");
  }
}
