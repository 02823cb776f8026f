package org.bpmnmlops.evaluation;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

/**
 * One class against the rest.
 *
 * @param name the class
 * @param testRows held-out rows of this class
 */
public record ClassScores(String name, int testRows, @JsonUnwrapped Scores scores) {}
