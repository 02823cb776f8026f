package org.bpmnmlops.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Makes a table of rows that come one by one, their types known and never inferred again. What does
 * not fit its column is noted and counts as missing; the caller decides whether to go on.
 */
public final class TypedRows {

  /**
   * A value that does not fit its column.
   *
   * @param row index of the row, from 0
   * @param value as it came, shortened
   * @param expected what would fit, in words
   */
  public record Misfit(int row, String column, String value, String expected) {}

  private final String source;
  private final Schema schema;
  private final double[][] numbers;
  private final TextRows[] texts;
  private final List<Misfit> misfits = new ArrayList<>();
  private int rows;

  /**
   * @param source for messages
   * @param expected how many rows are expected; more may come
   */
  public TypedRows(String source, Schema schema, int expected) {
    this.source = source;
    this.schema = schema;
    int columns = schema.columns().size();
    this.numbers = new double[columns][];
    this.texts = new TextRows[columns];
    for (int i = 0; i < columns; i++) {
      if (schema.columns().get(i).type() == ColumnType.NUMERICAL) {
        numbers[i] = new double[Math.max(1, expected)];
      } else {
        texts[i] = new TextRows(expected);
      }
    }
  }

  /**
   * Adds a row.
   *
   * @param values number, text, truth value or null by column; a column that is not there is
   *     missing, others are not looked at
   */
  public void add(Map<String, ?> values) {
    for (int i = 0; i < numbers.length; i++) {
      Schema.ColumnSchema column = schema.columns().get(i);
      Object value = values.get(column.name());
      if (numbers[i] != null) {
        if (rows == numbers[i].length) {
          numbers[i] = Arrays.copyOf(numbers[i], rows + (rows >> 1) + 1);
        }
        numbers[i][rows] = number(column, value);
      } else {
        texts[i].add(text(column, value));
      }
    }
    rows++;
  }

  /** What did not fit, in the order it came. */
  public List<Misfit> misfits() {
    return List.copyOf(misfits);
  }

  /** The rows so far, columns in the schema's order. */
  public Table table() {
    List<Column> columns = new ArrayList<>(numbers.length);
    for (int i = 0; i < numbers.length; i++) {
      String name = schema.columns().get(i).name();
      columns.add(numbers[i] != null ? new NumericColumn(name, numbers(i)) : texts[i].column(name));
    }
    return new Table(source, rows, columns);
  }

  /** Full ones are handed over as they are: nothing is written into them again. */
  private double[] numbers(int column) {
    double[] values = numbers[column];
    return values.length == rows ? values : Arrays.copyOf(values, rows);
  }

  /** A text column of these values, null where one is missing. */
  public static TextColumn textColumn(String name, String[] values) {
    TextRows rows = new TextRows(values.length);
    for (String value : values) {
      rows.add(value);
    }
    return rows.column(name);
  }

  /** A value as findings show it: shortened. */
  public static String shown(Object value) {
    return value == null ? null : ColumnBuilder.shorten(value.toString());
  }

  private double number(Schema.ColumnSchema column, Object value) {
    double number;
    if (value instanceof Number given) {
      number = given.doubleValue();
    } else if (value == null || (value instanceof String text && isMissing(text))) {
      return Double.NaN;
    } else {
      number = value instanceof String text ? Decimals.parse(text.strip()) : Double.NaN;
    }
    if (Double.isNaN(number) || Double.isInfinite(number)) {
      misfit(column, value, "a number");
      return Double.NaN;
    }
    return number + 0.0;
  }

  private String text(Schema.ColumnSchema column, Object value) {
    if (value == null || (value instanceof String text && isMissing(text))) {
      return null;
    }
    String text;
    if (value instanceof Number number) {
      double exact = number.doubleValue();
      text = Double.isNaN(exact) || Double.isInfinite(exact) ? null : Numbers.text(exact + 0.0);
    } else if (value instanceof Boolean truth) {
      text = truth.toString();
    } else if (value instanceof String given) {
      double number = Decimals.parse(given.strip());
      text = Double.isNaN(number) ? given.strip() : Numbers.text(number + 0.0);
    } else {
      text = null;
    }
    if (text == null) {
      misfit(column, value, "text");
    } else if (column.type() == ColumnType.DATE && Double.isNaN(Dates.days(text))) {
      misfit(column, value, "a date such as 2026-11-22");
      return null;
    }
    return text;
  }

  private void misfit(Schema.ColumnSchema column, Object value, String expected) {
    misfits.add(
        new Misfit(rows, column.name(), ColumnBuilder.shorten(String.valueOf(value)), expected));
  }

  private static boolean isMissing(String text) {
    String value = text.strip();
    return value.isEmpty() || TextDictionary.isMissing(value);
  }
}
