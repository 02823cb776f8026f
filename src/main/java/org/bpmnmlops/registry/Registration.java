package org.bpmnmlops.registry;

import org.bpmnmlops.process.InvalidParameterException;

/**
 * What a run asks to be registered; files are references.
 *
 * @param name of the model, also its folder's
 * @param process id of the process definition, which names its version
 * @param model the model's file
 * @param modelHash SHA-256 that file must have
 * @param preprocessed the rows it was trained and evaluated on
 * @param separation the record of their sides
 */
public record Registration(
    String name,
    String run,
    String pipeline,
    String process,
    String model,
    String modelHash,
    String evaluation,
    String preprocessed,
    String separation,
    String dataHash) {

  /**
   * @throws InvalidParameterException when the name cannot be a folder and part of an address
   */
  public Registration {
    RegistryParameters.MODEL_NAME.check(name);
  }
}
