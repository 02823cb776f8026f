package org.bpmnmlops.monitoring;

/** Nothing to compare with: no version of the model is live. The message says what to do. */
class NoReferenceException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  NoReferenceException(String message) {
    super(message);
  }
}
