package org.bpmnmlops.console;

import java.time.Instant;
import java.time.LocalDate;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.format.annotation.DateTimeFormat.ISO;

/**
 * Which runs a list holds; whatever is null or blank does not matter.
 *
 * @param pipeline process id
 * @param state {@code queued}, {@code active} or {@code ended}
 * @param outcome {@code success}, {@code failed} or {@code cancelled}
 * @param status one of {@link RunRow#status()}
 * @param from first moment of the start; {@code to} is the first that is too late
 * @param logicalFrom first logical date; {@code logicalTo} is the last
 * @param starter user id
 * @param parameter what the run was started with, as {@code name=value}
 */
record RunFilter(
    String pipeline,
    String state,
    String outcome,
    String status,
    @DateTimeFormat(iso = ISO.DATE_TIME) Instant from,
    @DateTimeFormat(iso = ISO.DATE_TIME) Instant to,
    @DateTimeFormat(iso = ISO.DATE) LocalDate logicalDate,
    @DateTimeFormat(iso = ISO.DATE) LocalDate logicalFrom,
    @DateTimeFormat(iso = ISO.DATE) LocalDate logicalTo,
    String starter,
    String parameter) {

  RunFilter of(String other) {
    return new RunFilter(
        other,
        state,
        outcome,
        status,
        from,
        to,
        logicalDate,
        logicalFrom,
        logicalTo,
        starter,
        parameter);
  }
}
