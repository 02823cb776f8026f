package org.bpmnmlops.drift;

import java.util.List;
import org.bpmnmlops.data.TextColumn;

/**
 * How often each category of a column comes up.
 *
 * @param levels distinct
 * @param counts rows per level; a level may have none. Not copied
 */
public record CategorySample(List<String> levels, int[] counts, int count, int missing)
    implements Sample {

  public CategorySample {
    levels = List.copyOf(levels);
  }

  public static CategorySample of(TextColumn column) {
    int[] counts = new int[column.levels().size()];
    int missing = 0;
    for (int code : column.codes()) {
      if (code < 0) {
        missing++;
      } else {
        counts[code]++;
      }
    }
    return new CategorySample(column.levels(), counts, column.size() - missing, missing);
  }
}
