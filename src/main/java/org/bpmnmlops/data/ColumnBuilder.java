package org.bpmnmlops.data;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Collects one column and decides its type.
 *
 * <p>A column is text when it holds any text, with one exception: when more than half of its values
 * are numbers, and these are no mere codes (they have decimals, or more than {@value
 * #MOST_INTEGER_CATEGORIES} distinct values), the text is a mistake in a numeric column and is
 * refused. In a text column a cell that is a number stands for the number: {@code 1}, {@code 01}
 * and {@code 1.0} are one category. Both rules make the result independent of the order of rows.
 */
final class ColumnBuilder implements CellSink {

  /** Whole numbers with at most so many distinct values are categories. */
  static final int MOST_INTEGER_CATEGORIES = 10;

  /** Text with at most this share of distinct values is a category, else free text. */
  static final double MOST_DISTINCT_SHARE = 0.5;

  private static final Pattern NUMBER_WITH_COMMA =
      Pattern.compile("[-+]?(\\d+,\\d+|\\d{1,3}(,\\d{3})+(\\.\\d+)?|\\d{1,3}(\\.\\d{3})+,\\d+)");
  private static final int LONGEST_SHOWN_VALUE = 60;

  private final String source;
  private final String name;
  private final TextDictionary dictionary = new TextDictionary();
  private int capacity;
  private double[] numbers;
  private int[] codes;
  private boolean decimals;
  private boolean numbersOnly;
  private long firstTextLine;
  private String firstText;

  /**
   * @param rows how many are expected
   */
  ColumnBuilder(String source, String name, int rows) {
    this.source = source;
    this.name = name;
    this.capacity = Math.max(16, rows);
  }

  /** Refuses text as soon as it comes. */
  ColumnBuilder numbersOnly() {
    numbersOnly = true;
    return this;
  }

  @Override
  public void add(int row, char[] buffer, int offset, int length, long line) {
    if (row >= capacity) {
      grow(row);
    }
    int from = offset;
    int to = offset + length;
    while (from < to && buffer[from] <= ' ') {
      from++;
    }
    while (to > from && buffer[to - 1] <= ' ') {
      to--;
    }
    double number = Double.NaN;
    int code = TextDictionary.MISSING_CODE;
    if (from < to) {
      number = buffer[from] <= '9' ? Decimals.parse(buffer, from, to) : Double.NaN;
      if (Double.isNaN(number)) {
        code = dictionary.code(buffer, from, to);
      } else if (Double.isInfinite(number)) {
        number = Double.NaN;
      } else if (!decimals) {
        decimals = hasDecimals(buffer, from, to);
      }
    }
    if (numbers != null) {
      numbers[row] = number;
    } else if (!Double.isNaN(number)) {
      numbers = new double[capacity];
      Arrays.fill(numbers, 0, row, Double.NaN);
      numbers[row] = number;
    }
    if (codes != null) {
      codes[row] = code;
    } else if (code >= 0) {
      codes = new int[capacity];
      Arrays.fill(codes, 0, row, TextDictionary.MISSING_CODE);
      codes[row] = code;
      firstText = shorten(new String(buffer, from, to - from));
      firstTextLine = line;
      if (numbersOnly) {
        throw textAmongNumbers("The column's type is number");
      }
    }
  }

  /**
   * The column with the type that its values show.
   *
   * @param rows how many were read
   * @param tolerant takes text among numbers for text
   */
  Typed infer(int rows, boolean tolerant) {
    trim(rows);
    int texts = count(codes);
    double[] values = numbers == null ? missing(rows) : numbers;
    if (texts == 0) {
      if (!decimals && fewDistinct(values)) {
        return new Typed(asText(rows), ColumnType.CATEGORICAL);
      }
      return new Typed(new NumericColumn(name, plusZero(values)), ColumnType.NUMERICAL);
    }
    int count = count(values);
    if (!tolerant && count > texts && (decimals || !fewDistinct(values))) {
      throw textAmongNumbers(
          "%d of the column's %d values are numbers".formatted(count, count + texts));
    }
    TextColumn column = asText(rows);
    if (!tolerant) {
      refuseNumbersWithComma(column);
    }
    return new Typed(column, textType(column, count + texts));
  }

  /** The column with the type that was inferred when the data set was first loaded. */
  Column as(ColumnType type, int rows) {
    trim(rows);
    if (type == ColumnType.NUMERICAL) {
      return new NumericColumn(name, plusZero(numbers == null ? missing(rows) : numbers));
    }
    return asText(rows);
  }

  /** A column and what it holds. */
  record Typed(Column column, ColumnType type) {}

  private ColumnType textType(TextColumn column, int values) {
    List<String> levels = column.levels();
    if (levels.stream().allMatch(Dates::isDate)) {
      return ColumnType.DATE;
    }
    boolean logical =
        levels.stream().allMatch(l -> l.equalsIgnoreCase("true") || l.equalsIgnoreCase("false"));
    return logical || levels.size() <= MOST_DISTINCT_SHARE * values
        ? ColumnType.CATEGORICAL
        : ColumnType.FREE_TEXT;
  }

  /** Levels sorted, and numbers among them as a number is written. */
  private TextColumn asText(int rows) {
    Map<Double, String> numberTexts = new HashMap<>();
    TreeSet<String> distinct = new TreeSet<>(dictionary.levels());
    if (numbers != null) {
      double last = Double.NaN;
      for (double number : numbers) {
        if (!Double.isNaN(number) && number != last) {
          numberTexts.computeIfAbsent(number, n -> Numbers.text(n));
          last = number;
        }
      }
      distinct.addAll(numberTexts.values());
    }
    List<String> levels = List.copyOf(distinct);
    Map<String, Integer> places = new HashMap<>();
    for (int i = 0; i < levels.size(); i++) {
      places.put(levels.get(i), i);
    }
    int[] ofDictionary = dictionary.levels().stream().mapToInt(places::get).toArray();
    Map<Double, Integer> ofNumber = new HashMap<>();
    numberTexts.forEach((number, text) -> ofNumber.put(number, places.get(text)));
    int[] result = codes == null ? new int[rows] : codes;
    double last = Double.NaN;
    int lastCode = TextDictionary.MISSING_CODE;
    for (int row = 0; row < rows; row++) {
      int code = codes == null ? TextDictionary.MISSING_CODE : codes[row];
      if (code >= 0) {
        code = ofDictionary[code];
      } else if (numbers != null && !Double.isNaN(numbers[row])) {
        if (numbers[row] != last) {
          last = numbers[row];
          lastCode = ofNumber.get(last);
        }
        code = lastCode;
      }
      result[row] = code;
    }
    return new TextColumn(name, result, levels);
  }

  private void refuseNumbersWithComma(TextColumn column) {
    List<String> suspicious =
        column.levels().stream().filter(l -> NUMBER_WITH_COMMA.matcher(l).matches()).toList();
    if (!suspicious.isEmpty()
        && column.levels().stream()
            .allMatch(
                l -> NUMBER_WITH_COMMA.matcher(l).matches() || !Double.isNaN(Decimals.parse(l)))) {
      throw new InvalidDataException(
          ("%s, line %d, column '%s': '%s' is written with a comma; expected a decimal point and no"
                  + " separator of thousands, such as 1234.5. Save the file with decimal points, or"
                  + " name the column in 'exclude'")
              .formatted(source, firstTextLine, name, firstText));
    }
  }

  private InvalidDataException textAmongNumbers(String why) {
    return new InvalidDataException(
        ("%s, line %d, column '%s': '%s' is no number. %s, so a number was expected. Correct the"
                + " value, leave it empty where it is not known, or name the column in 'exclude'")
            .formatted(source, firstTextLine, name, firstText, why));
  }

  private void grow(int row) {
    long wanted = Math.max(row + 1L, capacity + (capacity >> 1));
    capacity = (int) Math.min(wanted, Integer.MAX_VALUE - 8);
    if (row >= capacity) {
      throw new InvalidDataException(
          "%s has more than %d rows; split the data set".formatted(source, capacity));
    }
    if (numbers != null) {
      numbers = Arrays.copyOf(numbers, capacity);
    }
    if (codes != null) {
      codes = Arrays.copyOf(codes, capacity);
    }
  }

  private void trim(int rows) {
    if (numbers != null && numbers.length != rows) {
      numbers = Arrays.copyOf(numbers, rows);
    }
    if (codes != null && codes.length != rows) {
      codes = Arrays.copyOf(codes, rows);
    }
    capacity = rows;
  }

  private static boolean hasDecimals(char[] buffer, int from, int to) {
    for (int i = from; i < to; i++) {
      if (buffer[i] == '.' || (buffer[i] | 0x20) == 'e') {
        return true;
      }
    }
    return false;
  }

  private static boolean fewDistinct(double[] values) {
    int distinct = Numbers.distinct(values, null, MOST_INTEGER_CATEGORIES);
    return distinct > 0 && distinct <= MOST_INTEGER_CATEGORIES;
  }

  private static int count(double[] values) {
    int count = 0;
    for (double value : values) {
      if (!Double.isNaN(value)) {
        count++;
      }
    }
    return count;
  }

  private static int count(int[] codes) {
    int count = 0;
    if (codes != null) {
      for (int code : codes) {
        if (code >= 0) {
          count++;
        }
      }
    }
    return count;
  }

  private static double[] missing(int rows) {
    double[] values = new double[rows];
    Arrays.fill(values, Double.NaN);
    return values;
  }

  /** Turns -0.0, which no user tells from 0, into 0.0. */
  private static double[] plusZero(double[] values) {
    for (int i = 0; i < values.length; i++) {
      values[i] += 0.0;
    }
    return values;
  }

  static String shorten(String value) {
    return value.length() <= LONGEST_SHOWN_VALUE
        ? value
        : value.substring(0, LONGEST_SHOWN_VALUE) + "...";
  }

  /** The order of classes and of levels where numbers should ascend by value. */
  static final Comparator<String> NUMBERS_FIRST =
      Comparator.<String>comparingDouble(
              text -> {
                double number = Decimals.parse(text);
                return Double.isNaN(number) ? Double.POSITIVE_INFINITY : number;
              })
          .thenComparing(Comparator.naturalOrder());
}
