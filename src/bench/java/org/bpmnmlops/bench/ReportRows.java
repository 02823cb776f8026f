package org.bpmnmlops.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.bpmnmlops.data.Column;
import org.bpmnmlops.data.ColumnType;
import org.bpmnmlops.data.NumericColumn;
import org.bpmnmlops.data.Schema;
import org.bpmnmlops.data.Schema.ColumnSchema;
import org.bpmnmlops.data.Table;
import org.bpmnmlops.data.TextColumn;
import org.bpmnmlops.report.ScoredRows;

/**
 * Ten features (eight of numbers, two of categories), a target of two classes and a model's
 * probabilities of the second one.
 *
 * @param features numbers, or codes of categories
 */
record ReportRows(double[][] features, int[] labels, double[] probabilities) {

  static final int NUMBERS = 8;
  static final List<String> CLASSES = List.of("0", "1");
  private static final int[] CATEGORIES = {5, 9};

  /**
   * @param shift of every third column, in standard deviations
   */
  static ReportRows of(int rows, double shift, long seed) {
    Random random = new Random(seed);
    double[][] features = new double[NUMBERS + CATEGORIES.length][rows];
    int[] labels = new int[rows];
    double[] probabilities = new double[rows];
    for (int row = 0; row < rows; row++) {
      for (int c = 0; c < NUMBERS; c++) {
        double value = random.nextGaussian() + (c % 3 == 0 ? shift : 0);
        features[c][row] = c % 2 == 0 ? value : Math.exp(value / 2);
      }
      for (int c = 0; c < CATEGORIES.length; c++) {
        double u = random.nextDouble();
        features[NUMBERS + c][row] = (int) (CATEGORIES[c] * u * u);
      }
      double odds = features[0][row] + features[1][row] - 1;
      labels[row] = random.nextDouble() < 1 / (1 + Math.exp(-odds)) ? 1 : 0;
      probabilities[row] = 1 / (1 + Math.exp(-odds - 0.5 * random.nextGaussian()));
    }
    return new ReportRows(features, labels, probabilities);
  }

  int rows() {
    return labels.length;
  }

  Table table() {
    List<Column> columns = new ArrayList<>();
    for (int c = 0; c < features.length; c++) {
      if (c < NUMBERS) {
        columns.add(new NumericColumn("number" + c, features[c]));
      } else {
        int[] codes = Arrays.stream(features[c]).mapToInt(value -> (int) value).toArray();
        List<String> levels = new ArrayList<>();
        for (int level = 0; level < CATEGORIES[c - NUMBERS]; level++) {
          levels.add("level" + level);
        }
        columns.add(new TextColumn("kind" + c, codes, levels));
      }
    }
    columns.add(new TextColumn("target", labels, CLASSES));
    return new Table("rows", rows(), columns);
  }

  /** Ten columns of numbers: the first two come twice. */
  Table numbers() {
    List<Column> columns = new ArrayList<>();
    for (int c = 0; c < features.length; c++) {
      columns.add(new NumericColumn("number" + c, features[c % NUMBERS]));
    }
    return new Table("numbers", rows(), columns);
  }

  static Schema schema(Table table) {
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

  ScoredRows scored() {
    return ScoredRows.of(
        CLASSES,
        labels,
        new double[][] {Arrays.stream(probabilities).map(p -> 1 - p).toArray(), probabilities});
  }

  /** For Python: column after column of little-endian doubles; features, labels, probabilities. */
  void write(Path file) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      for (double[] column : features) {
        write(out, column);
      }
      write(out, Arrays.stream(labels).asDoubleStream().toArray());
      write(out, probabilities);
    }
  }

  private static void write(OutputStream out, double[] values) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asDoubleBuffer().put(values);
    out.write(bytes.array());
  }
}
