package org.bpmnmlops.security;

import org.springframework.http.HttpStatus;

/**
 * The body of a request is not read to its end; the message says why, for whoever sent it. No
 * {@code IOException}: for those Tomcat answers by itself, and says nothing.
 */
class RefusedBodyException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final HttpStatus status;

  RefusedBodyException(HttpStatus status, String message) {
    super(message);
    this.status = status;
  }

  HttpStatus status() {
    return status;
  }
}
