package org.bpmnmlops.report;

/** What a report, a column or a check comes to, from best to worst. */
public enum Verdict {
  GOOD,
  /** Nothing to compare, or too little to judge by. */
  UNKNOWN,
  WARN,
  BAD;

  /** The worse of two. */
  public Verdict or(Verdict other) {
    return compareTo(other) >= 0 ? this : other;
  }
}
