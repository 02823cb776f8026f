package org.bpmnmlops.promotion;

/** There is no such model, or no such version of it. */
final class NotThereException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  NotThereException(String message) {
    super(message);
  }
}
