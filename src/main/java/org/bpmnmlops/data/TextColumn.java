package org.bpmnmlops.data;

import java.util.List;

/**
 * Text, kept as codes into a dictionary.
 *
 * @param codes index into {@code levels} per row; -1 where the value is missing. Not copied
 * @param levels the distinct values, sorted, so that they do not depend on the order of the rows
 */
public record TextColumn(String name, int[] codes, List<String> levels) implements Column {

  @Override
  public int size() {
    return codes.length;
  }

  @Override
  public boolean isMissing(int row) {
    return codes[row] < 0;
  }

  @Override
  public String text(int row) {
    return isMissing(row) ? "" : levels.get(codes[row]);
  }
}
