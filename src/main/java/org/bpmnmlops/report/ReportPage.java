package org.bpmnmlops.report;

import java.util.List;

/** A report's words for the template. */
final class ReportPage {

  private final Report report;

  ReportPage(Report report) {
    this.report = report;
  }

  public String title() {
    return report.kind().title();
  }

  /** What the report is about, on one line. */
  public String about() {
    ReportSubject subject = report.subject();
    return "%s, version %d".formatted(subject.model(), subject.modelVersion());
  }

  public String createdAt() {
    return Words.time(report.subject().createdAt());
  }

  /** The window over the production data; empty where it has no begin. */
  public String window() {
    ReportSubject subject = report.subject();
    return subject.from() == null || subject.to() == null
        ? ""
        : "Production data from %s to %s"
            .formatted(Words.time(subject.from()), Words.time(subject.to()));
  }

  public String tone() {
    return report.summary().verdict().name().toLowerCase(java.util.Locale.ROOT);
  }

  /** A sign beside the verdict, so that it does not hang on colours. */
  public String sign() {
    return switch (report.summary().verdict()) {
      case GOOD -> "✓";
      case WARN -> "!";
      case BAD -> "✕";
      case UNKNOWN -> "?";
    };
  }

  public String sinceWhen() {
    return report.summary().previousAt() == null
        ? "This is the first report of its kind"
        : "Since the report of " + Words.time(report.summary().previousAt());
  }

  public List<String> changes() {
    return report.summary().previousAt() != null && report.summary().changes().isEmpty()
        ? List.of("Nothing that matters has changed.")
        : report.summary().changes();
  }
}
