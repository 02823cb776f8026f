package org.bpmnmlops.backfill;

import java.time.Instant;
import java.time.LocalDate;

/**
 * What somebody asked for.
 *
 * @param id process instance of process {@code backfill}
 * @param lanes days run at once
 * @param rerun {@code none}, {@code failed} or {@code all}
 * @param starter user id; null where the engine started it
 */
public record Backfill(
    String id,
    String pipeline,
    LocalDate from,
    LocalDate to,
    int lanes,
    String rerun,
    boolean dryRun,
    boolean stopped,
    String starter,
    Instant startedAt) {}
