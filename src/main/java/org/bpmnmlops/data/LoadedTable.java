package org.bpmnmlops.data;

/**
 * A file that was read.
 *
 * @param schema of the table's columns, in the file's order
 * @param sha256 of the whole file, in lower-case hexadecimal
 */
public record LoadedTable(Table table, Schema schema, String sha256) {}
