package org.bpmnmlops.data;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes a text column of values that come one by one; equal ones take the place of one. */
public final class TextRows {

  private final Map<String, Integer> places = new HashMap<>();
  private int[] codes;
  private int rows;

  /**
   * @param expected how many rows are expected; more may come
   */
  public TextRows(int expected) {
    codes = new int[Math.max(1, expected)];
  }

  /** Adds a row; null where its value is missing. */
  public void add(String value) {
    if (rows == codes.length) {
      codes = Arrays.copyOf(codes, rows + (rows >> 1) + 1);
    }
    codes[rows++] = value == null ? -1 : places.computeIfAbsent(value, text -> places.size());
  }

  /** The rows so far. */
  public TextColumn column(String name) {
    String[] levels = places.keySet().toArray(String[]::new);
    Arrays.sort(levels);
    int[] sorted = new int[levels.length];
    for (int i = 0; i < levels.length; i++) {
      sorted[places.get(levels[i])] = i;
    }
    int[] column = new int[rows];
    for (int row = 0; row < rows; row++) {
      column[row] = codes[row] < 0 ? -1 : sorted[codes[row]];
    }
    return new TextColumn(name, column, List.of(levels));
  }
}
