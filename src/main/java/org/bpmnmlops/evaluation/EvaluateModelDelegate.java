package org.bpmnmlops.evaluation;

import static org.bpmnmlops.process.PipelineVariables.ACCURACY;
import static org.bpmnmlops.process.PipelineVariables.ACCURACY_HIGH;
import static org.bpmnmlops.process.PipelineVariables.ACCURACY_LOW;
import static org.bpmnmlops.process.PipelineVariables.BASELINE_ACCURACY;
import static org.bpmnmlops.process.PipelineVariables.EVALUATION;
import static org.bpmnmlops.process.PipelineVariables.MODEL;
import static org.bpmnmlops.process.PipelineVariables.MODEL_HASH;
import static org.bpmnmlops.process.PipelineVariables.PREPROCESSED_DATA;
import static org.bpmnmlops.process.PipelineVariables.SEPARATION;

import java.util.List;
import org.bpmnmlops.process.Parameter;
import org.bpmnmlops.process.Step;
import org.bpmnmlops.process.StepDeclaration;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** Service task "Evaluate model": measures the model on the rows that were kept back. */
@Component
class EvaluateModelDelegate implements Step {

  /** Read by the gateway after this step. */
  static final Parameter<Double> MINIMUM_ACCURACY =
      Parameter.number("minimumAccuracy", "Accuracy a model needs to be good enough.")
          .between(0.0, 1.0)
          .byDefault(0.75);

  private final RunEvaluator evaluator;

  EvaluateModelDelegate(RunEvaluator evaluator) {
    this.evaluator = evaluator;
  }

  @Override
  public void execute(DelegateExecution execution) {
    var stored =
        evaluator.evaluate(
            execution.getProcessInstanceId(),
            MODEL.get(execution),
            MODEL_HASH.get(execution),
            PREPROCESSED_DATA.get(execution),
            SEPARATION.get(execution));
    EVALUATION.set(execution, stored.reference());
    ACCURACY.set(execution, stored.evaluation().accuracy());
    ACCURACY_LOW.set(execution, stored.evaluation().accuracyLow());
    ACCURACY_HIGH.set(execution, stored.evaluation().accuracyHigh());
    BASELINE_ACCURACY.set(execution, stored.evaluation().baselineAccuracy());
  }

  @Override
  public StepDeclaration declaration() {
    return new StepDeclaration(
        "Evaluate model",
        "Measures the model on the rows it has not seen, beside always answering the most"
            + " frequent class.",
        List.of(MINIMUM_ACCURACY),
        List.of(EVALUATION, ACCURACY, ACCURACY_LOW, ACCURACY_HIGH, BASELINE_ACCURACY),
        List.of());
  }
}
