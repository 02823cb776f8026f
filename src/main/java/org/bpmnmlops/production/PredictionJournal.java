package org.bpmnmlops.production;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * A file of predictions that are recorded and not yet in the database. The first line names the
 * format; each further one holds the rows of one request as JSON after their checksum, and counts
 * when it is complete. What is appended survives the end of this process, not that of the machine,
 * as commits to an H2 file do. Not for several threads.
 */
public final class PredictionJournal implements AutoCloseable {

  private static final byte[] FORMAT =
      "bpmn-mlops predictions 1\n".getBytes(StandardCharsets.US_ASCII);

  /** Of a line: the checksum in hexadecimal, and a space. */
  private static final int HEAD = 2 * Integer.BYTES + 1;

  private static final JsonMapper JSON =
      JsonMapper.builder().addModule(new JavaTimeModule()).build();
  private static final ObjectReader READER = JSON.readerFor(StoredPrediction[].class);

  private final Path file;

  /** No channel: those close when a thread that writes is interrupted. */
  private final RandomAccessFile bytes;

  private long length;
  private boolean torn;

  /**
   * Opens a journal, which is made where there is none.
   *
   * @throws UnusableJournalException when it cannot be written
   */
  public PredictionJournal(Path file) {
    this.file = file;
    try {
      this.bytes = new RandomAccessFile(file.toFile(), "rw");
      this.length = bytes.length();
      bytes.seek(length);
    } catch (IOException e) {
      throw new UnusableJournalException(
          "The journal of predictions cannot be written: " + e.getMessage(),
          "Give the user of the server the right to write %s and its folder.".formatted(file),
          e);
    }
  }

  /** The line of a request's rows. */
  public static byte[] line(List<StoredPrediction> rows) {
    try (ByteArrayBuilder bytes = new ByteArrayBuilder(HEAD + 512 * rows.size())) {
      bytes.write(new byte[HEAD]);
      try (JsonGenerator json = JSON.createGenerator(bytes)) {
        json.writeStartArray();
        Instant moment = null;
        String seconds = null;
        for (StoredPrediction row : rows) {
          if (!row.predictedAt().equals(moment)) {
            moment = row.predictedAt();
            seconds = "%d.%09d".formatted(moment.getEpochSecond(), moment.getNano());
          }
          write(row, seconds, json);
        }
        json.writeEndArray();
      }
      bytes.append('\n');
      byte[] line = bytes.toByteArray();
      byte[] checksum = checksum(line, HEAD, line.length - 1).getBytes(StandardCharsets.US_ASCII);
      System.arraycopy(checksum, 0, line, 0, checksum.length);
      line[HEAD - 1] = ' ';
      return line;
    } catch (IOException e) {
      throw new UncheckedIOException("Rows are ids, texts and moments", e);
    }
  }

  /** As {@link #READER} reads it; written by hand, for batches of thousands of rows. */
  private static void write(StoredPrediction row, String predictedAt, JsonGenerator json)
      throws IOException {
    json.writeStartArray();
    json.writeString(row.id().toString());
    json.writeString(row.model());
    if (row.version() == null) {
      json.writeNull();
    } else {
      json.writeNumber(row.version());
    }
    json.writeString(row.features());
    json.writeString(row.prediction());
    json.writeString(row.probabilities());
    json.writeRawValue(predictedAt);
    json.writeString(row.source().name());
    json.writeString(row.run());
    json.writeEndArray();
  }

  /**
   * Returns when the operating system has the line.
   *
   * @throws IOException when it has not, or only in part: the disk is full, say
   */
  public void append(byte[] line) throws IOException {
    if (torn) {
      cut();
    }
    try {
      if (length == 0) {
        write(FORMAT);
      }
      write(line);
    } catch (IOException e) {
      torn = true;
      try {
        cut();
      } catch (IOException again) {
        e.addSuppressed(again);
      }
      throw e;
    }
  }

  private void write(byte[] more) throws IOException {
    bytes.write(more);
    length += more.length;
  }

  /** Takes away the part of a line that could not be written whole. */
  private void cut() throws IOException {
    bytes.setLength(length);
    bytes.seek(length);
    torn = false;
  }

  /** Forgets all rows: they are in the database. */
  public void clear() throws IOException {
    if (length > 0 || torn) {
      length = 0;
      torn = true;
      cut();
    }
  }

  /**
   * The rows of all complete lines. A last line that is not complete was being written when the
   * process ended, so nobody was answered.
   *
   * @throws UnusableJournalException when the file is of another format, or damaged
   */
  public List<StoredPrediction> read() throws IOException {
    byte[] content = new byte[Math.toIntExact(length)];
    bytes.seek(0);
    bytes.readFully(content);
    int known = Math.min(content.length, FORMAT.length);
    if (!Arrays.equals(content, 0, known, FORMAT, 0, known)) {
      throw unreadable(1, "does not begin with '%s'".formatted(new String(FORMAT).strip()), null);
    }
    List<StoredPrediction> rows = new ArrayList<>();
    int number = 2;
    int begin = FORMAT.length;
    for (int end = begin; end < content.length; end++) {
      if (content[end] == '\n') {
        rows.addAll(rows(content, begin, end, number++));
        begin = end + 1;
      }
    }
    return rows;
  }

  private List<StoredPrediction> rows(byte[] bytes, int begin, int end, int number) {
    int json = begin + HEAD;
    if (json > end
        || !checksum(bytes, json, end)
            .equals(new String(bytes, begin, HEAD - 1, StandardCharsets.ISO_8859_1))) {
      throw unreadable(number, "does not match its checksum", null);
    }
    try {
      return List.of(READER.readValue(bytes, json, end - json));
    } catch (IOException e) {
      throw unreadable(number, "holds no rows of this version: " + e.getMessage(), e);
    }
  }

  private UnusableJournalException unreadable(int line, String trouble, Exception cause) {
    return new UnusableJournalException(
        "%s, line %d %s. The file holds predictions that were answered and are not in the database yet"
            .formatted(file, line, trouble),
        "Where another version wrote it, start and stop that one once. Else put the file back from a"
            + " backup, or move it away: then these predictions are lost.",
        cause);
  }

  private static String checksum(byte[] bytes, int begin, int end) {
    CRC32C sum = new CRC32C();
    sum.update(bytes, begin, end - begin);
    return HexFormat.of().toHexDigits((int) sum.getValue());
  }

  public Path file() {
    return file;
  }

  @Override
  public void close() throws IOException {
    bytes.close();
  }
}
