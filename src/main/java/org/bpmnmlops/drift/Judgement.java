package org.bpmnmlops.drift;

/** Whether a column counts for the data set's drift, and if not, why. */
public enum Judgement {
  JUDGED,
  /** The score is shown, but so few rows would pass the threshold without any drift. */
  TOO_FEW_ROWS,
  /** No row of one side has a value. */
  EMPTY,
  ONLY_IN_REFERENCE,
  ONLY_IN_CURRENT,
  /** The schema names it, neither data set has it. */
  IN_NEITHER,
  /** The schema says numbers, a data set holds text. */
  TYPE_CHANGED,
  /** Free text and dates are not compared. */
  TYPE_NOT_COMPARED,
  /** Both data sets have it, the schema does not. */
  NOT_IN_SCHEMA
}
