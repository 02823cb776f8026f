package org.bpmnmlops.report;

/**
 * A number that matters.
 *
 * @param name does not change between reports, such as {@code driftShare}
 * @param label for people
 * @param value null where it is not known
 * @param text the value as people read it, with its unit
 * @param help what it counts, in a few words
 */
public record Figure(String name, String label, Double value, String text, String help) {}
