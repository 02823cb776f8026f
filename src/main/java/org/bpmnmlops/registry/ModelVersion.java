package org.bpmnmlops.registry;

import java.time.Instant;

/**
 * A version of a named model.
 *
 * @param version from 1; a number is never given twice
 * @param run id of the run that registered it
 * @param pipeline key of that run's process
 * @param algorithm as written in the diagram: {@code logistic-regression}
 * @param accuracy on its held-out rows, 0 to 1
 * @param dataHash SHA-256 of the data set's file
 * @param fingerprint SHA-256 of data hash, parameters and seed: equal for what would be the same
 *     model
 * @param modelHash SHA-256 of the model's file
 */
public record ModelVersion(
    String name,
    int version,
    String run,
    String pipeline,
    String algorithm,
    double accuracy,
    String dataHash,
    String fingerprint,
    String modelHash,
    Instant registeredAt) {

  /** For people: {@code advertising v3}. */
  @Override
  public String toString() {
    return name + " v" + version;
  }
}
