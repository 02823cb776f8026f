package org.bpmnmlops.security;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.camunda.bpm.engine.rest.dto.runtime.FilterDto;
import org.camunda.bpm.engine.rest.dto.task.TaskQueryDto;
import org.camunda.bpm.engine.rest.exception.RestException;

/**
 * Task queries and filters take values, not expressions. The engine refuses to evaluate one too,
 * but as a defect: with 500, and a stack trace in the log for every request.
 */
public class GivenQueries implements ReaderInterceptor {

  /** A filter is executed with a further query as text. */
  private static final Set<Class<?>> BODIES =
      Set.of(TaskQueryDto.class, FilterDto.class, String.class);

  private static final JsonFactory JSON = new JsonFactory();

  private static final Pattern BEGIN = Pattern.compile("[$#]\\{");

  @Override
  public Object aroundReadFrom(ReaderInterceptorContext context) throws IOException {
    if (BODIES.contains(context.getType())) {
      byte[] body = context.getInputStream().readAllBytes();
      expression(body)
          .ifPresent(
              field -> {
                throw new RestException(
                    Status.BAD_REQUEST,
                    "'%s' is an expression; expected a value: queries and filters take no expressions"
                        .formatted(field));
              });
      context.setInputStream(new ByteArrayInputStream(body));
    }
    return context.proceed();
  }

  /** The name of the first field that has one. */
  private static Optional<String> expression(byte[] body) {
    try (JsonParser json = JSON.createParser(body)) {
      for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
        String field = json.currentName();
        if (token == JsonToken.VALUE_STRING
            && field != null
            && field.endsWith("Expression")
            && BEGIN.matcher(json.getText()).find()) {
          return Optional.of(field);
        }
      }
    } catch (IOException e) {
      // No JSON: Camunda says what is wrong with it.
      return Optional.empty();
    }
    return Optional.empty();
  }
}
