package org.bpmnmlops.engine;

import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.impl.ProcessInstantiationBuilderImpl;
import org.camunda.bpm.engine.runtime.ProcessInstantiationBuilder;
import org.springframework.stereotype.Component;

/** Begins runs that go on where another one ended, with the variables the caller chooses. */
@Component
public class Restarts {

  private final RuntimeService runtime;

  Restarts(RuntimeService runtime) {
    this.runtime = runtime;
  }

  /**
   * A run of this version that may begin at any activity. It takes a slot in the start transaction;
   * {@code execute} throws {@code BadUserRequestException} while none is free.
   *
   * @param earlier id of the run that it goes on from
   */
  public ProcessInstantiationBuilder of(String processDefinitionId, String earlier) {
    var start =
        (ProcessInstantiationBuilderImpl) runtime.createProcessInstanceById(processDefinitionId);
    start.setRestartedProcessInstanceId(earlier);
    return start;
  }
}
