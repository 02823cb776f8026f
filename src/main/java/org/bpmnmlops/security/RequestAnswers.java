package org.bpmnmlops.security;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.bpmnmlops.wording.Words;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;

/**
 * The first word on requests to our REST API that cannot be read: 400 with the field or the query
 * parameter, and what was expected.
 */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
class RequestAnswers {

  /** Where an object began that has no end; with a source that is no file, it says nothing. */
  private static final Pattern START_MARKER = Pattern.compile(" \\(start marker at .*\\)$");

  @ExceptionHandler
  ProblemDetail unreadable(HttpMessageNotReadableException e) {
    if (e.getCause() instanceof JsonProcessingException json) {
      return refused(of(json));
    }
    return refused(
        e.getCause() == null
            ? "The request has no body; expected JSON"
            : "The body could not be read to its end: send the request again");
  }

  @ExceptionHandler
  ProblemDetail unusable(MethodArgumentTypeMismatchException e) {
    return refused(
        "'%s' is '%s'; expected %s"
            .formatted(e.getName(), Words.shortened("" + e.getValue()), kind(e.getRequiredType())));
  }

  @ExceptionHandler
  ProblemDetail outOfRange(HandlerMethodValidationException e) {
    return refused(
        e.getParameterValidationResults().stream()
            .map(
                result ->
                    "'%s' is %s; it %s"
                        .formatted(
                            result.getMethodParameter().getParameterName(),
                            result.getArgument(),
                            result.getResolvableErrors().get(0).getDefaultMessage()))
            .collect(Collectors.joining(". ")));
  }

  private static String of(JsonProcessingException e) {
    if (e instanceof UnrecognizedPropertyException unknown) {
      return "'%s' is no field of this request; expected %s"
          .formatted(
              Words.shortened(path(unknown)),
              unknown.getKnownPropertyIds().stream()
                  .map(Object::toString)
                  .collect(Collectors.joining(", ")));
    }
    if (e instanceof MismatchedInputException mismatch) {
      String path = path(mismatch);
      return "%s must be %s"
          .formatted(
              path.isEmpty() ? "The body" : "'%s'".formatted(Words.shortened(path)),
              kind(mismatch.getTargetType()));
    }
    var place = e.getLocation();
    return "The body is no JSON: %s%s"
        .formatted(
            START_MARKER.matcher(e.getOriginalMessage()).replaceFirst(""),
            place == null
                ? ""
                : " (line %d, column %d)".formatted(place.getLineNr(), place.getColumnNr()));
  }

  /** The field that could not be read, with dots between the levels; empty for the whole body. */
  static String path(JsonMappingException e) {
    return e.getPath().stream()
        .map(JsonMappingException.Reference::getFieldName)
        .filter(Objects::nonNull)
        .collect(Collectors.joining("."));
  }

  private static String kind(Class<?> type) {
    if (type == Instant.class) {
      return "a moment such as 2026-01-31T00:00:00Z";
    }
    if (type == LocalDate.class) {
      return "a date such as 2026-01-31";
    }
    if (type == String.class) {
      return "a text";
    }
    if (type == int.class || type == long.class || type == Integer.class || type == Long.class) {
      return "a whole number";
    }
    if (type == boolean.class || type == Boolean.class) {
      return "true or false";
    }
    if (type != null && Collection.class.isAssignableFrom(type)) {
      return "a JSON array";
    }
    return type != null && (Map.class.isAssignableFrom(type) || type.isRecord())
        ? "a JSON object"
        : "another kind of value";
  }

  private static ProblemDetail refused(String detail) {
    return ProblemDetail.forStatusAndDetail(HttpStatus.BAD_REQUEST, detail);
  }
}
