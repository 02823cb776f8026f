package org.bpmnmlops.drift;

import java.util.List;

/**
 * Both samples of a column side by side, in few cells whatever the number of rows. Rows per cell,
 * so divide by the rows with a value for shares that compare.
 */
public sealed interface Distribution {

  /**
   * @param edges ascending, one more than bins; a bin holds its left edge, the last one both
   */
  record Histogram(double[] edges, int[] reference, int[] current) implements Distribution {}

  /**
   * The categories with the most rows, or the values of a numerical column that has few.
   *
   * @param labels in the order of the text, or of the numbers
   * @param otherReference rows of categories that are not named
   * @param otherCurrent the same
   * @param others number of categories that are not named
   */
  record Categories(
      List<String> labels,
      int[] reference,
      int[] current,
      int otherReference,
      int otherCurrent,
      int others)
      implements Distribution {

    public Categories {
      labels = List.copyOf(labels);
    }
  }
}
