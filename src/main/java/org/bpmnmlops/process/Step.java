package org.bpmnmlops.process;

import java.util.List;
import org.camunda.bpm.engine.delegate.JavaDelegate;

/**
 * A step of a pipeline: a Spring bean that a service task names as {@code ${buildModelDelegate}}.
 * Implement {@code execute} so that it may run again after a crash.
 */
@ForModels
public interface Step extends JavaDelegate {

  StepDeclaration declaration();

  /**
   * Parameters of other steps as a process with this step has them, where it bears fewer values
   * than they do.
   */
  default List<Parameter<?>> narrowed() {
    return List.of();
  }
}
