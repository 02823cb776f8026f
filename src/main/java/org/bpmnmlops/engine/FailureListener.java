package org.bpmnmlops.engine;

import java.util.Map;
import org.bpmnmlops.process.PipelineVariables;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.impl.context.Context;

/**
 * An intermediate event of the diagram that states why the run fails, such as "Model below the
 * bar": its extension properties {@code failureCode} and {@code failureMessage}, which may hold
 * expressions, become the variables of the same names. (The engine ignores input/output mappings on
 * such events.)
 */
final class FailureListener implements ExecutionListener {

  static final String CODE = PipelineVariables.FAILURE_CODE.name();

  private final String code;
  private final String message;

  FailureListener(Map<String, String> properties) {
    this.code = properties.get(CODE);
    this.message = properties.getOrDefault(PipelineVariables.FAILURE_MESSAGE.name(), "");
  }

  @Override
  public void notify(DelegateExecution execution) {
    PipelineVariables.FAILURE_CODE.set(execution, code);
    Object text =
        Context.getProcessEngineConfiguration()
            .getExpressionManager()
            .createExpression(message)
            .getValue(execution);
    PipelineVariables.FAILURE_MESSAGE.set(execution, String.valueOf(text));
  }
}
