package org.bpmnmlops.report;

import java.time.Instant;

/** What is kept in mind of the report before. */
public record PreviousReport(Instant createdAt, ReportSummary summary) {}
