package org.bpmnmlops.security;

import jakarta.annotation.Priority;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.ext.ExceptionMapper;
import org.camunda.bpm.engine.ProcessEngineException;

/** What the engine could not do when the REST API asked it; see {@link FaultAnswers}. */
@Priority(1)
public class EngineFaults implements ExceptionMapper<ProcessEngineException> {

  @Context private UriInfo uri;

  @Override
  public Response toResponse(ProcessEngineException e) {
    return FaultAnswers.of(e, uri.getPath());
  }
}
