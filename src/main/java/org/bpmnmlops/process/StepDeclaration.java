package org.bpmnmlops.process;

import java.util.List;

/**
 * What a step tells about itself, once. The checks at deployment and at the start, the element
 * templates, the start form and the command line are derived from it.
 *
 * @param name of the task in a diagram, verb and object: "Build model"
 * @param help one sentence for whoever draws the pipeline: what the step does
 * @param parameters settings it reads
 * @param outputs variables it sets
 * @param errors conditions the diagram must handle with a boundary error event
 */
public record StepDeclaration(
    String name,
    String help,
    List<Parameter<?>> parameters,
    List<ProcessVariable<?>> outputs,
    List<ErrorCode> errors) {

  public StepDeclaration {
    parameters = List.copyOf(parameters);
    outputs = List.copyOf(outputs);
    errors = List.copyOf(errors);
  }
}
