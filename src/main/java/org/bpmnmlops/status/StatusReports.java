package org.bpmnmlops.status;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.swagger.v3.oas.annotations.media.Schema;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import org.springframework.stereotype.Component;

/** Takes reports, from callers of the REST API and from this server's own runs alike. */
@Component
class StatusReports {

  static final String DEFAULT_DAG_ID = "advertising-pipeline";

  /** The name of the advertising pipeline in the system this one replaces. */
  private static final String ALIAS = "ml_pipeline_lab";

  /** What the reporter is answered. */
  @JsonPropertyOrder({"status", "dag_id", "accuracy"})
  record Updated(
      @JsonProperty("status") @Schema(example = "updated") String status,
      @JsonProperty("dag_id") String dagId,
      @JsonProperty("accuracy") Double accuracy) {}

  private final StatusHistory history;
  private final StatusReportReader reader;
  private final Clock clock;

  StatusReports(StatusHistory history, StatusReportReader reader, Clock clock) {
    this.history = history;
    this.reader = reader;
    this.clock = clock;
  }

  /**
   * Stores a report, in the caller's transaction where it has one.
   *
   * @param body JSON in UTF-8
   * @param key with one, the same report counts once, however often it comes; may be null
   * @throws UnreadableReportException when it cannot be used; the message names the field
   */
  Updated take(byte[] body, String key) {
    StatusHistory.Entry report = reader.read(body, DEFAULT_DAG_ID);
    StatusHistory.Entry stored = report.withDagId(pipeline(report.dagId()));
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    if (key == null || key.isBlank()) {
      history.add(stored, now);
    } else {
      history.addOnce(stored, now, hash(key, stored));
    }
    return new Updated("updated", report.dagId(), report.accuracy());
  }

  /** The pipeline that callers may call by its old name, or not name at all. */
  static String pipeline(String dagId) {
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
