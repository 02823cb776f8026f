package org.bpmnmlops.serving;

/** There is no model to answer with, for now; the message says which and what to do. */
class NoModelException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  NoModelException(String message) {
    super(message);
  }
}
