package org.bpmnmlops.report;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** The three reports. */
public enum ReportKind {
  DATA_QUALITY("data_quality_report", "Data quality"),
  DATA_DRIFT("data_drift_report", "Data drift"),
  MODEL_PERFORMANCE("model_performance_report", "Model performance");

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd_HHmmss").withZone(ZoneOffset.UTC);

  private final String prefix;
  private final String title;

  ReportKind(String prefix, String title) {
    this.prefix = prefix;
    this.title = title;
  }

  /** What the names of such reports begin with: {@code data_drift_report}. */
  public String prefix() {
    return prefix;
  }

  /** As a heading says it. */
  public String title() {
    return title;
  }

  /** Name of the HTML file: {@code data_drift_report_20261125_060000.html}, in UTC. */
  public String fileName(Instant createdAt) {
    return "%s_%s.html".formatted(prefix, TIME.format(createdAt));
  }
}
