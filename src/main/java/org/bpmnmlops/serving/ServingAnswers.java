package org.bpmnmlops.serving;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** What callers of the serving API are told when there is no answer. */
@RestControllerAdvice(basePackageClasses = ServingAnswers.class)
@Order(Ordered.HIGHEST_PRECEDENCE)
class ServingAnswers {

  private static final String SECONDS_TO_TRY_AGAIN = "5";

  @ExceptionHandler
  ProblemDetail unusable(UnusableInputException e) {
    ProblemDetail problem =
        ProblemDetail.forStatusAndDetail(HttpStatus.BAD_REQUEST, e.getMessage());
    problem.setTitle("The request cannot be used");
    var first = e.findings().get(0);
    problem.setProperty("field", first.field());
    problem.setProperty("value", first.value());
    problem.setProperty("expected", first.expected());
    problem.setProperty("findings", e.findings());
    return problem;
  }

  @ExceptionHandler
  ProblemDetail unknown(UnknownException e) {
    ProblemDetail problem = ProblemDetail.forStatusAndDetail(HttpStatus.NOT_FOUND, e.getMessage());
    problem.setProperty("field", e.field());
    problem.setProperty("value", e.value());
    return problem;
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> noModel(NoModelException e) {
    return unavailable("No model", e.getMessage());
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> notRecorded(NotRecordedException e) {
    return unavailable(
        "Not recorded",
        e.getMessage() + ". A prediction that is not recorded is not answered; try again");
  }

  @ExceptionHandler({
    CannotCreateTransactionException.class,
    CannotGetJdbcConnectionException.class,
    DataAccessResourceFailureException.class
  })
  ResponseEntity<ProblemDetail> noDatabase(Exception e) {
    return unavailable("No database", "The database cannot be reached; try again");
  }

  private static ResponseEntity<ProblemDetail> unavailable(String title, String detail) {
    ProblemDetail problem =
        ProblemDetail.forStatusAndDetail(HttpStatus.SERVICE_UNAVAILABLE, detail);
    problem.setTitle(title);
    return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
        .header(HttpHeaders.RETRY_AFTER, SECONDS_TO_TRY_AGAIN)
        .body(problem);
  }
}
