package org.bpmnmlops.training;

import java.util.List;
import java.util.function.BinaryOperator;
import java.util.stream.IntStream;

/**
 * Rows in fixed chunks. These are summed side by side and added in order, so the result does not
 * depend on the number of threads.
 */
record RowChunks(int rows, int chunk) {

  /** Numbers, and rows, that a chunk has at least: less is not worth a thread. */
  private static final int SMALLEST_CHUNK = 1 << 17;

  private static final int FEWEST_ROWS = 2 * EncodedRows.BLOCK;
  private static final int MOST_CHUNKS = 64;

  /** What some rows come to. */
  @FunctionalInterface
  interface Part<T> {
    T of(int from, int to);
  }

  /**
   * @param width numbers of a row
   */
  static RowChunks of(int rows, int width) {
    int fewest = Math.max(FEWEST_ROWS, SMALLEST_CHUNK / width);
    return new RowChunks(rows, Math.max(fewest, (rows + MOST_CHUNKS - 1) / MOST_CHUNKS));
  }

  <T> T sum(Part<T> part, BinaryOperator<T> add) {
    List<T> parts =
        IntStream.range(0, (rows + chunk - 1) / chunk)
            .parallel()
            .mapToObj(c -> part.of(c * chunk, Math.min(rows, (c + 1) * chunk)))
            .toList();
    return parts.stream().reduce(add).orElseThrow();
  }
}
