package org.bpmnmlops.security;

import jakarta.annotation.Priority;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.ext.ExceptionMapper;
import org.springframework.core.NestedRuntimeException;

/** Spring could not begin or end the transaction of a REST call; see {@link FaultAnswers}. */
@Priority(1)
public class DatabaseFaults implements ExceptionMapper<NestedRuntimeException> {

  @Context private UriInfo uri;

  @Override
  public Response toResponse(NestedRuntimeException e) {
    return FaultAnswers.of(e, uri.getPath());
  }
}
