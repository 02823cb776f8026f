package org.bpmnmlops.training;

import java.util.Arrays;
import java.util.List;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoostError;
import org.bpmnmlops.data.Column;
import org.bpmnmlops.data.NumericColumn;
import org.bpmnmlops.data.Table;
import org.bpmnmlops.data.TextColumn;
import org.bpmnmlops.training.FeatureColumn.OfCategories;
import org.bpmnmlops.training.FeatureColumn.OfNumbers;

/**
 * Rows of a table as numbers, computed block by block while they are read, so that neither wide
 * one-hot columns nor many rows cost memory. Safe for several threads.
 */
final class EncodedRows {

  /** Rows in a block: a block of a few columns stays in the processor's first cache. */
  static final int BLOCK = 256;

  /**
   * @param encoded values of these rows in their order, where they were computed beforehand, else
   *     null
   */
  private record Numbers(OfNumbers encoding, double[] values, int position, double[] encoded) {}

  /**
   * @param positions of each level's 1 by its code in this table, and last that of a missing value;
   *     -1 where there is none
   */
  private record Categories(int[] codes, int[] positions) {

    int position(int row) {
      int code = codes[row];
      return positions[code < 0 ? positions.length - 1 : code];
    }
  }

  private final int[] rows;
  private final int width;
  private final Object[] columns;

  EncodedRows(Encoder encoder, Table table, int[] rows) {
    this.rows = rows;
    this.width = encoder.width();
    List<FeatureColumn> encodings = encoder.columns();
    this.columns = new Object[encodings.size()];
    int position = 0;
    for (int i = 0; i < columns.length; i++) {
      FeatureColumn encoding = encodings.get(i);
      columns[i] = bind(encoding, table.column(encoding.column()), position, table.source());
      position += encoding.features().size();
    }
  }

  private EncodedRows(int[] rows, int width, Object[] columns) {
    this.rows = rows;
    this.width = width;
    this.columns = columns;
  }

  private static Object bind(FeatureColumn encoding, Column column, int position, String source) {
    if (encoding instanceof OfNumbers numbers && column instanceof NumericColumn numeric) {
      return new Numbers(numbers, numeric.values(), position, null);
    }
    if (encoding instanceof OfCategories categories && column instanceof TextColumn text) {
      int[] positions = new int[text.levels().size() + 1];
      for (int code = 0; code < positions.length; code++) {
        String level = code < text.levels().size() ? text.levels().get(code) : categories.fill();
        int place = categories.place(level);
        positions[code] = place < 0 ? -1 : position + place;
      }
      return new Categories(text.codes(), positions);
    }
    throw new IllegalArgumentException(
        "Column '%s' of %s holds %s; the model was trained with %s"
            .formatted(
                column.name(),
                source,
                column instanceof NumericColumn ? "numbers" : "text",
                encoding instanceof OfNumbers ? "numbers" : "text"));
  }

  int size() {
    return rows.length;
  }

  int width() {
    return width;
  }

  /** Index in the table of the row at {@code i}. */
  int row(int i) {
    return rows[i];
  }

  /**
   * The same rows with their numbers computed once, for who goes through them often; these rows
   * where that would take more than a quarter of the memory.
   */
  EncodedRows computed() {
    long numbers = Arrays.stream(columns).filter(Numbers.class::isInstance).count();
    if (numbers * rows.length * Double.BYTES > Runtime.getRuntime().maxMemory() / 4) {
      return this;
    }
    Object[] computed =
        Arrays.stream(columns)
            .parallel()
            .map(column -> column instanceof Numbers unread ? computed(unread) : column)
            .toArray();
    return new EncodedRows(rows, width, computed);
  }

  private Numbers computed(Numbers column) {
    double[] encoded = new double[rows.length];
    for (int i = 0; i < encoded.length; i++) {
      encoded[i] = column.encoding.encode(column.values[rows[i]]);
    }
    return new Numbers(column.encoding, column.values, column.position, encoded);
  }

  /** Every {@code step}-th of these rows. */
  EncodedRows every(int step) {
    int[] some = new int[(rows.length + step - 1) / step];
    for (int i = 0; i < some.length; i++) {
      some[i] = rows[i * step];
    }
    return new EncodedRows(some, width, columns);
  }

  /**
   * Adds up weights times features, always in the order of the columns, so that a row's sum does
   * not depend on the rows around it.
   *
   * @param from first row, at most {@link #BLOCK} rows before {@code to}
   * @param weights {@code width()} from {@code start} on
   * @param sums in and out, one per row of the block
   */
  void addProducts(int from, int to, double[] weights, int start, double[] sums) {
    for (Object column : columns) {
      if (column instanceof Numbers numbers) {
        double weight = weights[start + numbers.position];
        double[] encoded = numbers.encoded;
        for (int i = from; encoded != null && i < to; i++) {
          sums[i - from] += weight * encoded[i];
        }
        for (int i = from; encoded == null && i < to; i++) {
          sums[i - from] += weight * numbers.encoding.encode(numbers.values[rows[i]]);
        }
      } else {
        Categories categories = (Categories) column;
        for (int i = from; i < to; i++) {
          int position = categories.position(rows[i]);
          if (position >= 0) {
            sums[i - from] += weights[start + position];
          }
        }
      }
    }
  }

  /**
   * Adds each row's features times its factor; the transpose of {@link #addProducts}.
   *
   * @param squared whether features count squared
   * @param sums in and out, {@code width()} from {@code start} on
   */
  void addTransposed(
      int from, int to, double[] factors, boolean squared, double[] sums, int start) {
    for (Object column : columns) {
      if (column instanceof Numbers numbers) {
        sums[start + numbers.position] +=
            numbers.encoded != null && !squared
                ? dot(factors, numbers.encoded, from, to)
                : dot(factors, numbers, from, to, squared);
      } else {
        Categories categories = (Categories) column;
        for (int i = from; i < to; i++) {
          int position = categories.position(rows[i]);
          if (position >= 0) {
            sums[start + position] += factors[i - from];
          }
        }
      }
    }
  }

  private double dot(double[] factors, Numbers numbers, int from, int to, boolean squared) {
    double sum = 0;
    for (int i = from; i < to; i++) {
      double x = numbers.encoding.encode(numbers.values[rows[i]]);
      sum += factors[i - from] * (squared ? x * x : x);
    }
    return sum;
  }

  /** Four sums side by side: one alone would wait for each addition. */
  private static double dot(double[] factors, double[] encoded, int from, int to) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int i = from;
    for (; i + 3 < to; i += 4) {
      s0 += factors[i - from] * encoded[i];
      s1 += factors[i - from + 1] * encoded[i + 1];
      s2 += factors[i - from + 2] * encoded[i + 2];
      s3 += factors[i - from + 3] * encoded[i + 3];
    }
    for (; i < to; i++) {
      s0 += factors[i - from] * encoded[i];
    }
    return s0 + s1 + (s2 + s3);
  }

  /** Fills {@code block[feature][row of the block]}. */
  void fill(int from, int to, double[][] block) {
    for (Object column : columns) {
      if (column instanceof Numbers numbers) {
        double[] target = block[numbers.position];
        for (int i = from; i < to; i++) {
          target[i - from] = numbers.encoding.encode(numbers.values[rows[i]]);
        }
      } else {
        Categories categories = (Categories) column;
        for (int position : categories.positions) {
          if (position >= 0) {
            Arrays.fill(block[position], 0, to - from, 0);
          }
        }
        for (int i = from; i < to; i++) {
          int position = categories.position(rows[i]);
          if (position >= 0) {
            block[position][i - from] = 1;
          }
        }
      }
    }
  }

  /**
   * These rows as XGBoost takes them: a category's zeros are left out.
   *
   * @throws TrainingFailedException when there are more numbers than an array can hold
   */
  DMatrix matrix(int from, int to) throws XGBoostError {
    long most = (long) (to - from) * columns.length;
    if (most > Integer.MAX_VALUE - 8) {
      throw new TrainingFailedException(
          "%d rows of %d columns are more than trees can be trained on here (%d numbers); use logistic-regression, or fewer columns"
              .formatted(to - from, columns.length, Integer.MAX_VALUE - 8));
    }
    long[] starts = new long[to - from + 1];
    int[] positions = new int[(int) most];
    float[] values = new float[(int) most];
    int n = 0;
    for (int i = from; i < to; i++) {
      int row = rows[i];
      for (Object column : columns) {
        if (column instanceof Numbers numbers) {
          positions[n] = numbers.position;
          values[n++] = (float) numbers.encoding.encode(numbers.values[row]);
        } else {
          int position = ((Categories) column).position(row);
          if (position >= 0) {
            positions[n] = position;
            values[n++] = 1;
          }
        }
      }
      starts[i - from + 1] = n;
    }
    return new DMatrix(
        starts,
        n == most ? positions : Arrays.copyOf(positions, n),
        n == most ? values : Arrays.copyOf(values, n),
        DMatrix.SparseType.CSR,
        width);
  }
}
