package org.bpmnmlops.security;

import jakarta.annotation.Priority;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.ext.ExceptionMapper;
import org.camunda.bpm.engine.rest.exception.RestException;

/** What the REST API could not do; see {@link FaultAnswers}. */
@Priority(1)
public class RestFaults implements ExceptionMapper<RestException> {

  @Context private UriInfo uri;

  @Override
  public Response toResponse(RestException e) {
    return FaultAnswers.of(e, uri.getPath());
  }
}
