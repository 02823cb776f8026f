package org.bpmnmlops.training;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.bpmnmlops.data.ColumnType;
import org.bpmnmlops.data.NumericColumn;
import org.bpmnmlops.data.Preparation;
import org.bpmnmlops.data.Schema;
import org.bpmnmlops.data.SeparatedData;
import org.bpmnmlops.data.Table;

/**
 * 200 rows made of remainders, for which scikit-learn 1.2.1 was run with {@code tol=1e-10}; the
 * expected numbers in the tests are its answers.
 */
public final class ReferenceData {

  private static final int[] TEST_ROWS = {
    95, 15, 30, 158, 128, 115, 69, 170, 174, 45, 66, 182, 165, 78, 186, 177, 56, 152, 82, 68, 124,
    16, 148, 93, 65, 60, 84, 67, 125, 132, 9, 18, 55, 75, 150, 104, 135, 137, 164, 76
  };

  private ReferenceData() {}

  /** y is 1 where v is above 11. */
  public static SeparatedData twoClasses() {
    return separated(List.of("0", "1"), row -> value(row) > 11 ? 1 : 0);
  }

  /** Classes below 9, from 9 to below 14, and from 14. */
  public static SeparatedData threeClasses() {
    return separated(
        List.of("low", "medium", "high"), row -> value(row) < 9 ? 0 : value(row) < 14 ? 1 : 2);
  }

  private static SeparatedData separated(List<String> classes, IntUnaryOperator label) {
    int[] testRows = Arrays.stream(TEST_ROWS).sorted().toArray();
    int[] trainRows =
        IntStream.range(0, 200).filter(i -> Arrays.binarySearch(testRows, i) < 0).toArray();
    return new SeparatedData(
        table(), "y", classes, IntStream.range(0, 200).map(label).toArray(), trainRows, testRows);
  }

  static Table table() {
    return new Table(
        "reference.csv",
        200,
        List.of(
            column("x1", ReferenceData::x1),
            column("x2", ReferenceData::x2),
            column("x3", i -> ((i * 29) % 89) * 1.1)));
  }

  private static NumericColumn column(String name, IntToDoubleFunction value) {
    return new NumericColumn(name, IntStream.range(0, 200).mapToDouble(value).toArray());
  }

  private static double x1(int i) {
    return ((i * 37) % 101) * 3;
  }

  private static double x2(int i) {
    return ((i * 53) % 97) / 2.0;
  }

  private static double value(int i) {
    return 0.05 * x1(i) + 0.2 * x2(i) + ((i * 17) % 13 - 6) / 2.0;
  }

  /** For data whose features are the raw columns as they are. */
  public static Preparation unprepared(SeparatedData data) {
    List<Schema.ColumnSchema> columns =
        data.features().columns().stream()
            .map(
                column ->
                    new Schema.ColumnSchema(
                        column.name(),
                        column instanceof NumericColumn
                            ? ColumnType.NUMERICAL
                            : ColumnType.CATEGORICAL))
            .toList();
    return new Preparation(
        new Schema(columns),
        data.target(),
        "keep",
        columns.stream()
            .map(c -> new Preparation.Feature(c.name(), c.type(), List.of(c.name())))
            .toList());
  }

  /** A model of data whose features are the raw columns as they are. */
  public static TrainedModel train(SeparatedData data, TrainingSettings settings) {
    return new ModelTrainer()
        .train(data, unprepared(data), settings, new Origin("data hash", "run 1", "pipeline:3:17"));
  }
}
