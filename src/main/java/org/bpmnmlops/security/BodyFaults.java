package org.bpmnmlops.security;

import jakarta.annotation.Priority;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;

/** A body of the engine's REST API was not read to its end. */
@Priority(1)
public class BodyFaults implements ExceptionMapper<RefusedBodyException> {

  @Override
  public Response toResponse(RefusedBodyException e) {
    return FaultAnswers.of(e, "");
  }
}
