package org.bpmnmlops.data;

/** What a column holds; inferred once, stored in the {@link Schema} and fixed from then on. */
public enum ColumnType {
  /** Held as a {@link NumericColumn}. */
  NUMERICAL,
  /** Held as a {@link TextColumn}, also where the values look like numbers. */
  CATEGORICAL,
  /** Text that hardly repeats; a feature only where {@code include} names it. */
  FREE_TEXT,
  /** Dates and times; a feature only where {@code include} names it. */
  DATE
}
