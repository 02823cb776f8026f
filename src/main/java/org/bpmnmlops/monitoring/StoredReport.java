package org.bpmnmlops.monitoring;

import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.bpmnmlops.report.ReportKind;

/**
 * A report that was written.
 *
 * @param id its name, such as {@code data_drift_report_20261125_180000}
 * @param run that wrote it
 * @param model it is about
 * @param version of that model
 * @param verdict in a word or two
 * @param summary in a sentence
 */
record StoredReport(
    String id,
    ReportKind kind,
    String run,
    String model,
    int version,
    String verdict,
    String summary,
    Instant createdAt) {

  private static final String REPORT = "_report";

  /** A kind as addresses and the database have it: {@code data_drift}. */
  static String text(ReportKind kind) {
    return kind.prefix().substring(0, kind.prefix().length() - REPORT.length());
  }

  /** The kind of this text. */
  static Optional<ReportKind> kind(String text) {
    return Arrays.stream(ReportKind.values()).filter(kind -> text(kind).equals(text)).findFirst();
  }

  /** The name of a report: that of its file without the ending. */
  static String id(ReportKind kind, Instant createdAt) {
    String file = kind.fileName(createdAt);
    return file.substring(0, file.lastIndexOf('.'));
  }

  /** Whether a report of this kind is named so. */
  static boolean isNamed(ReportKind kind, String id) {
    return id.matches(kind.prefix() + "_\\d{8}_\\d{6}");
  }
}
