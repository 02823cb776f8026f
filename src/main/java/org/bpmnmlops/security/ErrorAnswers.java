package org.bpmnmlops.security;

import org.apache.catalina.connector.ClientAbortException;
import org.bpmnmlops.log.Outage;
import org.camunda.bpm.engine.AuthorizationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/**
 * The last word on exceptions of our REST API: a missing right is 403, and whatever no controller
 * and no advice before this one knows is 500 with nothing of the inside in it.
 */
@RestControllerAdvice
@Order(Ordered.LOWEST_PRECEDENCE)
class ErrorAnswers {

  private static final Logger log = LoggerFactory.getLogger(ErrorAnswers.class);

  @ExceptionHandler
  ProblemDetail forbidden(AuthorizationException e) {
    return ProblemDetail.forStatusAndDetail(HttpStatus.FORBIDDEN, e.getMessage());
  }

  @ExceptionHandler
  ProblemDetail refusedBody(RefusedBodyException e) {
    return ProblemDetail.forStatusAndDetail(e.status(), e.getMessage());
  }

  /** The client is gone, or sends no body: nobody reads an answer. */
  @ExceptionHandler
  void abandoned(ClientAbortException e) {
    log.debug("A request was not sent to its end", e);
  }

  @ExceptionHandler
  ProblemDetail unexpected(Exception e) {
    log.error("A request failed", e);
    if (Outage.isOne(e)) {
      return ProblemDetail.forStatusAndDetail(
          HttpStatus.SERVICE_UNAVAILABLE,
          "The database does not answer; the server's log says what to do. Try again later");
    }
    return ProblemDetail.forStatusAndDetail(
        HttpStatus.INTERNAL_SERVER_ERROR, "The request failed; the server's log says why");
  }
}
