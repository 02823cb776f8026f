package org.bpmnmlops.report;

import java.util.List;
import org.bpmnmlops.wording.Words;

/** A report's words for the template. */
final class ReportPage {

  private final Report report;

  ReportPage(Report report) {
    this.report = report;
  }

  public String title() {
    return report.kind().title();
  }

  public String verdict() {
    return report.summary().verdict().words();
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
    return report.summary().verdict().text();
  }

  /** A sign beside the verdict, so that it does not hang on colours. */
  public String sign() {
    return report.summary().verdict().sign();
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
