package org.bpmnmlops.security;

import jakarta.annotation.Priority;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.util.regex.Pattern;
import org.camunda.bpm.engine.BadUserRequestException;
import org.camunda.bpm.engine.SuspendedEntityInteractionException;
import org.camunda.bpm.engine.rest.dto.ExceptionDto;
import org.camunda.bpm.engine.rest.exception.ExceptionHandlerHelper;
import org.camunda.bpm.engine.rest.exception.RestException;

/**
 * Camunda answers 500 to every start that fails. Here a start with a bad parameter is 400 and names
 * it, and a start of a paused pipeline is 409. The rest, and the shape of the JSON, stay Camunda's.
 */
@Priority(1)
public class RestFaults implements ExceptionMapper<RestException> {

  private static final Pattern START =
      Pattern.compile("process-definition/.+/(start|submit-form)$");

  private final ExceptionHandlerHelper camunda = ExceptionHandlerHelper.getInstance();

  @Context private UriInfo uri;

  @Override
  public Response toResponse(RestException e) {
    if (START.matcher(uri.getPath()).find()) {
      if (e.getCause() instanceof SuspendedEntityInteractionException cause) {
        return answer(
            Status.CONFLICT,
            cause,
            "The pipeline is paused and takes no new runs: resume it in Cockpit, or with PUT"
                + " /engine-rest/process-definition/key/{key}/suspended and the body"
                + " {\"suspended\": false, \"includeProcessInstances\": true}, and start again");
      }
      if (e.getCause() instanceof BadUserRequestException cause) {
        return answer(Status.BAD_REQUEST, cause, cause.getMessage());
      }
    }
    return camunda.getResponse(e);
  }

  private Response answer(Status status, Exception cause, String message) {
    ExceptionDto body = camunda.fromException(cause);
    body.setMessage(message);
    return Response.status(status).type(MediaType.APPLICATION_JSON_TYPE).entity(body).build();
  }
}
