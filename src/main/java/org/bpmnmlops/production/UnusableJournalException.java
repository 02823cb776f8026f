package org.bpmnmlops.production;

/** A journal of predictions that cannot be read or written; the server does not start. */
public class UnusableJournalException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String advice;

  UnusableJournalException(String message, String advice, Throwable cause) {
    super(message, cause);
    this.advice = advice;
  }

  /** What to do. */
  public String advice() {
    return advice;
  }
}
