package org.bpmnmlops.report;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.bpmnmlops.data.Column;
import org.bpmnmlops.data.ColumnType;
import org.bpmnmlops.data.NumericColumn;
import org.bpmnmlops.data.Schema;
import org.bpmnmlops.data.Schema.ColumnSchema;
import org.bpmnmlops.data.Table;
import org.bpmnmlops.data.TextColumn;
import org.bpmnmlops.drift.DriftSettings;
import org.bpmnmlops.drift.PreparedReference;

/** Data and reports for tests. */
public final class Reports {

  /** When all reports of the tests were made. */
  public static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");

  public static final ReportSubject SUBJECT =
      new ReportSubject(
          "advertising", 3, NOON, NOON.minusSeconds(30 * 86_400), NOON, "0b1a7c1e-0000");

  private Reports() {}

  public static NumericColumn numbers(String name, double... values) {
    return new NumericColumn(name, values);
  }

  /** Null is missing. */
  public static TextColumn text(String name, String... values) {
    Set<String> distinct = new TreeSet<>();
    for (String value : values) {
      if (value != null) {
        distinct.add(value);
      }
    }
    List<String> levels = List.copyOf(distinct);
    return new TextColumn(
        name,
        Arrays.stream(values).mapToInt(v -> v == null ? -1 : levels.indexOf(v)).toArray(),
        levels);
  }

  public static Table table(Column... columns) {
    return new Table("test", columns.length == 0 ? 0 : columns[0].size(), List.of(columns));
  }

  /** Every numeric column numerical, every text column categorical. */
  public static Schema schema(Table table) {
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

  public static ComparedData compared(Table reference, Table current) {
    return compared(reference, current, schema(reference));
  }

  public static ComparedData compared(Table reference, Table current, Schema schema) {
    return new ComparedData(
        reference,
        PreparedReference.of(reference, schema),
        Optional.ofNullable(current),
        Optional.empty(),
        reference.find("target").map(Column::name));
  }

  public static QualityReport quality(Table reference, Table current) {
    ComparedData data = compared(reference, current);
    return QualityReport.of(
        SUBJECT,
        data,
        DataContract.infer(reference, data.prepared().schema()),
        List.of(),
        Optional.empty());
  }

  public static DriftReport drift(Table reference, Table current) {
    return DriftReport.of(
        SUBJECT, compared(reference, current), DriftSettings.DEFAULT, List.of(), Optional.empty());
  }

  /**
   * Rows of many kinds of columns: two thirds numbers, the rest categories, then a target.
   *
   * @param shift moves every third column by so many standard deviations
   */
  public static Table rows(int rows, int columns, double shift, long seed) {
    Random random = new Random(seed);
    List<Column> made = new ArrayList<>();
    double[] first = new double[rows];
    for (int c = 0; c < columns; c++) {
      double moved = c % 3 == 0 ? shift : 0;
      if (c % 3 == 2) {
        made.add(categories("kind " + c, rows, 2 + c % 9, moved, random));
        continue;
      }
      double[] values = new double[rows];
      double scale = Math.pow(10, c % 5 - 1);
      for (int row = 0; row < rows; row++) {
        double value = random.nextGaussian() + moved;
        values[row] =
            c % 7 == 3 && random.nextInt(50) == 0
                ? Double.NaN
                : scale * (c % 2 == 0 ? value : Math.exp(value / 2)) + (c % 4) * 3;
        if (c == 0) {
          first[row] = value;
        }
      }
      made.add(numbers("number " + c, values));
    }
    int[] codes = new int[rows];
    for (int row = 0; row < rows; row++) {
      codes[row] = random.nextDouble() < 1 / (1 + Math.exp(-1.5 * first[row])) ? 1 : 0;
    }
    made.add(new TextColumn("target", codes, List.of("0", "1")));
    return new Table("rows", rows, made);
  }

  private static TextColumn categories(
      String name, int rows, int levels, double moved, Random random) {
    List<String> names = new ArrayList<>(new LinkedHashSet<String>());
    for (int i = 0; i < levels; i++) {
      names.add("level " + (char) ('a' + i));
    }
    int[] codes = new int[rows];
    for (int row = 0; row < rows; row++) {
      double u = random.nextDouble();
      codes[row] = (int) (levels * (moved == 0 ? u * u : Math.sqrt(u)));
    }
    return new TextColumn(name, codes, names);
  }

  /**
   * Labels and probabilities of a model that is right more often the larger its skill.
   *
   * @param skill 0 is guessing, 3 is good
   */
  public static ScoredRows scored(List<String> classes, int rows, double skill, long seed) {
    Random random = new Random(seed);
    int[] labels = new int[rows];
    double[][] probabilities = new double[classes.size()][rows];
    for (int row = 0; row < rows; row++) {
      labels[row] = Math.min(classes.size() - 1, (int) (random.nextDouble() * classes.size()));
      double sum = 0;
      for (int k = 0; k < classes.size(); k++) {
        probabilities[k][row] = Math.exp(random.nextGaussian() + (labels[row] == k ? skill : 0));
        sum += probabilities[k][row];
      }
      for (int k = 0; k < classes.size(); k++) {
        probabilities[k][row] /= sum;
      }
    }
    return ScoredRows.of(classes, labels, probabilities);
  }

  public static PerformanceReport performance(ScoredRows reference, ScoredRows current) {
    List<String> classes = reference.classes();
    return PerformanceReport.of(
        SUBJECT,
        reference,
        Optional.ofNullable(current),
        classes.size() == 2 ? Optional.of(classes.get(1)) : Optional.empty(),
        classes.get(0),
        List.of(),
        Optional.empty());
  }
}
