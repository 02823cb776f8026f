package org.bpmnmlops.security;

import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.camunda.bpm.engine.rest.dto.PatchVariablesDto;
import org.camunda.bpm.engine.rest.dto.SignalDto;
import org.camunda.bpm.engine.rest.dto.VariableValueDto;
import org.camunda.bpm.engine.rest.dto.message.CorrelationMessageDto;
import org.camunda.bpm.engine.rest.dto.runtime.ExecutionTriggerDto;
import org.camunda.bpm.engine.rest.dto.runtime.StartProcessInstanceDto;
import org.camunda.bpm.engine.rest.dto.task.CompleteTaskDto;
import org.camunda.bpm.engine.rest.exception.RestException;

/**
 * Camunda answers 500 to {@code {"variables": {"seed": null}}} and to objects, which this server
 * cannot read; here both are 400 and named.
 */
public class GivenVariables implements ReaderInterceptor {

  private static final String EXPECTED =
      "expected an object such as {\"value\": 7}, the value a text, a number, true or false";

  @Override
  public Object aroundReadFrom(ReaderInterceptorContext context) throws IOException {
    Object request = context.proceed();
    if (request instanceof VariableValueDto value) {
      check("The variable", value);
    }
    variables(request)
        .filter(Objects::nonNull)
        .forEach(
            variables ->
                variables.forEach((name, value) -> check("Variable '%s'".formatted(name), value)));
    return request;
  }

  private static void check(String name, VariableValueDto value) {
    if (value == null) {
      throw new RestException(Status.BAD_REQUEST, "%s is null; %s".formatted(name, EXPECTED));
    }
    if ("object".equalsIgnoreCase(value.getType())) {
      throw new RestException(
          Status.BAD_REQUEST, "%s is of type %s; %s".formatted(name, value.getType(), EXPECTED));
    }
  }

  private static Stream<Map<String, VariableValueDto>> variables(Object request) {
    if (request instanceof StartProcessInstanceDto start) {
      return Stream.of(start.getVariables());
    }
    if (request instanceof CompleteTaskDto task) {
      return Stream.of(task.getVariables());
    }
    if (request instanceof PatchVariablesDto patch) {
      return Stream.of(patch.getModifications());
    }
    if (request instanceof SignalDto signal) {
      return Stream.of(signal.getVariables());
    }
    if (request instanceof ExecutionTriggerDto trigger) {
      return Stream.of(trigger.getVariables());
    }
    if (request instanceof CorrelationMessageDto message) {
      return Stream.of(
          message.getCorrelationKeys(),
          message.getLocalCorrelationKeys(),
          message.getProcessVariables(),
          message.getProcessVariablesLocal(),
          message.getProcessVariablesToTriggeredScope());
    }
    return Stream.empty();
  }
}
