package org.bpmnmlops.registry;

import java.time.Instant;

/**
 * Which version an alias names.
 *
 * @param by user id, or the run that decided
 */
public record ModelAlias(Alias alias, int version, Instant since, String by, String reason) {}
