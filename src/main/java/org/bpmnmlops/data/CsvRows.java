package org.bpmnmlops.data;

import de.siegmar.fastcsv.reader.RecordType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Hands the cells of a CSV file to the sinks of its columns. Returns no records, so that the parser
 * runs through the whole file without an object per row.
 */
final class CsvRows extends CsvHandler {

  private static final int MOST_NAMES_SHOWN = 20;

  private final String source;
  private final CsvFormat format;
  private final Function<List<String>, CellSink[]> columns;
  private final List<String> names = new ArrayList<>();
  private CellSink[] sinks;
  private int width;
  private int row;
  private long line = 1;
  private boolean spansLines;

  /**
   * @param columns gives each column its sink; null for a column that nobody needs
   */
  CsvRows(String source, CsvFormat format, Function<List<String>, CellSink[]> columns) {
    this.source = source;
    this.format = format;
    this.columns = columns;
  }

  /** Rows read, without the header. */
  int rows() {
    return row;
  }

  @Override
  String place() {
    return place(getFieldCount());
  }

  private String place(int field) {
    String column = field < names.size() ? ", column '%s'".formatted(names.get(field)) : "";
    return "%s, line %d%s".formatted(source, line, column);
  }

  @Override
  protected void handleBegin(long startingLineNumber) {
    spansLines = false;
    line = startingLineNumber;
  }

  @Override
  protected void handleField(int field, char[] buffer, int offset, int length, boolean quoted) {
    if (length > LONGEST_VALUE) {
      throw tooLong(place(field));
    }
    if (quoted && !spansLines) {
      spansLines = hasLineEnd(buffer, offset, length);
    }
    if (sinks == null) {
      names.add(new String(buffer, offset, length).strip());
    } else if (field < width) {
      CellSink sink = sinks[field];
      if (sink != null) {
        sink.add(row, buffer, offset, length, line);
      }
    }
  }

  @Override
  protected Object buildRecord() {
    if (getRecordType() == RecordType.EMPTY) {
      return null;
    }
    if (sinks == null) {
      checkHeader();
      width = names.size();
      sinks = columns.apply(List.copyOf(names));
    } else if (getFieldCount() != width) {
      throw ragged();
    } else {
      row++;
    }
    return null;
  }

  @Override
  InvalidDataException tooLong() {
    return tooLong(place(getFieldCount()));
  }

  /** To be called at the end of the file. */
  void checkRows() {
    if (row == 0) {
      throw new InvalidDataException(
          "%s has a line with names but no rows; expected at least two rows of each class"
              .formatted(source));
    }
  }

  private void checkHeader() {
    if (names.size() == 1) {
      throw new InvalidDataException(
          ("%s, line %d: one column, '%s'; expected at least two, the target and one to learn from,"
                  + " with comma, semicolon or tab between them.%s")
              .formatted(source, line, ColumnBuilder.shorten(names.get(0)), otherDelimiter()));
    }
    Map<String, Integer> seen = new HashMap<>();
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      if (name.isEmpty()) {
        throw new InvalidDataException(
            ("%s, line %d: column %d of %d has no name; expected a name for every column. Name it,"
                    + " or remove it (pandas writes such a column unless told index=False)")
                .formatted(source, line, i + 1, names.size()));
      }
      Integer first = seen.put(name, i);
      if (first != null) {
        throw new InvalidDataException(
            "%s, line %d: columns %d and %d are both named '%s'; expected distinct names. Rename one"
                .formatted(source, line, first + 1, i + 1, name));
      }
    }
  }

  private String otherDelimiter() {
    for (String delimiter : List.of("|", ":", " ")) {
      if (names.get(0).contains(delimiter)) {
        return " '%s' seems to stand between the values: save the file with commas"
            .formatted(delimiter);
      }
    }
    return "";
  }

  private InvalidDataException ragged() {
    String message =
        "%s, line %d: %d value%s where the first line names %d columns (%s); expected one each%s"
            .formatted(
                source,
                line,
                getFieldCount(),
                getFieldCount() == 1 ? "" : "s",
                width,
                shown(names),
                raggedHint());
    return new InvalidDataException(message);
  }

  private static boolean hasLineEnd(char[] buffer, int offset, int length) {
    for (int i = offset; i < offset + length; i++) {
      if (buffer[i] == '\n' || buffer[i] == '\r') {
        return true;
      }
    }
    return false;
  }

  private String raggedHint() {
    if (spansLines) {
      return ". A quoted value runs over the end of the line: probably its quote is not closed";
    }
    if (getFieldCount() > width) {
      return ". A value that contains '%s' has to stand in quotes".formatted(shownDelimiter());
    }
    return ", with '%s' between them. Complete or remove the line".formatted(shownDelimiter());
  }

  private String shownDelimiter() {
    return format.delimiter() == '\t' ? "tab" : String.valueOf(format.delimiter());
  }

  /** Names for a message, not more than fit. */
  static String shown(List<String> names) {
    List<String> first = names.stream().limit(MOST_NAMES_SHOWN).toList();
    String text = String.join(", ", first.stream().map(ColumnBuilder::shorten).toList());
    return names.size() > MOST_NAMES_SHOWN ? text + ", ... (%d)".formatted(names.size()) : text;
  }
}
