package org.bpmnmlops.data;

/** One column of a {@link Table}. */
public sealed interface Column permits NumericColumn, TextColumn {

  String name();

  /** Number of rows. */
  int size();

  boolean isMissing(int row);

  /** The value as a user knows it from the file; empty text where it is missing. */
  String text(int row);
}
