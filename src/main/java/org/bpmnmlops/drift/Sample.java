package org.bpmnmlops.drift;

/** One column of one data set, cleaned: missing and infinite values are counted and dropped. */
public sealed interface Sample permits NumericSample, CategorySample {

  /** Rows that have a value. */
  int count();

  /** Rows without a value, infinite ones included. */
  int missing();
}
