package org.bpmnmlops.promotion;

import com.fasterxml.jackson.databind.JsonNode;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import org.camunda.bpm.engine.BadUserRequestException;
import org.camunda.bpm.engine.SuspendedEntityInteractionException;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Puts an earlier version of a model live, by a run of its own. */
@RestController
@Tag(name = "Models", description = "Versions of models, their cards and files")
class RollbackController {

  private static final Set<String> FIELDS = Set.of("toVersion", "reason");

  /**
   * @param address of the run, on this server
   */
  record Started(String run, String address, String model, int from, int to) {}

  private final Rollbacks rollbacks;

  RollbackController(Rollbacks rollbacks) {
    this.rollbacks = rollbacks;
  }

  @Operation(
      summary = "Roll a model back",
      description =
          """
          Starts the process model-rollback, which puts the champion before this one live, or the \
          version named in toVersion, tries it there and takes it back when it answers badly. Both \
          fields of the body, toVersion and reason, may be missing, and so may the body.""")
  @ApiResponse(responseCode = "202", description = "Started; ask the run how it ended")
  @ApiResponse(
      responseCode = "404",
      description = "No such model or version",
      content = @Content(mediaType = MediaType.APPLICATION_PROBLEM_JSON_VALUE))
  @ApiResponse(
      responseCode = "409",
      description = "Nothing to go back to, live already, or another rollback is under way",
      content = @Content(mediaType = MediaType.APPLICATION_PROBLEM_JSON_VALUE))
  @PostMapping(path = "/api/v1/models/{name}/rollback", produces = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<Started> rollBack(
      @PathVariable String name, @RequestBody(required = false) JsonNode body) {
    var started = rollbacks.start(name, toVersion(body), reason(body));
    String address = "/api/v1/runs/" + started.run();
    return ResponseEntity.accepted()
        .location(URI.create(address))
        .body(
            new Started(
                started.run(),
                address,
                name,
                started.back().from().version(),
                started.back().to().version()));
  }

  private static Optional<Long> toVersion(JsonNode body) {
    JsonNode value = field(body, "toVersion");
    if (value == null) {
      return Optional.empty();
    }
    if (!value.canConvertToExactIntegral() || !value.canConvertToInt() || value.intValue() < 1) {
      throw new IllegalArgumentException(
          "toVersion is %s; expected the number of a version".formatted(value));
    }
    return Optional.of(value.longValue());
  }

  private static Optional<String> reason(JsonNode body) {
    JsonNode value = field(body, "reason");
    if (value != null && !value.isTextual()) {
      throw new IllegalArgumentException("reason is %s; expected a text".formatted(value));
    }
    return Optional.ofNullable(value).map(JsonNode::textValue).filter(text -> !text.isBlank());
  }

  private static JsonNode field(JsonNode body, String name) {
    if (body == null || body.isNull()) {
      return null;
    }
    if (!body.isObject()) {
      throw new IllegalArgumentException("The body is %s; expected an object".formatted(body));
    }
    body.fieldNames()
        .forEachRemaining(
            field -> {
              if (!FIELDS.contains(field)) {
                throw new IllegalArgumentException(
                    "There is no field '%s'; expected toVersion, reason or neither"
                        .formatted(field));
              }
            });
    JsonNode value = body.get(name);
    return value == null || value.isNull() ? null : value;
  }

  @ExceptionHandler
  ProblemDetail notThere(NotThereException e) {
    return ProblemDetail.forStatusAndDetail(HttpStatus.NOT_FOUND, e.getMessage());
  }

  @ExceptionHandler({NoSuchVersionException.class, UnderWayException.class})
  ProblemDetail conflict(RuntimeException e) {
    return ProblemDetail.forStatusAndDetail(HttpStatus.CONFLICT, e.getMessage());
  }

  @ExceptionHandler
  ProblemDetail paused(SuspendedEntityInteractionException e) {
    return ProblemDetail.forStatusAndDetail(
        HttpStatus.CONFLICT,
        "The process model-rollback is paused: resume it, with POST"
            + " /api/v1/pipelines/model-rollback/resume or on the page Pipelines, and try again");
  }

  @ExceptionHandler({IllegalArgumentException.class, BadUserRequestException.class})
  ProblemDetail unusable(RuntimeException e) {
    return ProblemDetail.forStatusAndDetail(HttpStatus.BAD_REQUEST, e.getMessage());
  }
}
