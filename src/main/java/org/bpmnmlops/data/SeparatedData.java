package org.bpmnmlops.data;

import java.util.List;

/**
 * The preprocessed rows with the side each one is on: what training and evaluation work with.
 *
 * @param features the feature columns after preprocessing (numbers and categories, missing values
 *     only where the run keeps them), all rows
 * @param target the target column's name
 * @param classes the classes in ascending order; numeric labels ascend by value, so {@code 2}
 *     stands before {@code 10}
 * @param labels index into {@code classes} per row
 * @param trainRows rows the model learns from, ascending
 * @param testRows rows kept back, ascending; both sides have every class
 */
public record SeparatedData(
    Table features,
    String target,
    List<String> classes,
    int[] labels,
    int[] trainRows,
    int[] testRows) {}
