package org.bpmnmlops.promotion;

/** There is no version to go back to; the message says which there are. */
class NoSuchVersionException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  NoSuchVersionException(String message) {
    super(message);
  }
}
