package org.bpmnmlops.report;

import java.time.Instant;

/**
 * What a report is about.
 *
 * @param model name of the live model
 * @param modelVersion its version; 1 is the first
 * @param createdAt when the report was made
 * @param from begin of the window over the production data; null where it has none
 * @param to its end; null where it has none
 * @param run the run that made the report, as the engine calls it; null outside of one
 */
public record ReportSubject(
    String model, int modelVersion, Instant createdAt, Instant from, Instant to, String run) {}
