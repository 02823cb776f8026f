package org.bpmnmlops.data;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How a file is written, found out from its first bytes.
 *
 * @param byteOrderMark bytes to skip at the start
 * @param bytesPerRow about how many, 0 where unknown
 */
record CsvFormat(Charset charset, int byteOrderMark, char delimiter, int bytesPerRow) {

  /** How many bytes are looked at. */
  static final int SAMPLE = 1 << 16;

  private static final char[] DELIMITERS = {',', ';', '\t'};
  private static final int SAMPLE_RECORDS = 100;

  /**
   * @param head the file's first {@value #SAMPLE} bytes, or all where there are fewer
   * @throws InvalidDataException when this is no text that could hold rows
   */
  static CsvFormat detect(String source, byte[] head) {
    refuseKnownBinary(source, head);
    Charset charset = StandardCharsets.UTF_8;
    int mark = 0;
    if (startsWith(head, 0xEF, 0xBB, 0xBF)) {
      mark = 3;
    } else if (startsWith(head, 0xFF, 0xFE)) {
      charset = StandardCharsets.UTF_16LE;
      mark = 2;
    } else if (startsWith(head, 0xFE, 0xFF)) {
      charset = StandardCharsets.UTF_16BE;
      mark = 2;
    }
    String sample = decode(head, mark, charset);
    if (sample.isBlank()) {
      throw new InvalidDataException(
          "%s is empty; expected a line with the columns' names, then one line per row"
              .formatted(source));
    }
    refuseControlCharacters(source, sample);
    refuseMarkup(source, sample);
    refuseDelimiterLine(source, sample);
    boolean whole = head.length < SAMPLE;
    char delimiter = delimiter(sample, whole);
    long lines = sample.chars().filter(c -> c == '\n' || c == '\r').count();
    int bytesPerRow = lines == 0 ? 0 : (int) (head.length / lines);
    return new CsvFormat(charset, mark, delimiter, bytesPerRow);
  }

  private static void refuseKnownBinary(String source, byte[] head) {
    String kind = null;
    if (startsWith(head, 'P', 'K', 3, 4)) {
      kind = "a ZIP archive or an Excel workbook";
    } else if (startsWith(head, 0x1F, 0x8B)) {
      kind = "gzip-compressed";
    } else if (startsWith(head, 'P', 'A', 'R', '1')) {
      kind = "a Parquet file";
    } else if (startsWith(head, '%', 'P', 'D', 'F')) {
      kind = "a PDF";
    }
    if (kind != null) {
      throw new InvalidDataException(
          "%s is %s; expected text with one row per line. Export it as CSV in UTF-8"
              .formatted(source, kind));
    }
  }

  private static void refuseControlCharacters(String source, String sample) {
    for (int i = 0; i < sample.length(); i++) {
      char c = sample.charAt(i);
      if (c < ' ' && c != '\n' && c != '\r' && c != '\t') {
        throw binary(source, 1 + sample.substring(0, i).chars().filter(x -> x == '\n').count());
      }
    }
  }

  static InvalidDataException binary(String source, long line) {
    return new InvalidDataException(
        ("%s, line %d: holds bytes that no text has, so this is a binary file, or UTF-16 without a"
                + " byte order mark; expected text. Export it as CSV in UTF-8")
            .formatted(source, line));
  }

  private static void refuseMarkup(String source, String sample) {
    String start = sample.stripLeading();
    start = start.substring(0, Math.min(200, start.length())).toLowerCase(Locale.ROOT);
    if (start.startsWith("<!doctype")
        || start.startsWith("<html")
        || start.startsWith("<?xml")
        || start.startsWith("<head")
        || start.startsWith("<body")
        || start.startsWith("<!--")) {
      throw new InvalidDataException(
          ("%s, line 1: '%s' starts a web page, not a table; expected the columns' names. Probably a"
                  + " login or error page was saved instead of the data: download it again")
              .formatted(source, ColumnBuilder.shorten(sample.strip().lines().findFirst().get())));
    }
  }

  private static void refuseDelimiterLine(String source, String sample) {
    String first = sample.lines().findFirst().orElseThrow();
    if (first.matches("\"?sep=.\"?")) {
      throw new InvalidDataException(
          "%s, line 1: '%s' tells Excel the delimiter; expected the columns' names. Remove this line"
              .formatted(source, first));
    }
  }

  /** The delimiter that gives every record the same number of fields, and most of them. */
  private static char delimiter(String sample, boolean whole) {
    char best = DELIMITERS[0];
    int bestScore = 0;
    for (char delimiter : DELIMITERS) {
      List<Integer> widths = widths(sample, delimiter, whole);
      int header = widths.get(0);
      boolean consistent = header > 1 && widths.stream().allMatch(width -> width == header);
      int score = header + (consistent ? 1_000_000 : 0);
      if (score > bestScore) {
        best = delimiter;
        bestScore = score;
      }
    }
    return best;
  }

  /** Fields per record of the first records; the last one is left out where it is cut off. */
  private static List<Integer> widths(String sample, char delimiter, boolean whole) {
    List<Integer> widths = new ArrayList<>();
    int fields = 1;
    boolean quoted = false;
    boolean fieldStarts = true;
    boolean blank = true;
    for (int i = 0; i < sample.length() && widths.size() < SAMPLE_RECORDS; i++) {
      char c = sample.charAt(i);
      if (quoted) {
        quoted = c != '"';
      } else if (c == '"' && fieldStarts) {
        quoted = true;
        fieldStarts = false;
        blank = false;
      } else if (c == '"' && sample.charAt(i - 1) == '"') {
        quoted = true;
      } else if (c == delimiter) {
        fields++;
        fieldStarts = true;
        blank = false;
      } else if (c == '\n' || c == '\r') {
        if (!blank) {
          widths.add(fields);
        }
        fields = 1;
        fieldStarts = true;
        blank = true;
      } else {
        fieldStarts = false;
        blank &= c == ' ';
      }
    }
    if (widths.isEmpty() || (whole && !blank && widths.size() < SAMPLE_RECORDS)) {
      widths.add(fields);
    }
    return widths;
  }

  private static String decode(byte[] head, int mark, Charset charset) {
    CharBuffer text = CharBuffer.allocate(head.length);
    charset
        .newDecoder()
        .onMalformedInput(CodingErrorAction.REPLACE)
        .onUnmappableCharacter(CodingErrorAction.REPLACE)
        .decode(ByteBuffer.wrap(head, mark, head.length - mark), text, false);
    return text.flip().toString();
  }

  private static boolean startsWith(byte[] head, int... bytes) {
    if (head.length < bytes.length) {
      return false;
    }
    for (int i = 0; i < bytes.length; i++) {
      if (head[i] != (byte) bytes[i]) {
        return false;
      }
    }
    return true;
  }
}
