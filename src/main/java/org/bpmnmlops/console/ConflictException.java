package org.bpmnmlops.console;

/** What was asked for is not possible as things stand; the message says why and what is. */
class ConflictException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  ConflictException(String message) {
    super(message);
  }
}
