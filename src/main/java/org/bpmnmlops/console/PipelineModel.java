package org.bpmnmlops.console;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the pages need of a drawn pipeline.
 *
 * @param steps tasks in the order of the happy path, then those of the failure paths
 * @param retryTimers waiting events of retry loops by id, and the id of the step each leads back to
 * @param parameters in the order of the diagram, then those only declared
 * @param outputs names of the variables that the steps set
 */
record PipelineModel(
    String processDefinitionId,
    String name,
    String description,
    List<ModelStep> steps,
    Map<String, String> retryTimers,
    List<ModelParameter> parameters,
    Set<String> outputs,
    List<Flow> flows) {

  /**
   * A task.
   *
   * @param id in the diagram
   * @param type as in BPMN: {@code serviceTask}, {@code callActivity}
   * @param repeated whether the model itself lets it run several times: it is multi-instance, or
   *     inside of something that is
   * @param outputs names of the variables it sets
   */
  record ModelStep(String id, String name, String type, boolean repeated, Set<String> outputs) {

    /** A step that only old versions have. */
    static ModelStep unknown(String id, String name, String type) {
      return new ModelStep(id, name, type, false, Set.of());
    }
  }

  Optional<ModelStep> step(String id) {
    return steps.stream().filter(step -> step.id().equals(id)).findFirst();
  }

  /** What the steps before this one set. */
  Set<String> outputsBefore(ModelStep step) {
    Set<String> before = new TreeSet<>();
    steps.stream()
        .takeWhile(other -> !other.equals(step))
        .forEach(other -> before.addAll(other.outputs()));
    return before;
  }

  /**
   * An arrow.
   *
   * @param source id of the node it leaves; likewise {@code target}
   * @param oneOfMany whether whoever leaves that node takes one arrow only
   */
  record Flow(String id, String source, String target, boolean oneOfMany) {}

  /**
   * A parameter as a start form needs it.
   *
   * @param kind see {@link org.bpmnmlops.process.Parameter.Kind}, in lower case
   * @param value what a run gets when the caller names none: from the diagram, else declared; null
   *     where there is none
   * @param expected what may be entered, in words
   * @param min null where there is no limit; so is {@code max}
   */
  record ModelParameter(
      String name,
      String kind,
      String help,
      boolean required,
      Object value,
      String expected,
      Object min,
      Object max,
      List<String> choices) {}
}
