package org.bpmnmlops.drift;

/**
 * Two samples counted into the same cells: categories, values or bins. Both have at least one row.
 *
 * @param reference rows per cell
 * @param current rows per cell, as many cells
 */
record Frequencies(int[] reference, int[] current) {

  int cells() {
    return reference.length;
  }

  int referenceRows() {
    return sum(reference);
  }

  int currentRows() {
    return sum(current);
  }

  /** Share of the reference's rows per cell. */
  double[] referenceShares() {
    return shares(reference);
  }

  /** Share of the current rows per cell. */
  double[] currentShares() {
    return shares(current);
  }

  private static double[] shares(int[] counts) {
    double rows = sum(counts);
    double[] shares = new double[counts.length];
    for (int i = 0; i < counts.length; i++) {
      shares[i] = counts[i] / rows;
    }
    return shares;
  }

  private static int sum(int[] counts) {
    int sum = 0;
    for (int count : counts) {
      sum += count;
    }
    return sum;
  }
}
