package org.bpmnmlops.training;

/** A trainer found no model for these rows and settings; the message says what to change. */
public class TrainingFailedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  TrainingFailedException(String message) {
    super(message);
  }

  TrainingFailedException(String message, Throwable cause) {
    super(message, cause);
  }
}
