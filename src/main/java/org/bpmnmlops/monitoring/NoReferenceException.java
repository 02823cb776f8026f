package org.bpmnmlops.monitoring;

/**
 * Nothing to compare with: no version is live, or what is left of it. The message says what to do.
 */
public class NoReferenceException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  NoReferenceException(String message) {
    super(message);
  }

  NoReferenceException(String message, Exception cause) {
    super(message, cause);
  }
}
