package org.bpmnmlops.backfill;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.LocalDate;

/**
 * One day of a backfill.
 *
 * @param state {@code planned}, {@code skipped}, or of its run: {@code queued}, {@code active},
 *     {@code success}, {@code failed}, {@code cancelled}
 * @param reason why it is skipped; null otherwise
 * @param run id of its run; null where there is none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BackfillDate(LocalDate date, String state, String reason, String run) {}
