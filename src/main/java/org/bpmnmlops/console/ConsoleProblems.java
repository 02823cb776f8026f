package org.bpmnmlops.console;

import org.camunda.bpm.engine.BadUserRequestException;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.SuspendedEntityInteractionException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/**
 * Answers of pipelines and runs to what cannot be done (RFC 9457); requests that cannot be read are
 * answered before, though an IllegalArgumentException lies behind some of them.
 */
@RestControllerAdvice(basePackageClasses = ConsoleProblems.class)
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
class ConsoleProblems {

  @ExceptionHandler
  ProblemDetail notFound(NotFoundException e) {
    return ProblemDetail.forStatusAndDetail(HttpStatus.NOT_FOUND, e.getMessage());
  }

  @ExceptionHandler
  ProblemDetail conflict(ConflictException e) {
    return ProblemDetail.forStatusAndDetail(HttpStatus.CONFLICT, e.getMessage());
  }

  @ExceptionHandler
  ProblemDetail paused(SuspendedEntityInteractionException e) {
    return ProblemDetail.forStatusAndDetail(
        HttpStatus.CONFLICT, "The run is paused: resume its pipeline, and try again");
  }

  /** Two changed the run at once, such as a step that ended just then. */
  @ExceptionHandler
  ProblemDetail overtaken(OptimisticLockingException e) {
    return ProblemDetail.forStatusAndDetail(
        HttpStatus.CONFLICT, "The run went on in this moment: look at it again, then try again");
  }

  @ExceptionHandler
  ProblemDetail refused(BadUserRequestException e) {
    return ProblemDetail.forStatusAndDetail(HttpStatus.BAD_REQUEST, e.getMessage());
  }

  @ExceptionHandler
  ProblemDetail unusable(IllegalArgumentException e) {
    return ProblemDetail.forStatusAndDetail(HttpStatus.BAD_REQUEST, e.getMessage());
  }
}
