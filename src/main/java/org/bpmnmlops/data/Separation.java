package org.bpmnmlops.data;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which row is on which side.
 *
 * @param identities of the rows; equal rows come several times
 * @param test true for rows kept back, false for those the model learns from
 */
record Separation(long[] identities, boolean[] test) {

  static final String FILE = "separation.csv";

  private static final String TEST = "test";
  private static final String TRAIN = "train";

  void write(Path file) throws IOException {
    byte[] testCell = TEST.getBytes(StandardCharsets.US_ASCII);
    byte[] trainCell = TRAIN.getBytes(StandardCharsets.US_ASCII);
    try (CsvOutput out = new CsvOutput(file)) {
      out.header(List.of("identity", "side"));
      for (int row = 0; row < test.length; row++) {
        out.hexadecimal(identities[row]);
        out.delimiter();
        out.bytes(test[row] ? testCell : trainCell);
        out.end();
      }
    }
  }

  static Separation read(Path file) {
    String source = file.getFileName().toString();
    IdentitySink[] identities = new IdentitySink[1];
    SideSink[] sides = new SideSink[1];
    int rows =
        new TableReader()
            .read(
                file,
                source,
                expected ->
                    header -> {
                      identities[0] = new IdentitySink(source, expected);
                      sides[0] = new SideSink(source, expected);
                      return new CellSink[] {identities[0], sides[0]};
                    })
            .rows();
    return new Separation(identities[0].values(rows), Arrays.copyOf(sides[0].test, rows));
  }

  /** Rows on one side, ascending. */
  int[] rows(boolean onTest) {
    return IntStream.range(0, test.length).filter(row -> test[row] == onTest).toArray();
  }

  /** The identities on one side, ascending. */
  long[] sorted(boolean onTest) {
    long[] sorted = Arrays.stream(rows(onTest)).mapToLong(row -> identities[row]).toArray();
    Arrays.sort(sorted);
    return sorted;
  }

  private static final class SideSink implements CellSink {

    private final String source;
    private boolean[] test;

    SideSink(String source, int rows) {
      this.source = source;
      this.test = new boolean[Math.max(16, rows)];
    }

    @Override
    public void add(int row, char[] buffer, int offset, int length, long line) {
      if (row == test.length) {
        test = Arrays.copyOf(test, row + (row >> 1));
      }
      test[row] = length == TEST.length();
      if (!test[row] && length != TRAIN.length()) {
        throw new InvalidDataException(
            "%s, line %d: '%s' is no side; expected test or train. Run the step again"
                .formatted(
                    source, line, ColumnBuilder.shorten(new String(buffer, offset, length))));
      }
    }
  }
}
