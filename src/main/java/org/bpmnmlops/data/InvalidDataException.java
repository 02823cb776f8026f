package org.bpmnmlops.data;

/**
 * Data that nothing can be learned from until somebody mends it. The message is what users read: it
 * names the file, the line, the column and the value as far as they are known, what was expected,
 * and what to do.
 */
public class InvalidDataException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public InvalidDataException(String message) {
    super(message);
  }

  public InvalidDataException(String message, Throwable cause) {
    super(message, cause);
  }
}
