package org.bpmnmlops.cli;

/** A command that could not do what it was asked; the message is all that the user gets to read. */
final class CommandFailedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  static final int FAILED = 1;
  static final int NOT_REACHED = 3;
  static final int REFUSED = 4;
  static final int NOT_THERE = 5;
  static final int CONFLICT = 6;

  private final int exitCode;

  CommandFailedException(int exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  int exitCode() {
    return exitCode;
  }
}
