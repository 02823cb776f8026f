package org.bpmnmlops.run;

import java.time.Instant;
import java.time.LocalDate;

/**
 * A run that has just been started.
 *
 * @param id the process instance's id
 * @param pipeline the process definition's key
 * @param processVersion version of the process definition
 * @param businessKey {@code scheduled__<date>}, {@code manual__<instant>}, {@code backfill__<date>}
 *     or what the caller chose
 * @param starter user id, also where a process that the user started called it; null where a timer
 *     started it
 * @param logicalDate the day the run stands for (UTC)
 * @param caller the process instance that called it, such as a backfill; null where none did
 * @param maxActive the run goes on only while fewer runs than this are active
 */
public record NewRun(
    String id,
    String pipeline,
    int processVersion,
    String businessKey,
    String starter,
    LocalDate logicalDate,
    String caller,
    int maxActive,
    Instant startedAt) {

  /** Backfills let the others pass: lower numbers go first. */
  int priority() {
    return businessKey.startsWith("backfill__") ? 1 : 0;
  }
}
