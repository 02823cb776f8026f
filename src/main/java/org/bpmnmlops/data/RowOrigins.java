package org.bpmnmlops.data;

/**
 * Where rows came from, one value per row.
 *
 * @param prediction the {@code predictionId}; missing for rows of a data set
 * @param time since when the row is known, as ISO 8601 in UTC; missing where nobody noted it
 */
public record RowOrigins(TextColumn prediction, TextColumn time) {}
