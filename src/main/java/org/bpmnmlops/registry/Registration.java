package org.bpmnmlops.registry;

import java.util.regex.Pattern;

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

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,99}");

  /**
   * @throws IllegalArgumentException when the name cannot be a folder and part of an address
   */
  public Registration {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "Parameter 'modelName' is '%s'; expected at most 100 letters, digits, - and _"
              .formatted(name));
    }
  }
}
