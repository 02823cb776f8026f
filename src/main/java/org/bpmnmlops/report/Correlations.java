package org.bpmnmlops.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.bpmnmlops.data.Column;
import org.bpmnmlops.data.NumericColumn;
import org.bpmnmlops.data.Table;
import org.bpmnmlops.data.TextColumn;

/**
 * How columns go together, pair by pair, over the rows where both have a value.
 *
 * @param method {@code Pearson}, {@code Spearman} or {@code Cramér's V}
 * @param columns at most {@value #MOST_COLUMNS}
 * @param reference lower triangle: row i has the pairs with columns 0 to i - 1, -1 to 1 (Cramér's V
 *     0 to 1), three decimals; null where a column does not vary
 * @param current the same; null without current rows
 */
public record Correlations(
    String method, List<String> columns, Double[][] reference, Double[][] current) {

  static final int SAMPLE = 20_000;
  static final int MOST_COLUMNS = 100;
  private static final int BLOCK = 2048;
  private static final int MOST_CATEGORIES = 1000;

  /** Linear correlation over all rows. */
  static Correlations pearson(List<String> columns, Table reference, Table current) {
    return new Correlations(
        "Pearson",
        columns,
        pearson(numbers(columns, reference)),
        current == null ? null : pearson(numbers(columns, current)));
  }

  /** Correlation of ranks over the sampled rows. */
  static Correlations spearman(List<String> columns, Table reference, Table current, long seed) {
    return new Correlations(
        "Spearman",
        columns,
        spearman(numbers(columns, reference), sample(reference.rows(), seed)),
        current == null ? null : spearman(numbers(columns, current), sample(current.rows(), seed)));
  }

  /** Association of categories over the sampled rows, without correction for their number. */
  static Correlations cramer(List<String> columns, Table reference, Table current, long seed) {
    return new Correlations(
        "Cramér's V",
        columns,
        cramer(texts(columns, reference), sample(reference.rows(), seed)),
        current == null ? null : cramer(texts(columns, current), sample(current.rows(), seed)));
  }

  /** Rows drawn without replacement, ascending; all where there are no more. */
  static int[] sample(int rows, long seed) {
    int size = Math.min(rows, SAMPLE);
    int[] sample = new int[size];
    SplittableRandom random = new SplittableRandom(seed);
    int taken = 0;
    for (int row = 0; taken < size; row++) {
      if (random.nextInt(rows - row) < size - taken) {
        sample[taken++] = row;
      }
    }
    return sample;
  }

  private static double[][] numbers(List<String> columns, Table table) {
    return columns.stream()
        .map(
            name ->
                table
                    .find(name)
                    .filter(NumericColumn.class::isInstance)
                    .map(column -> ((NumericColumn) column).values())
                    .orElse(null))
        .toArray(double[][]::new);
  }

  private static TextColumn[] texts(List<String> columns, Table table) {
    return columns.stream()
        .map(
            name -> {
              Column column = table.find(name).orElse(null);
              return column instanceof TextColumn text ? text : null;
            })
        .toArray(TextColumn[]::new);
  }

  /** Block by block of rows, so that memory is read once whatever the number of pairs. */
  static Double[][] pearson(double[][] columns) {
    int n = columns.length;
    double[] shift = new double[n];
    for (int i = 0; i < n; i++) {
      shift[i] = columns[i] == null ? 0 : mean(columns[i]);
    }
    Sums[][] sums = new Sums[n][];
    for (int i = 0; i < n; i++) {
      sums[i] = new Sums[i];
      Arrays.setAll(sums[i], j -> new Sums());
    }
    int rows =
        Arrays.stream(columns).filter(c -> c != null).mapToInt(c -> c.length).max().orElse(0);
    double[][] block = new double[n][BLOCK];
    boolean[] whole = new boolean[n];
    for (int start = 0; start < rows; start += BLOCK) {
      int size = Math.min(BLOCK, rows - start);
      for (int i = 0; i < n; i++) {
        whole[i] = columns[i] != null && shifted(columns[i], start, size, shift[i], block[i]);
      }
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < i; j++) {
          if (columns[i] != null && columns[j] != null) {
            if (whole[i] && whole[j]) {
              sums[i][j].addAll(block[i], block[j], size);
            } else {
              sums[i][j].addPresent(block[i], block[j], size);
            }
          }
        }
      }
    }
    Double[][] result = new Double[n][];
    for (int i = 0; i < n; i++) {
      result[i] = new Double[i];
      for (int j = 0; j < i; j++) {
        result[i][j] = sums[i][j].correlation();
      }
    }
    return result;
  }

  private static double mean(double[] values) {
    double sum = 0;
    int count = 0;
    for (double value : values) {
      if (Double.isFinite(value)) {
        sum += value;
        count++;
      }
    }
    return count == 0 ? 0 : sum / count;
  }

  /** Whether all of them are finite. */
  private static boolean shifted(
      double[] values, int start, int size, double shift, double[] block) {
    boolean whole = true;
    for (int k = 0; k < size; k++) {
      double value = values[start + k] - shift;
      block[k] = value;
      whole &= Math.abs(value) <= Double.MAX_VALUE;
    }
    return whole;
  }

  /** Around the columns' means, so that nothing cancels. */
  private static final class Sums {
    private long count;
    private double x;
    private double y;
    private double xx;
    private double yy;
    private double xy;

    void addAll(double[] a, double[] b, int size) {
      double sx = 0;
      double sy = 0;
      double sxx = 0;
      double syy = 0;
      double sxy = 0;
      for (int k = 0; k < size; k++) {
        double p = a[k];
        double q = b[k];
        sx += p;
        sy += q;
        sxx += p * p;
        syy += q * q;
        sxy += p * q;
      }
      add(size, sx, sy, sxx, syy, sxy);
    }

    void addPresent(double[] a, double[] b, int size) {
      for (int k = 0; k < size; k++) {
        double p = a[k];
        double q = b[k];
        if (Double.isFinite(p) && Double.isFinite(q)) {
          add(1, p, q, p * p, q * q, p * q);
        }
      }
    }

    private void add(int n, double sx, double sy, double sxx, double syy, double sxy) {
      count += n;
      x += sx;
      y += sy;
      xx += sxx;
      yy += syy;
      xy += sxy;
    }

    Double correlation() {
      if (count < 2) {
        return null;
      }
      double varianceX = xx - x * x / count;
      double varianceY = yy - y * y / count;
      double scale = Math.sqrt(varianceX) * Math.sqrt(varianceY);
      if (!(varianceX > 1e-14 * xx) || !(varianceY > 1e-14 * yy) || !(scale > 0)) {
        return null;
      }
      return rounded(Math.max(-1, Math.min(1, (xy - x * y / count) / scale)));
    }
  }

  private static Double rounded(double value) {
    return Double.isFinite(value) ? Math.rint(value * 1000) / 1000 + 0.0 : null;
  }

  private static Double[][] spearman(double[][] columns, int[] rows) {
    double[][] ranks = new double[columns.length][];
    for (int i = 0; i < columns.length; i++) {
      ranks[i] = columns[i] == null ? null : ranks(columns[i], rows);
    }
    return pearson(ranks);
  }

  /** Ranks from 1, equal values sharing their mean rank; {@code NaN} stays. */
  static double[] ranks(double[] values, int[] rows) {
    double[] ranks = new double[rows.length];
    double[] sorted = new double[rows.length];
    int count = 0;
    for (int i = 0; i < rows.length; i++) {
      double value = values[rows[i]] + 0.0;
      ranks[i] = value;
      if (Double.isFinite(value)) {
        sorted[count++] = value;
      }
    }
    Arrays.sort(sorted, 0, count);
    for (int i = 0; i < rows.length; i++) {
      if (Double.isFinite(ranks[i])) {
        int below = firstAtLeast(sorted, count, ranks[i]);
        int upTo = firstAtLeast(sorted, count, Math.nextUp(ranks[i]));
        ranks[i] = (below + 1 + upTo) / 2.0;
      } else {
        ranks[i] = Double.NaN;
      }
    }
    return ranks;
  }

  private static int firstAtLeast(double[] sorted, int count, double limit) {
    int low = 0;
    int high = count;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] < limit) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private static Double[][] cramer(TextColumn[] columns, int[] rows) {
    List<Codes> codes = new ArrayList<>();
    for (TextColumn column : columns) {
      codes.add(column == null ? null : Codes.of(column, rows));
    }
    Double[][] result = new Double[columns.length][];
    for (int i = 0; i < columns.length; i++) {
      result[i] = new Double[i];
      for (int j = 0; j < i; j++) {
        result[i][j] =
            codes.get(i) == null || codes.get(j) == null ? null : codes.get(i).cramer(codes.get(j));
      }
    }
    return result;
  }

  /** Categories of the sampled rows, numbered without gaps; -1 where missing. */
  private record Codes(int[] codes, int categories) {

    static Codes of(TextColumn column, int[] rows) {
      int[] number = new int[column.levels().size()];
      int[] codes = new int[rows.length];
      int categories = 0;
      for (int i = 0; i < rows.length; i++) {
        int code = column.codes()[rows[i]];
        if (code >= 0 && number[code] == 0) {
          number[code] = ++categories;
        }
        codes[i] = code < 0 ? -1 : number[code] - 1;
      }
      return new Codes(codes, categories);
    }

    Double cramer(Codes other) {
      if (categories > MOST_CATEGORIES || other.categories > MOST_CATEGORIES) {
        return null;
      }
      int[] cells = new int[categories * other.categories];
      int[] mine = new int[categories];
      int[] theirs = new int[other.categories];
      int count = 0;
      for (int i = 0; i < codes.length; i++) {
        if (codes[i] >= 0 && other.codes[i] >= 0) {
          cells[codes[i] * other.categories + other.codes[i]]++;
          mine[codes[i]]++;
          theirs[other.codes[i]]++;
          count++;
        }
      }
      int smaller =
          (int)
              Math.min(
                  Arrays.stream(mine).filter(c -> c > 0).count(),
                  Arrays.stream(theirs).filter(c -> c > 0).count());
      if (smaller < 2) {
        return null;
      }
      // The sum of o^2 / (row total x column total) less 1 is chi-square / n.
      double sum = 0;
      for (int a = 0; a < categories; a++) {
        for (int b = 0; b < other.categories; b++) {
          double observed = cells[a * other.categories + b];
          if (observed > 0) {
            sum += observed / mine[a] * (observed / theirs[b]);
          }
        }
      }
      return rounded(Math.sqrt(Math.max(0, Math.min(1, (sum - 1) / (smaller - 1)))));
    }
  }
}
