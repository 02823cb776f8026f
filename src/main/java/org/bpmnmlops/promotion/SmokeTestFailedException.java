package org.bpmnmlops.promotion;

/** The live version does not answer as it should; the message says on which rows. */
class SmokeTestFailedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  SmokeTestFailedException(String message) {
    super(message);
  }
}
