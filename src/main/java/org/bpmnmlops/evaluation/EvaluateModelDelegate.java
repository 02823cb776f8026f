package org.bpmnmlops.evaluation;

import static org.bpmnmlops.evaluation.EvaluationParameters.FOLDS;
import static org.bpmnmlops.evaluation.EvaluationParameters.MINIMUM_ACCURACY;
import static org.bpmnmlops.process.PipelineErrors.DATA_INVALID;
import static org.bpmnmlops.process.PipelineErrors.TRAINING_FAILED;
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
import org.bpmnmlops.data.InvalidDataException;
import org.bpmnmlops.process.Step;
import org.bpmnmlops.process.StepDeclaration;
import org.bpmnmlops.training.TrainingFailedException;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** Service task "Evaluate model": measures the model on the rows that were kept back. */
@Component
class EvaluateModelDelegate implements Step {

  private final RunEvaluator evaluator;

  EvaluateModelDelegate(RunEvaluator evaluator) {
    this.evaluator = evaluator;
  }

  @Override
  public void execute(DelegateExecution execution) {
    int folds = Math.toIntExact(FOLDS.get(execution));
    if (folds > 1) {
      crossValidate(execution, folds);
    } else {
      evaluate(execution);
    }
  }

  private void crossValidate(DelegateExecution execution, int folds) {
    try {
      var stored =
          evaluator.crossValidate(
              execution.getProcessInstanceId(),
              MODEL.get(execution),
              MODEL_HASH.get(execution),
              PREPROCESSED_DATA.get(execution),
              SEPARATION.get(execution),
              folds);
      EVALUATION.set(execution, stored.reference());
      ACCURACY.set(execution, stored.validation().of(Metric.ACCURACY));
    } catch (InvalidDataException e) {
      throw DATA_INVALID.because(e);
    } catch (TrainingFailedException e) {
      throw TRAINING_FAILED.because(e);
    }
  }

  private void evaluate(DelegateExecution execution) {
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
            + " frequent class; or what it learned from, by cross-validation.",
        List.of(MINIMUM_ACCURACY, FOLDS),
        List.of(EVALUATION, ACCURACY, ACCURACY_LOW, ACCURACY_HIGH, BASELINE_ACCURACY),
        List.of(DATA_INVALID, TRAINING_FAILED));
  }
}
