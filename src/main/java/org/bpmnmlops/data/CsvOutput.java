package org.bpmnmlops.data;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Writes comma-separated UTF-8 without an object per value. Numbers come back to the bit: one with
 * few decimals is written with these, since a whole number divided by a power of ten is rounded
 * correctly; all others as {@link Double#toString} writes them.
 */
final class CsvOutput implements Closeable {

  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final double[] POWERS_OF_TEN = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8};
  private static final double EXACT = 1e15;
  private static final int LONGEST_NUMBER = 32;

  private final OutputStream out;
  private final byte[] buffer = new byte[1 << 17];
  private final byte[] digits = new byte[20];
  private int at;

  CsvOutput(Path file) throws IOException {
    out = Files.newOutputStream(file);
  }

  /** The bytes of a text, in quotes where it needs them. */
  static byte[] cell(String text) {
    boolean quote = text.isEmpty();
    for (int i = 0; i < text.length() && !quote; i++) {
      char c = text.charAt(i);
      quote = c == ',' || c == ';' || c == '"' || c < ' ';
    }
    String cell = quote ? '"' + text.replace("\"", "\"\"") + '"' : text;
    return cell.getBytes(StandardCharsets.UTF_8);
  }

  void header(List<String> names) throws IOException {
    for (int i = 0; i < names.size(); i++) {
      if (i > 0) {
        delimiter();
      }
      bytes(cell(names.get(i)));
    }
    end();
  }

  void delimiter() throws IOException {
    room(1);
    buffer[at++] = ',';
  }

  void end() throws IOException {
    room(1);
    buffer[at++] = '\n';
  }

  void bytes(byte[] bytes) throws IOException {
    if (bytes.length > buffer.length) {
      flush();
      out.write(bytes);
      return;
    }
    room(bytes.length);
    System.arraycopy(bytes, 0, buffer, at, bytes.length);
    at += bytes.length;
  }

  /** Sixteen hexadecimal digits. */
  void hexadecimal(long value) throws IOException {
    room(16);
    for (int shift = 60; shift >= 0; shift -= 4) {
      buffer[at++] = HEX[(int) (value >>> shift) & 0xF];
    }
  }

  /** A number; nothing where it is missing. */
  void number(double value) throws IOException {
    if (Double.isNaN(value)) {
      return;
    }
    room(LONGEST_NUMBER);
    double size = Math.abs(value);
    for (int decimals = 0; decimals < POWERS_OF_TEN.length; decimals++) {
      double whole = Math.rint(size * POWERS_OF_TEN[decimals]);
      if (whole >= EXACT) {
        break;
      }
      if (whole / POWERS_OF_TEN[decimals] == size) {
        if (value < 0) {
          buffer[at++] = '-';
        }
        decimal((long) whole, decimals);
        return;
      }
    }
    String text = Double.toString(value);
    for (int i = 0; i < text.length(); i++) {
      buffer[at++] = (byte) text.charAt(i);
    }
  }

  private void decimal(long whole, int decimals) {
    int length = 0;
    long rest = whole;
    while (rest > 0 || length <= decimals) {
      digits[length++] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    while (length > decimals) {
      buffer[at++] = digits[--length];
    }
    if (decimals > 0) {
      buffer[at++] = '.';
      while (length > 0) {
        buffer[at++] = digits[--length];
      }
    }
  }

  private void room(int bytes) throws IOException {
    if (at + bytes > buffer.length) {
      flush();
    }
  }

  private void flush() throws IOException {
    out.write(buffer, 0, at);
    at = 0;
  }

  @Override
  public void close() throws IOException {
    try (out) {
      flush();
    }
  }

  /** A column's way of writing a row's value. */
  @FunctionalInterface
  interface Cell {
    void write(CsvOutput out, int row) throws IOException;
  }

  /** How to write a column's values; those of text are put into quotes once per level. */
  static Cell cells(Column column) {
    if (column instanceof NumericColumn numbers) {
      double[] values = numbers.values();
      return (out, row) -> out.number(values[row]);
    }
    TextColumn text = (TextColumn) column;
    byte[][] levels = text.levels().stream().map(CsvOutput::cell).toArray(byte[][]::new);
    int[] codes = text.codes();
    return (out, row) -> {
      if (codes[row] >= 0) {
        out.bytes(levels[codes[row]]);
      }
    };
  }
}
