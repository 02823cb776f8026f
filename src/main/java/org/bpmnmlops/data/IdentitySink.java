package org.bpmnmlops.data;

import java.util.Arrays;

/** Collects the rows' identities, 16 hexadecimal digits each. */
final class IdentitySink implements CellSink {

  private final String source;
  private long[] values;

  IdentitySink(String source, int rows) {
    this.source = source;
    this.values = new long[Math.max(16, rows)];
  }

  @Override
  public void add(int row, char[] buffer, int offset, int length, long line) {
    if (row == values.length) {
      values = Arrays.copyOf(values, row + (row >> 1));
    }
    long value = 0;
    for (int i = offset; i < offset + length; i++) {
      int digit = Character.digit(buffer[i], 16);
      if (digit < 0) {
        throw unusable(buffer, offset, length, line);
      }
      value = value << 4 | digit;
    }
    if (length != 16) {
      throw unusable(buffer, offset, length, line);
    }
    values[row] = value;
  }

  long[] values(int rows) {
    return values.length == rows ? values : Arrays.copyOf(values, rows);
  }

  private InvalidDataException unusable(char[] buffer, int offset, int length, long line) {
    return new InvalidDataException(
        "%s, line %d: '%s' is no row identity; expected 16 hexadecimal digits. Run the step again"
            .formatted(source, line, ColumnBuilder.shorten(new String(buffer, offset, length))));
  }
}
