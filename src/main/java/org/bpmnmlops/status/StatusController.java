package org.bpmnmlops.status;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * The status API: the paths, fields and answers of the Flask service of the advertising lab, so
 * that its callers keep working once they log in. Unlike there, reports outlive a restart and what
 * cannot be read is answered 400.
 */
@RestController
@RequestMapping(path = "/api/v1", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Status", description = "What each pipeline last reported")
class StatusController {

  private static final int LONGEST_BODY_BYTES = 64 * 1024;

  @JsonPropertyOrder({"status", "run_id", "accuracy", "updated"})
  record Status(
      @JsonProperty("status") @Schema(example = "success") String status,
      @JsonProperty("run_id") @Schema(example = "scheduled__2026-11-22") String runId,
      @JsonProperty("accuracy") @Schema(example = "0.9", nullable = true) Double accuracy,
      @JsonProperty("updated") @Schema(example = "2026-11-22T00:00:03.120Z") Instant updated) {}

  private final StatusReports reports;
  private final StatusHistory history;
  private final StatusReportReader reader;

  StatusController(StatusReports reports, StatusHistory history, StatusReportReader reader) {
    this.reports = reports;
    this.history = history;
    this.reader = reader;
  }

  @Operation(
      summary = "Reports the status of a run",
      description =
          "With an Idempotency-Key header the same report counts once, however often it is sent.",
      requestBody =
          @RequestBody(content = @Content(schema = @Schema(implementation = StatusReport.class))))
  @PostMapping("/update-status")
  StatusReports.Updated update(
      HttpServletRequest request,
      @RequestHeader(name = StatusApi.IDEMPOTENCY_KEY, required = false) String key)
      throws IOException {
    return reports.take(body(request), key);
  }

  @Operation(
      summary = "The last status a pipeline reported",
      description = "An empty object when it never reported. ml_pipeline_lab is an alias.")
  @GetMapping("/status")
  Object status(
      @RequestParam(name = "dag_id", defaultValue = StatusReports.DEFAULT_DAG_ID) String dagId) {
    return history
        .latest(StatusReports.pipeline(reader.dagId(dagId.strip())))
        .<Object>map(
            latest ->
                new Status(latest.status(), latest.runId(), latest.accuracy(), latest.reportedAt()))
        .orElse(Map.of());
  }

  @ExceptionHandler
  ProblemDetail unreadable(UnreadableReportException e) {
    ProblemDetail problem =
        ProblemDetail.forStatusAndDetail(HttpStatus.BAD_REQUEST, e.getMessage());
    problem.setTitle("The status report cannot be read");
    if (e.field() != null) {
      problem.setProperty("field", e.field());
      problem.setProperty("value", e.value());
    }
    problem.setProperty("expected", e.expected());
    return problem;
  }

  private static byte[] body(HttpServletRequest request) throws IOException {
    byte[] body = request.getInputStream().readNBytes(LONGEST_BODY_BYTES + 1);
    if (body.length > LONGEST_BODY_BYTES) {
      throw new UnreadableReportException(
          "The body is too long", "at most %d bytes".formatted(LONGEST_BODY_BYTES));
    }
    return body;
  }
}
