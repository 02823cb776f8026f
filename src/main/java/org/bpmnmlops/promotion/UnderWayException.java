package org.bpmnmlops.promotion;

/** Another run is changing what is live. */
final class UnderWayException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  UnderWayException(String message) {
    super(message);
  }
}
