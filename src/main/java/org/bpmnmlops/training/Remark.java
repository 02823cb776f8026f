package org.bpmnmlops.training;

/**
 * A value that the model never met, and what it made of it.
 *
 * @param row index of the row, from 0
 * @param field the raw column
 * @param value as it was given; null where it is missing
 * @param handling what it counts as, in words
 */
public record Remark(int row, String field, String value, String handling) {}
