package org.bpmnmlops.process;

/**
 * A parameter whose value cannot be used; the message names it, the value and what was expected.
 */
public class InvalidParameterException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  InvalidParameterException(String message) {
    super(message);
  }
}
