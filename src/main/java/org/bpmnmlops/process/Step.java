package org.bpmnmlops.process;

import org.camunda.bpm.engine.delegate.JavaDelegate;

/**
 * A step of a pipeline: a Spring bean that a service task names as {@code ${buildModelDelegate}}.
 * Implement {@code execute} so that it may run again after a crash.
 */
@ForModels
public interface Step extends JavaDelegate {

  StepDeclaration declaration();
}
