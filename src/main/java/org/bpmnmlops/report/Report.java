package org.bpmnmlops.report;

import java.util.List;

/**
 * A report; its records are the schema of the JSON twin, see {@code docs/reports.md}. Null means
 * not known or not defined.
 */
public sealed interface Report permits QualityReport, DriftReport, PerformanceReport {

  ReportKind kind();

  /** Of the JSON twin's schema; names are added without raising it. */
  int version();

  ReportSubject subject();

  ReportSummary summary();

  /** What is wrong with the data, to be corrected by whoever delivers them. */
  List<Finding> findings();

  /** Sentences that say how numbers came about, such as that they are of a sample. */
  List<String> notes();
}
