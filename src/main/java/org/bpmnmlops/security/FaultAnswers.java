package org.bpmnmlops.security;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bpmnmlops.log.Outage;
import org.camunda.bpm.engine.BadUserRequestException;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.SuspendedEntityInteractionException;
import org.camunda.bpm.engine.rest.dto.ExceptionDto;
import org.camunda.bpm.engine.rest.exception.ExceptionHandlerHelper;

/**
 * Camunda answers 500 to every start that fails, and to whoever changes a run in the moment it goes
 * on. Here a start with a bad parameter, or a task completed with a bad variable, is 400 and names
 * it, a start of a paused pipeline is 409, and so is a change that came second and has to be sent
 * again. The rest, and the shape of the JSON, stay Camunda's.
 */
final class FaultAnswers {

  /** With the key of the process, or with the id of one of its versions, key:version:number. */
  private static final Pattern START =
      Pattern.compile(
          "process-definition/(?:key/)?(?<pipeline>[^/:]+).*/(start|submit-form|restart)$");

  /** Of people, with variables that a run may refuse. */
  private static final Pattern ANSWERS =
      Pattern.compile(START.pattern() + "|task/[^/]+/(complete|submit-form)$");

  /** What the engine says of a new password, and nothing of what it wants. */
  private static final String WEAK_PASSWORD = "Password does not match policy";

  /** Two transactions that waited for each other, or one that waited too long (H2). */
  private static final Pattern OVERTAKEN = Pattern.compile("40...|HYT00|55P03");

  private static final ExceptionHandlerHelper CAMUNDA = ExceptionHandlerHelper.getInstance();

  private FaultAnswers() {}

  static Response of(Exception e, String path) {
    if (Outage.isOne(e)) {
      return answer(
          Status.SERVICE_UNAVAILABLE,
          e,
          "The database does not answer; the server's log says what to do. Try again later");
    }
    RefusedBodyException refused = refusedBody(e);
    if (refused != null) {
      return answer(Status.fromStatusCode(refused.status().value()), refused, refused.getMessage());
    }
    if (causes(e).anyMatch(FaultAnswers::isOvertaken)) {
      return answer(
          Status.CONFLICT,
          e,
          "The run, or what belongs to it, was changed at the same moment. Nothing was done: try"
              + " again");
    }
    if (WEAK_PASSWORD.equals(e.getMessage())) {
      return answer(
          Status.BAD_REQUEST,
          e,
          "The password is too weak. "
              + AdminPasswordRefusedAnalyzer.EXPECTED.formatted("the user's name"));
    }
    Matcher start = START.matcher(path);
    if (start.find() && e.getCause() instanceof SuspendedEntityInteractionException cause) {
      return answer(
          Status.CONFLICT,
          cause,
          ("The pipeline is paused: resume it, with POST /api/v1/pipelines/%s/resume or on the page"
                  + " Pipelines, and start again")
              .formatted(start.group("pipeline")));
    }
    if (ANSWERS.matcher(path).find() && e.getCause() instanceof BadUserRequestException cause) {
      return answer(Status.BAD_REQUEST, cause, cause.getMessage());
    }
    return CAMUNDA.getResponse(e);
  }

  /** Why the body of the request was not read to its end; null where it was. */
  static RefusedBodyException refusedBody(Throwable e) {
    return (RefusedBodyException)
        causes(e).filter(RefusedBodyException.class::isInstance).findFirst().orElse(null);
  }

  private static boolean isOvertaken(Throwable e) {
    return e instanceof OptimisticLockingException
        || e instanceof SQLTransientException
        || (e instanceof SQLException sql
            && sql.getSQLState() != null
            && OVERTAKEN.matcher(sql.getSQLState()).matches());
  }

  private static Stream<Throwable> causes(Throwable e) {
    return Stream.iterate(e, cause -> cause != null, Throwable::getCause).limit(50);
  }

  private static Response answer(Status status, Exception cause, String message) {
    ExceptionDto body = CAMUNDA.fromException(cause);
    body.setMessage(message);
    return Response.status(status).type(MediaType.APPLICATION_JSON_TYPE).entity(body).build();
  }
}
