package org.bpmnmlops.data;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntFunction;

/**
 * Reads CSV files into tables: comma, semicolon or tab, found out; UTF-8, or UTF-16 with a byte
 * order mark; quotes, also around line ends; any line ends; the missing values of pandas, and
 * infinity. Blanks around a value do not count.
 */
public class TableReader {

  private static final int LARGEST_BUFFER = CsvHandler.LONGEST_VALUE + (1 << 16);

  /**
   * Reads a file and decides the columns' types from all its rows.
   *
   * @param source the file's name, for messages
   * @param tolerant columns in which text among numbers is no mistake
   * @throws InvalidDataException when it is no table; the message says where and why
   */
  public LoadedTable infer(Path file, String source, Set<String> tolerant) {
    List<String> names = new ArrayList<>();
    List<ColumnBuilder> builders = new ArrayList<>();
    Read read =
        read(
            file,
            source,
            expected ->
                header -> {
                  names.addAll(header);
                  header.forEach(name -> builders.add(new ColumnBuilder(source, name, expected)));
                  return builders.toArray(CellSink[]::new);
                });
    List<Column> columns = new ArrayList<>();
    List<Schema.ColumnSchema> types = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      ColumnBuilder.Typed typed = builders.get(i).infer(read.rows(), tolerant.contains(name));
      builders.set(i, null);
      columns.add(typed.column());
      types.add(new Schema.ColumnSchema(name, typed.type()));
    }
    return new LoadedTable(
        new Table(source, read.rows(), columns), new Schema(types), read.sha256());
  }

  /**
   * Reads a file whose columns are known: nothing is inferred. The columns come in the schema's
   * order; others of the file are left out.
   *
   * @throws InvalidDataException when a column is missing, or holds what its type does not allow
   */
  public LoadedTable read(Path file, String source, Schema schema) {
    List<ColumnBuilder> builders = new ArrayList<>();
    Read read =
        read(
            file,
            source,
            expected ->
                header -> {
                  CellSink[] sinks = new CellSink[header.size()];
                  for (Schema.ColumnSchema column : schema.columns()) {
                    ColumnBuilder builder = new ColumnBuilder(source, column.name(), expected);
                    if (column.type() == ColumnType.NUMERICAL) {
                      builder.numbersOnly();
                    }
                    builders.add(builder);
                    sinks[place(source, header, column.name())] = builder;
                  }
                  return sinks;
                });
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < builders.size(); i++) {
      columns.add(builders.get(i).as(schema.columns().get(i).type(), read.rows()));
      builders.set(i, null);
    }
    return new LoadedTable(new Table(source, read.rows(), columns), schema, read.sha256());
  }

  /** Rows and hash of a file that was read. */
  record Read(int rows, String sha256) {}

  /**
   * Reads a file into sinks.
   *
   * @param columns from about how many rows come to what makes sinks of a header; null for a column
   *     that nobody needs
   */
  Read read(Path file, String source, IntFunction<Function<List<String>, CellSink[]>> columns) {
    try (HashingInputStream in = new HashingInputStream(Files.newInputStream(file))) {
      CsvFormat format = CsvFormat.detect(source, in.peek(CsvFormat.SAMPLE));
      CsvRows rows = new CsvRows(source, format, columns.apply(expectedRows(file, format)));
      parse(in, file, source, format, rows);
      rows.checkRows();
      return new Read(rows.rows(), in.sha256());
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read %s: %s".formatted(file, e), e);
    }
  }

  /** Hands every record of a file to a handler; what the parser finds is told in words. */
  static void parse(
      HashingInputStream in, Path file, String source, CsvFormat format, CsvHandler rows)
      throws IOException {
    in.skipNBytes(format.byteOrderMark());
    EndKnowingReader text = new EndKnowingReader(new InputStreamReader(in, strict(format)));
    try (CsvReader<Object> parser =
        CsvReader.builder()
            .fieldSeparator(format.delimiter())
            .allowUnclosedQuote(false)
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .maxBufferSize(LARGEST_BUFFER)
            .build(rows, text)) {
      parser.iterator().hasNext();
    } catch (CsvParseException | UncheckedIOException e) {
      throw explained(e, file, source, format, rows, text);
    }
  }

  static int place(String source, List<String> header, String column) {
    int place = header.indexOf(column);
    if (place < 0) {
      throw new InvalidDataException(
          ("%s, line 1: no column '%s'; there are %s. Expected the columns the data set had when its"
                  + " types were decided: put the column back")
              .formatted(source, column, CsvRows.shown(header)));
    }
    return place;
  }

  private static RuntimeException explained(
      RuntimeException e,
      Path file,
      String source,
      CsvFormat format,
      CsvHandler rows,
      EndKnowingReader text)
      throws IOException {
    if (e.getCause() instanceof InvalidDataException invalid) {
      return invalid;
    }
    if (e.getCause() instanceof CharacterCodingException) {
      return malformed(file, source, format, e);
    }
    if (e instanceof UncheckedIOException || e.getCause() != null) {
      return e;
    }
    if (text.bufferFull) {
      return rows.tooLong();
    }
    if (text.ended) {
      return new InvalidDataException(
          ("%s: a quote (\") is opened in the row that starts here, and the file ends before it is"
                  + " closed; close or remove it")
              .formatted(rows.place()),
          e);
    }
    return new InvalidDataException(
        ("%s: a closing quote (\") is followed by more text; expected a delimiter or the end of the"
                + " line. Close the quote, or write quotes inside a value twice")
            .formatted(rows.place()),
        e);
  }

  private static int expectedRows(Path file, CsvFormat format) throws IOException {
    long rows = format.bytesPerRow() == 0 ? 0 : Files.size(file) / format.bytesPerRow();
    return (int) Math.min(Integer.MAX_VALUE - 8, rows + rows / 16 + 16);
  }

  private static CharsetDecoder strict(CsvFormat format) {
    return format
        .charset()
        .newDecoder()
        .onMalformedInput(CodingErrorAction.REPORT)
        .onUnmappableCharacter(CodingErrorAction.REPORT);
  }

  /** Goes through the file again to say where it stops being text. */
  private static InvalidDataException malformed(
      Path file, String source, CsvFormat format, Exception cause) throws IOException {
    CharsetDecoder decoder = strict(format);
    ByteBuffer bytes = ByteBuffer.allocate(1 << 16);
    CharBuffer text = CharBuffer.allocate(1 << 16);
    long line = 1;
    try (InputStream in = Files.newInputStream(file)) {
      in.skipNBytes(format.byteOrderMark());
      boolean end = false;
      while (!end) {
        int n = in.read(bytes.array(), bytes.position(), bytes.remaining());
        end = n < 0;
        bytes.position(bytes.position() + Math.max(0, n)).flip();
        CoderResult result = decoder.decode(bytes, text, end);
        line += text.flip().chars().filter(c -> c == '\n').count();
        text.clear();
        if (result.isError()) {
          int code = bytes.hasRemaining() ? bytes.get(bytes.position()) & 0xFF : 0;
          return new InvalidDataException(
              "%s, line %d: the byte 0x%02X is no %s text. Save the file in UTF-8"
                  .formatted(source, line, code, format.charset()),
              cause);
        }
        bytes.compact();
      }
    }
    return new InvalidDataException(
        "%s changed while it was read and is no %s text; start again"
            .formatted(source, format.charset()),
        cause);
  }

  /** Remembers what the parser does not tell: the end of the file, and that its buffer is full. */
  private static final class EndKnowingReader extends Reader {

    private final Reader reader;
    private boolean ended;
    private boolean bufferFull;

    EndKnowingReader(Reader reader) {
      this.reader = reader;
    }

    @Override
    public int read(char[] target, int offset, int length) throws IOException {
      int n = reader.read(target, offset, length);
      ended |= n < 0;
      bufferFull |= target.length >= LARGEST_BUFFER;
      return n;
    }

    @Override
    public void close() throws IOException {
      reader.close();
    }
  }
}
