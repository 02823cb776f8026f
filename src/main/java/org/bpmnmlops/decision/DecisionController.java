package org.bpmnmlops.decision;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.security.Principal;
import java.util.List;
import org.camunda.bpm.engine.repository.DecisionDefinition;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Decision tables over HTTP; who may read and change which is the engine's to say. */
@RestController
@RequestMapping("/api/v1/decisions")
@Tag(name = "Decisions", description = "Decision tables: read, tried on past runs, changed")
class DecisionController {

  private static final int LARGEST = 512 * 1024;

  @Schema(name = "Decision")
  record Shown(@JsonUnwrapped Decisions.Version version, @JsonUnwrapped DecisionTable table) {}

  @Schema(name = "DecisionSummary")
  record Summary(
      @JsonUnwrapped Decisions.Version version,
      @Schema(description = "Whether the caller may change it") boolean mayChange) {}

  private static final class NotThereException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NotThereException(String message) {
      super(message);
    }
  }

  private final Decisions decisions;

  DecisionController(Decisions decisions) {
    this.decisions = decisions;
  }

  @Operation(summary = "All decisions, and who changed them last")
  @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
  List<Summary> all() {
    return decisions.all().stream()
        .map(it -> new Summary(decisions.describe(it), decisions.mayChange(it.getKey())))
        .toList();
  }

  @Operation(
      summary = "The table that decides now",
      description = "As DMN where the caller accepts application/xml, else as JSON.")
  @GetMapping("/{id}")
  ResponseEntity<Object> latest(
      @PathVariable String id,
      @RequestHeader(name = HttpHeaders.ACCEPT, defaultValue = "") String accept) {
    return show(find(id), accept);
  }

  @Operation(summary = "The table that decides now, as a DMN file to keep and edit")
  @GetMapping("/{id}/file")
  ResponseEntity<byte[]> file(@PathVariable String id) {
    DecisionDefinition latest = find(id);
    return ResponseEntity.ok()
        .eTag(etag(latest))
        .contentType(MediaType.APPLICATION_XML)
        .header(
            HttpHeaders.CONTENT_DISPOSITION,
            ContentDisposition.attachment().filename(id + ".dmn").build().toString())
        .body(decisions.file(latest));
  }

  @Operation(summary = "All versions, newest first")
  @GetMapping(path = "/{id}/versions", produces = MediaType.APPLICATION_JSON_VALUE)
  List<Decisions.Version> versions(@PathVariable String id) {
    find(id);
    return decisions.versions(id).stream().map(decisions::describe).toList();
  }

  @Operation(summary = "One version, as DMN or JSON")
  @GetMapping("/{id}/versions/{version}")
  ResponseEntity<Object> version(
      @PathVariable String id,
      @PathVariable int version,
      @RequestHeader(name = HttpHeaders.ACCEPT, defaultValue = "") String accept) {
    find(id);
    return show(
        decisions
            .version(id, version)
            .orElseThrow(
                () ->
                    new NotThereException(
                        "Decision '%s' has no version %d; the latest is %d"
                            .formatted(id, version, find(id).getVersion()))),
        accept);
  }

  @Operation(
      summary = "Change a table",
      description =
          """
          The body is a DMN file with this one decision: the same inputs, outputs and hit policy, \
          FEEL in its cells. It is tried on past runs first; the answer shows which of them would \
          now be decided otherwise. The next run decides by it.""")
  @ApiResponse(responseCode = "200", description = "Deployed, or only tried")
  @ApiResponse(
      responseCode = "400",
      description = "Not usable; the detail tells everything to change",
      content = @Content(mediaType = MediaType.APPLICATION_PROBLEM_JSON_VALUE))
  @ApiResponse(
      responseCode = "412",
      description = "Somebody else changed it since the version in If-Match",
      content = @Content(mediaType = MediaType.APPLICATION_PROBLEM_JSON_VALUE))
  @PutMapping("/{id}")
  ResponseEntity<Decisions.Edit> change(
      @PathVariable String id,
      @Parameter(description = "Only try it") @RequestParam(defaultValue = "false") boolean dryRun,
      @Parameter(description = "ETag of the version that was edited, or * for whichever there is")
          @RequestHeader(name = HttpHeaders.IF_MATCH, required = false)
          String expected,
      @RequestBody(required = false) byte[] dmn,
      Principal user) {
    DecisionDefinition live = find(id);
    decisions.requireChange(id);
    if (dmn == null || dmn.length == 0) {
      throw new UnusableTableException(List.of("the request has no body; expected a DMN file"));
    }
    if (dmn.length > LARGEST) {
      throw new UnusableTableException(
          List.of("the file has %d bytes; expected at most %d".formatted(dmn.length, LARGEST)));
    }
    String edited = "*".equals(expected) ? null : expected;
    if (edited != null && !edited.equals(etag(live))) {
      throw new OvertakenException(live.getVersion(), edited);
    }
    Decisions.Edit edit = decisions.change(live, dmn, dryRun, user.getName(), edited);
    return ResponseEntity.ok()
        .eTag("\"" + edit.version().version() + "\"")
        .contentType(MediaType.APPLICATION_JSON)
        .body(edit);
  }

  @ExceptionHandler
  ProblemDetail notThere(NotThereException e) {
    return ProblemDetail.forStatusAndDetail(HttpStatus.NOT_FOUND, e.getMessage());
  }

  @ExceptionHandler
  ProblemDetail overtaken(OvertakenException e) {
    return ProblemDetail.forStatusAndDetail(HttpStatus.PRECONDITION_FAILED, e.getMessage());
  }

  @ExceptionHandler
  ProblemDetail unusable(UnusableTableException e) {
    ProblemDetail problem =
        ProblemDetail.forStatusAndDetail(HttpStatus.BAD_REQUEST, e.getMessage());
    problem.setProperty("findings", e.findings());
    return problem;
  }

  private DecisionDefinition find(String id) {
    return decisions
        .latest(id)
        .orElseThrow(
            () ->
                new NotThereException(
                    "There is no decision '%s'; there are %s"
                        .formatted(
                            id,
                            decisions.all().stream().map(DecisionDefinition::getKey).toList())));
  }

  private ResponseEntity<Object> show(DecisionDefinition definition, String accept) {
    ResponseEntity.BodyBuilder answer = ResponseEntity.ok().eTag(etag(definition));
    if (accept.contains("xml")) {
      return answer
          .contentType(MediaType.APPLICATION_XML)
          .header(
              HttpHeaders.CONTENT_DISPOSITION,
              ContentDisposition.inline().filename(definition.getKey() + ".dmn").build().toString())
          .body(decisions.file(definition));
    }
    return answer
        .contentType(MediaType.APPLICATION_JSON)
        .body(new Shown(decisions.describe(definition), decisions.table(definition).orElse(null)));
  }

  private static String etag(DecisionDefinition definition) {
    return "\"" + definition.getVersion() + "\"";
  }
}
