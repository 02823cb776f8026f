package org.bpmnmlops.status;

/** A report whose JSON is missing or broken, or that has a field of the wrong type. */
class UnreadableReportException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String field;
  private final String value;
  private final String expected;

  UnreadableReportException(String field, String value, String expected) {
    super("Field '%s' is %s; expected %s".formatted(field, value, expected));
    this.field = field;
    this.value = value;
    this.expected = expected;
  }

  UnreadableReportException(String problem, String expected) {
    super("%s; expected %s".formatted(problem, expected));
    this.field = null;
    this.value = null;
    this.expected = expected;
  }

  /** Null when no single field is to blame. */
  String field() {
    return field;
  }

  /** Null when no single field is to blame. */
  String value() {
    return value;
  }

  String expected() {
    return expected;
  }
}
