package org.bpmnmlops.registry;

import org.bpmnmlops.process.Parameter;

/** The parameters of the steps around the registry. */
public final class RegistryParameters {

  /** Shared by every step that means a model of the registry. */
  public static final Parameter<String> MODEL_NAME =
      Parameter.text("modelName", "Name of the model in the registry: letters, digits, - and _.")
          .mandatory();

  private RegistryParameters() {}
}
