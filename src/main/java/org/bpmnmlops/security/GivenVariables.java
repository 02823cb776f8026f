package org.bpmnmlops.security;

import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.IOException;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
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
 * Camunda answers 500 to {@code {"variables": {"seed": null}}}, to objects, which this server
 * cannot read, and to what its tables do not hold, and nothing but 400 to {@code {"variables":
 * {"seed": 7}}}; here all are 400 and named.
 */
public class GivenVariables implements ReaderInterceptor {

  /** What the engine's tables hold. */
  private static final int LONGEST_NAME = 255;

  private static final int LONGEST_TEXT = 4000;

  private static final String EXPECTED =
      "expected an object such as {\"value\": 7}, the value a text, a number, true or false";

  /** No values have these. */
  private static final Set<String> UNUSABLE_TYPES = Set.of("object", "number");

  private static final Map<Class<?>, String> BODIES =
      Map.of(
          StartProcessInstanceDto.class, body("variables"),
          CompleteTaskDto.class, body("variables"),
          SignalDto.class, body("variables"),
          ExecutionTriggerDto.class, body("variables"),
          PatchVariablesDto.class, body("modifications"),
          CorrelationMessageDto.class, body("processVariables"),
          VariableValueDto.class, "{\"value\": 7}");

  private static String body(String variables) {
    return "{\"%s\": {\"seed\": {\"value\": 7}}}".formatted(variables);
  }

  @Override
  public Object aroundReadFrom(ReaderInterceptorContext context) throws IOException {
    Object request = read(context);
    if (request instanceof VariableValueDto value) {
      check("The variable", value);
    }
    variables(request)
        .filter(Objects::nonNull)
        .forEach(
            variables ->
                variables.forEach(
                    (name, value) -> {
                      checkName(name);
                      check("Variable '%s'".formatted(name), value);
                    }));
    if (request instanceof StartProcessInstanceDto start
        && start.getStartInstructions() != null
        && start.getStartInstructions().contains(null)) {
      throw refused("A start instruction is null; expected an object with a type");
    }
    return request;
  }

  private static Object read(ReaderInterceptorContext context) throws IOException {
    String expected = BODIES.get(context.getType());
    Object request;
    try {
      request = context.proceed();
    } catch (MismatchedInputException e) {
      if (expected == null) {
        throw e;
      }
      throw refused("%s cannot be read; expected %s".formatted(place(e), expected));
    }
    if (request == null && expected != null) {
      throw refused("The body is null; expected " + expected);
    }
    return request;
  }

  private static String place(MismatchedInputException e) {
    String path = RequestAnswers.path(e);
    return path.isEmpty() ? "The body" : "'%s'".formatted(path);
  }

  private static void checkName(String name) {
    if (name.isEmpty() || name.length() > LONGEST_NAME || name.indexOf('\0') >= 0) {
      throw refused(
          "A variable's name has %d characters; expected 1 to %d, none of them NUL"
              .formatted(name.length(), LONGEST_NAME));
    }
  }

  private static void check(String name, VariableValueDto value) {
    if (value == null) {
      throw refused("%s is null; %s".formatted(name, EXPECTED));
    }
    if (value.getType() != null
        && UNUSABLE_TYPES.contains(value.getType().toLowerCase(Locale.ROOT))) {
      throw refused("%s is of type %s; %s".formatted(name, value.getType(), EXPECTED));
    }
    if (value.getValue() instanceof Map || value.getValue() instanceof Collection) {
      throw refused("%s is an object or a list; %s".formatted(name, EXPECTED));
    }
    boolean coded =
        "bytes".equalsIgnoreCase(value.getType()) || "file".equalsIgnoreCase(value.getType());
    if (value.getValue() instanceof String text
        && !coded
        && (text.length() > LONGEST_TEXT || text.indexOf('\0') >= 0)) {
      throw refused(
          "%s has %d characters; expected at most %d, none of them NUL"
              .formatted(name, text.length(), LONGEST_TEXT));
    }
  }

  private static RestException refused(String message) {
    return new RestException(Status.BAD_REQUEST, message);
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
