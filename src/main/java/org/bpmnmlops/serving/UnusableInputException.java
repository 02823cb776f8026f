package org.bpmnmlops.serving;

import java.util.List;

/** A request holds what the model cannot score. */
class UnusableInputException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * One thing to correct.
   *
   * @param row index of the row, from 0; null where the request is no list of rows
   * @param field the column, or the part of the request
   * @param value as it came; null where it is missing
   * @param expected what would be accepted
   */
  record Finding(Integer row, String field, String value, String expected) {

    private String text() {
      return "%s%s is %s; expected %s"
          .formatted(
              row == null ? "" : "row %d: ".formatted(row),
              field,
              value == null ? "missing" : "'%s'".formatted(value),
              expected);
    }
  }

  private static final int MOST_SHOWN = 20;

  private final transient List<Finding> findings;

  UnusableInputException(List<Finding> findings) {
    super(
        String.join("; ", findings.stream().limit(3).map(Finding::text).toList())
            + (findings.size() > 3 ? "; and %d more".formatted(findings.size() - 3) : ""));
    this.findings = List.copyOf(findings.subList(0, Math.min(MOST_SHOWN, findings.size())));
  }

  UnusableInputException(String field, String value, String expected) {
    this(List.of(new Finding(null, field, value, expected)));
  }

  /** At least one, at most {@value #MOST_SHOWN}. */
  List<Finding> findings() {
    return findings;
  }
}
