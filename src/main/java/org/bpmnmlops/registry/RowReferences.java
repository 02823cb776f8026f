package org.bpmnmlops.registry;

/**
 * References to what a version was trained and evaluated on.
 *
 * @param rows the preprocessed rows
 * @param separation the record of their sides
 */
public record RowReferences(String rows, String separation) {}
