package org.bpmnmlops.registry;

import java.util.regex.Pattern;
import org.bpmnmlops.process.Parameter;

/** The parameters of the steps around the registry. */
public final class RegistryParameters {

  /**
   * Shared by every step that means a model of the registry. The name is a folder's, and part of
   * addresses.
   */
  public static final Parameter<String> MODEL_NAME =
      Parameter.text(
              "modelName",
              "Name of the model in the registry: letters, digits, - and _.",
              Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,99}"),
              "at most 100 letters from A to Z, digits, - and _, a letter or digit first")
          .mandatory();

  private RegistryParameters() {}
}
