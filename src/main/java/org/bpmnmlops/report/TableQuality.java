package org.bpmnmlops.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bpmnmlops.data.Column;
import org.bpmnmlops.data.NumericColumn;
import org.bpmnmlops.data.Table;
import org.bpmnmlops.data.TextColumn;

/**
 * One side as a whole.
 *
 * @param missingCells cells without a value
 * @param missingShare of all cells, 0 to 1; null without cells
 * @param rowsWithMissing rows that lack at least one value
 * @param rowsByMissing rows that lack 0, 1, 2, 3, and more values
 * @param duplicatedRows rows that are equal to one before
 * @param duplicatedColumns groups of columns with the same values, those without any left out
 * @param constantColumns columns with one value, missing ones not counted, or none
 * @param almostConstantColumns columns whose most frequent value has at least 95 % of the rows
 */
public record TableQuality(
    int rows,
    int columns,
    long missingCells,
    Double missingShare,
    int rowsWithMissing,
    int[] rowsByMissing,
    int duplicatedRows,
    List<List<String>> duplicatedColumns,
    List<String> constantColumns,
    List<String> almostConstantColumns) {

  private static final double ALMOST = 0.95;
  private static final int MORE = 4;

  /**
   * @param statistics of the table's columns by name
   */
  static TableQuality of(Table table, Map<String, ColumnStatistics> statistics) {
    int rows = table.rows();
    long[] rowHashes = new long[rows];
    byte[] missing = new byte[rows];
    Map<Long, List<Column>> byHash = new HashMap<>();
    long missingCells = 0;
    for (Column column : table.columns()) {
      long hash = 0;
      long missingBefore = missingCells;
      long[] ofLevel =
          column instanceof TextColumn text
              ? text.levels().stream().mapToLong(TableQuality::hash).toArray()
              : null;
      for (int row = 0; row < rows; row++) {
        long cell;
        if (ofLevel != null) {
          int code = ((TextColumn) column).codes()[row];
          cell = code < 0 ? MISSING : ofLevel[code];
        } else {
          double value = ((NumericColumn) column).values()[row];
          cell = Double.isFinite(value) ? Double.doubleToRawLongBits(value + 0.0) : MISSING;
        }
        if (cell == MISSING) {
          missingCells++;
          missing[row] = (byte) Math.min(MORE, missing[row] + 1);
        }
        rowHashes[row] = mix(rowHashes[row] ^ cell);
        hash = mix(hash ^ cell);
      }
      if (missingCells - missingBefore < rows) {
        byHash.computeIfAbsent(hash, h -> new ArrayList<>()).add(column);
      }
    }
    int[] rowsByMissing = new int[MORE + 1];
    for (byte count : missing) {
      rowsByMissing[count]++;
    }
    List<String> constant = new ArrayList<>();
    List<String> almost = new ArrayList<>();
    statistics.forEach(
        (name, column) -> {
          if (column.unique() <= 1) {
            constant.add(name);
          } else if (column.mostCommonShare() >= ALMOST) {
            almost.add(name);
          }
        });
    long cells = (long) rows * table.columns().size();
    return new TableQuality(
        rows,
        table.columns().size(),
        missingCells,
        cells == 0 ? null : missingCells / (double) cells,
        rows - rowsByMissing[0],
        rowsByMissing,
        duplicates(rowHashes),
        equalColumns(byHash),
        constant,
        almost);
  }

  private static final long MISSING = 0x7ff8_dead_beef_0001L;

  /** 64 bits of text; hashCode's 32 would make rows equal that are not. */
  private static long hash(String text) {
    long hash = text.length();
    for (int i = 0; i < text.length(); i++) {
      hash = mix(hash ^ text.charAt(i));
    }
    return hash;
  }

  /** Stafford's variant 13 of the finalizer of MurmurHash3, with an increment of its own. */
  private static long mix(long z) {
    z += 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }

  /** Equal hashes stand for equal rows: among a million, one in 37 million tables would err. */
  private static int duplicates(long[] hashes) {
    Arrays.parallelSort(hashes);
    int duplicates = 0;
    for (int i = 1; i < hashes.length; i++) {
      duplicates += hashes[i] == hashes[i - 1] ? 1 : 0;
    }
    return duplicates;
  }

  private static List<List<String>> equalColumns(Map<Long, List<Column>> byHash) {
    return byHash.values().stream()
        .filter(group -> group.size() > 1)
        .map(group -> group.stream().map(Column::name).toList())
        .sorted((one, other) -> one.get(0).compareTo(other.get(0)))
        .toList();
  }
}
