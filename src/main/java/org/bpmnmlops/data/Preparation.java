package org.bpmnmlops.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * How the columns to learn from come out of the raw ones, row by row. Stored with the model, so
 * that serving does with a raw row what training did.
 *
 * @param raw the data set's columns as first loaded
 * @param target the column to predict
 * @param missing what training did with rows that lack a value: {@code drop} or {@code keep}
 * @param features the columns to learn from
 */
public record Preparation(Schema raw, String target, String missing, List<Feature> features) {

  /**
   * A column to learn from.
   *
   * @param name the raw column's, or the interaction's: {@code TV*radio}
   * @param type {@code NUMERICAL} or {@code CATEGORICAL}
   * @param from the raw column, or those that are multiplied
   */
  public record Feature(String name, ColumnType type, List<String> from) {

    public Feature {
      from = List.copyOf(from);
    }
  }

  public Preparation {
    features = List.copyOf(features);
  }

  /**
   * The columns to learn from of raw rows; as many rows, none dropped, missing values kept. A date
   * becomes days since 1970-01-01 UTC; a product that is too large for a double is missing.
   *
   * @param rows the raw columns in any order; others and the target are not needed
   * @throws InvalidDataException when a raw column is not there, or is text where a number is
   *     needed
   */
  public Table apply(Table rows) {
    List<Column> columns = new ArrayList<>();
    for (Feature feature : features) {
      columns.add(column(rows, feature));
    }
    return new Table(rows.source(), rows.rows(), columns);
  }

  /** The raw columns that are needed, in the data set's order. */
  public Schema needed() {
    Set<String> names = new LinkedHashSet<>();
    features.forEach(feature -> names.addAll(feature.from()));
    return new Schema(raw.columns().stream().filter(c -> names.contains(c.name())).toList());
  }

  /** Names and types of the columns to learn from. */
  public Schema prepared() {
    return new Schema(
        features.stream().map(f -> new Schema.ColumnSchema(f.name(), f.type())).toList());
  }

  private static Column column(Table rows, Feature feature) {
    if (feature.from().size() > 1) {
      return product(rows, feature);
    }
    Column column = raw(rows, feature.from().get(0));
    if (feature.type() == ColumnType.CATEGORICAL) {
      if (column instanceof TextColumn) {
        return column;
      }
      throw new InvalidDataException(
          "%s: column '%s' holds numbers; expected categories"
              .formatted(rows.source(), column.name()));
    }
    return column instanceof TextColumn dates ? days(rows, dates) : column;
  }

  private static NumericColumn product(Table rows, Feature feature) {
    double[] product = new double[rows.rows()];
    Arrays.fill(product, 1);
    for (String factor : feature.from()) {
      double[] values = numbers(rows, raw(rows, factor));
      for (int row = 0; row < product.length; row++) {
        product[row] *= values[row];
      }
    }
    for (int row = 0; row < product.length; row++) {
      product[row] = Double.isInfinite(product[row]) ? Double.NaN : product[row] + 0.0;
    }
    return new NumericColumn(feature.name(), product);
  }

  private static NumericColumn days(Table rows, TextColumn dates) {
    double[] ofLevel = dates.levels().stream().mapToDouble(Dates::days).toArray();
    return new NumericColumn(dates.name(), spread(rows, dates, ofLevel, "a date as 2026-11-22"));
  }

  private static double[] numbers(Table rows, Column column) {
    if (column instanceof NumericColumn numbers) {
      return numbers.values();
    }
    TextColumn text = (TextColumn) column;
    double[] ofLevel = text.levels().stream().mapToDouble(Decimals::parse).toArray();
    return spread(rows, text, ofLevel, "a number");
  }

  private static double[] spread(Table rows, TextColumn text, double[] ofLevel, String expected) {
    for (int i = 0; i < ofLevel.length; i++) {
      if (Double.isNaN(ofLevel[i])) {
        throw new InvalidDataException(
            "%s, column '%s': '%s' cannot be used; expected %s"
                .formatted(
                    rows.source(),
                    text.name(),
                    ColumnBuilder.shorten(text.levels().get(i)),
                    expected));
      }
    }
    double[] values = new double[text.size()];
    for (int row = 0; row < values.length; row++) {
      values[row] = text.codes()[row] < 0 ? Double.NaN : ofLevel[text.codes()[row]];
    }
    return values;
  }

  private static Column raw(Table rows, String name) {
    return rows.find(name)
        .orElseThrow(
            () ->
                new InvalidDataException(
                    "%s has no column '%s'; there are %s"
                        .formatted(rows.source(), name, CsvRows.shown(rows.names()))));
  }
}
