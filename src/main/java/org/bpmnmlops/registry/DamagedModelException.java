package org.bpmnmlops.registry;

/** A version's file is not the one that was registered; the message says which and what to do. */
public class DamagedModelException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  DamagedModelException(String message, Throwable cause) {
    super(message, cause);
  }
}
