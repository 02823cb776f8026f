package org.bpmnmlops.data;

import de.siegmar.fastcsv.reader.RecordType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a CSV file record by record, for callers that judge each line by themselves; a {@link
 * TableReader} refuses the whole file instead.
 */
public final class CsvRecords {

  /** Takes one record. */
  @FunctionalInterface
  public interface Sink {

    /**
     * @param line on which the record begins, from 1
     * @param cells without blanks around them; as many as the line has
     */
    void record(long line, List<String> cells);
  }

  private CsvRecords() {}

  /**
   * Hands over every record that is not blank, the first line among them; none for an empty file.
   *
   * @param source the file's name, for messages
   * @return SHA-256 of the file, in lower-case hexadecimal
   * @throws InvalidDataException when it is no CSV text; the message says where and why
   */
  public static String read(Path file, String source, Sink sink) {
    try (HashingInputStream in = new HashingInputStream(Files.newInputStream(file))) {
      byte[] head = in.peek(CsvFormat.SAMPLE);
      if (head.length < CsvFormat.SAMPLE && isBlank(head)) {
        return in.sha256();
      }
      CsvFormat format = CsvFormat.detect(source, head);
      TableReader.parse(in, file, source, format, new Handler(source, sink));
      return in.sha256();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read %s: %s".formatted(file, e), e);
    }
  }

  private static boolean isBlank(byte[] head) {
    String text = new String(head, StandardCharsets.UTF_8);
    return text.isBlank() || (text.charAt(0) == '\uFEFF' && text.substring(1).isBlank());
  }

  private static final class Handler extends CsvHandler {

    private final String source;
    private final Sink sink;
    private List<String> cells = new ArrayList<>();
    private long line = 1;

    Handler(String source, Sink sink) {
      this.source = source;
      this.sink = sink;
    }

    @Override
    protected void handleBegin(long startingLineNumber) {
      line = startingLineNumber;
      cells = new ArrayList<>();
    }

    @Override
    protected void handleField(int field, char[] buffer, int offset, int length, boolean quoted) {
      if (length > LONGEST_VALUE) {
        throw tooLong();
      }
      cells.add(new String(buffer, offset, length).strip());
    }

    @Override
    protected Object buildRecord() {
      if (getRecordType() != RecordType.EMPTY) {
        sink.record(line, cells);
      }
      return null;
    }

    @Override
    String place() {
      return "%s, line %d".formatted(source, line);
    }

    @Override
    InvalidDataException tooLong() {
      return tooLong(place());
    }
  }
}
