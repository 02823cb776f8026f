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
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
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

  static final String DEFAULT_DAG_ID = "advertising-pipeline";

  /** The name of the advertising pipeline in the system this one replaces. */
  private static final String ALIAS = "ml_pipeline_lab";

  private static final int LONGEST_BODY_BYTES = 64 * 1024;

  @JsonPropertyOrder({"status", "dag_id", "accuracy"})
  record Updated(
      @JsonProperty("status") @Schema(example = "updated") String status,
      @JsonProperty("dag_id") String dagId,
      @JsonProperty("accuracy") Double accuracy) {}

  @JsonPropertyOrder({"status", "run_id", "accuracy", "updated"})
  record Status(
      @JsonProperty("status") @Schema(example = "success") String status,
      @JsonProperty("run_id") @Schema(example = "scheduled__2026-11-22") String runId,
      @JsonProperty("accuracy") @Schema(example = "0.9", nullable = true) Double accuracy,
      @JsonProperty("updated") @Schema(example = "2026-11-22T00:00:03.120Z") Instant updated) {}

  private final StatusHistory history;
  private final StatusReportReader reader;
  private final Clock clock;

  StatusController(StatusHistory history, StatusReportReader reader, Clock clock) {
    this.history = history;
    this.reader = reader;
    this.clock = clock;
  }

  @Operation(
      summary = "Reports the status of a run",
      description =
          "With an Idempotency-Key header the same report counts once, however often it is sent.",
      requestBody =
          @RequestBody(content = @Content(schema = @Schema(implementation = StatusReport.class))))
  @PostMapping("/update-status")
  Updated update(
      HttpServletRequest request,
      @RequestHeader(name = StatusApi.IDEMPOTENCY_KEY, required = false) String key)
      throws IOException {
    StatusHistory.Entry report = reader.read(body(request), DEFAULT_DAG_ID);
    StatusHistory.Entry stored = report.withDagId(pipeline(report.dagId()));
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    if (key == null || key.isBlank()) {
      history.add(stored, now);
    } else {
      history.addOnce(stored, now, hash(key, stored));
    }
    return new Updated("updated", report.dagId(), report.accuracy());
  }

  @Operation(
      summary = "The last status a pipeline reported",
      description = "An empty object when it never reported. ml_pipeline_lab is an alias.")
  @GetMapping("/status")
  Object status(@RequestParam(name = "dag_id", defaultValue = DEFAULT_DAG_ID) String dagId) {
    return history
        .latest(pipeline(reader.dagId(dagId.strip())))
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

  private static String pipeline(String dagId) {
    return dagId.isEmpty() || dagId.equals(ALIAS) ? DEFAULT_DAG_ID : dagId;
  }

  private static String hash(String key, StatusHistory.Entry report) {
    try {
      byte[] content = (key + "\n" + report).getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }
}
