package org.bpmnmlops.security;

/** The operator's password for the administrator does not pass the engine's policy. */
class AdminPasswordRefusedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  AdminPasswordRefusedException(String whereabouts) {
    super("The password of the user 'admin' (%s) is too weak".formatted(whereabouts));
  }
}
