package org.bpmnmlops.data;

import java.util.List;

/**
 * What stands beside a separation, as JSON.
 *
 * @param target the column to predict
 * @param classes in ascending order
 * @param cut values of the target above it are {@code yes}; null where the target has classes
 * @param cutOnTrainingMedian whether the cut is the median of the training rows
 */
record SeparationSummary(
    String target,
    List<String> classes,
    Double cut,
    boolean cutOnTrainingMedian,
    double testShare,
    long seed,
    boolean stratified,
    int trainRows,
    int testRows,
    List<Integer> trainRowsByClass,
    List<Integer> testRowsByClass) {

  static final String FILE = "separation.json";
}
