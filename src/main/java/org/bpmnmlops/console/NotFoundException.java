package org.bpmnmlops.console;

/** There is no such pipeline, run or file, or the caller may not know of it. */
class NotFoundException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  NotFoundException(String message) {
    super(message);
  }
}
