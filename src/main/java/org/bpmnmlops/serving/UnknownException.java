package org.bpmnmlops.serving;

/** A request names something that is not there; the message says what. */
class UnknownException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String field;
  private final String value;

  UnknownException(String field, String value, String message) {
    super(message);
    this.field = field;
    this.value = value;
  }

  String field() {
    return field;
  }

  String value() {
    return value;
  }
}
