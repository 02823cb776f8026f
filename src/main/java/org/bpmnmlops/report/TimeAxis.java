package org.bpmnmlops.report;

import java.util.Arrays;
import java.util.Optional;

/**
 * The spans that current rows are grouped into, at most some thirty.
 *
 * @param unit {@code time}: milliseconds since 1970-01-01 UTC; {@code rows}: the number of a row,
 *     where rows have no time
 * @param edges ascending, one more than spans; a span holds its left edge
 * @param rows per span
 */
public record TimeAxis(String unit, long[] edges, int[] rows) {

  private static final int MOST = 30;
  private static final long SECOND = 1000;
  private static final long HOUR = 3600 * SECOND;
  private static final long DAY = 24 * HOUR;

  /** Lengths people think in; beyond them whole numbers of years. */
  private static final long[] STEPS = {
    SECOND,
    10 * SECOND,
    60 * SECOND,
    300 * SECOND,
    900 * SECOND,
    HOUR / 2,
    HOUR,
    2 * HOUR,
    3 * HOUR,
    6 * HOUR,
    12 * HOUR,
    DAY,
    2 * DAY,
    7 * DAY,
    14 * DAY,
    30 * DAY,
    91 * DAY,
    182 * DAY,
    365 * DAY
  };

  /** Null without rows. */
  static TimeAxis of(int rows, Optional<long[]> times) {
    if (rows == 0) {
      return null;
    }
    long[] edges = times.isPresent() ? ofTimes(times.get()) : ofRows(rows);
    int[] counts = new int[edges.length - 1];
    TimeAxis axis = new TimeAxis(times.isPresent() ? "time" : "rows", edges, counts);
    for (int span : axis.spans(rows, times)) {
      counts[span]++;
    }
    return axis;
  }

  /** The span of each row. */
  int[] spans(int rows, Optional<long[]> times) {
    long first = edges[0];
    long step = edges[1] - first;
    int[] spans = new int[rows];
    for (int row = 0; row < rows; row++) {
      long place = times.isPresent() ? times.get()[row] : row;
      spans[row] = (int) Math.min(edges.length - 2L, (place - first) / step);
    }
    return spans;
  }

  private static long[] ofRows(int rows) {
    int step = (rows + MOST - 1) / MOST;
    return edges(0, step, (rows + step - 1) / step);
  }

  private static long[] ofTimes(long[] times) {
    long first = Arrays.stream(times).min().orElseThrow();
    long last = Arrays.stream(times).max().orElseThrow();
    long step = 0;
    for (int i = 0; i < STEPS.length && step == 0; i++) {
      step = spans(first, last, STEPS[i]) <= MOST ? STEPS[i] : 0;
    }
    for (long years = 2; step == 0; years++) {
      step = spans(first, last, years * 365 * DAY) <= MOST ? years * 365 * DAY : 0;
    }
    return edges(Math.floorDiv(first, step) * step, step, (int) spans(first, last, step));
  }

  private static long spans(long first, long last, long step) {
    return Math.floorDiv(last, step) - Math.floorDiv(first, step) + 1;
  }

  private static long[] edges(long first, long step, int spans) {
    long[] edges = new long[spans + 1];
    Arrays.setAll(edges, i -> first + i * step);
    return edges;
  }
}
