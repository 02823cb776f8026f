package org.bpmnmlops.retraining;

/** Champion and challenger cannot be compared; the message says why and what to do. */
class ComparisonFailedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  ComparisonFailedException(String message) {
    super(message);
  }
}
