package org.bpmnmlops.serving;

/** A prediction could not be recorded, so it is not answered; trying again helps. */
class NotRecordedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  NotRecordedException(String message, Throwable cause) {
    super(message, cause);
  }
}
