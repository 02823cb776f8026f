package org.bpmnmlops.training;

/**
 * Where a model comes from.
 *
 * @param dataHash SHA-256 of the data set's file
 * @param run id of the run that trained it
 * @param process id of the process definition, which names its version
 */
public record Origin(String dataHash, String run, String process) {}
