package org.bpmnmlops.serving;

import static org.bpmnmlops.process.PipelineVariables.MODEL_VERSION;
import static org.bpmnmlops.registry.RegistryParameters.MODEL_NAME;

import java.util.List;
import org.bpmnmlops.process.ProcessVariable;
import org.bpmnmlops.process.Step;
import org.bpmnmlops.process.StepDeclaration;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** Service task "Predict": scores the case of any process by its variables. */
@Component
class PredictDelegate implements Step {

  static final ProcessVariable<String> PREDICTION =
      ProcessVariable.text("prediction", "The class the model finds most probable.");
  static final ProcessVariable<Double> PROBABILITY =
      ProcessVariable.number("predictionProbability", "Its probability, 0 to 1.");
  static final ProcessVariable<String> PREDICTION_ID =
      ProcessVariable.text("predictionId", "Feed the actual outcome back by this.");

  private final CasePredictor predictor;

  PredictDelegate(CasePredictor predictor) {
    this.predictor = predictor;
  }

  @Override
  public void execute(DelegateExecution execution) {
    var prediction =
        predictor.predict(
            MODEL_NAME.get(execution), execution.getVariables(), execution.getProcessInstanceId());
    PREDICTION.set(execution, prediction.prediction());
    PROBABILITY.set(execution, prediction.probabilities().get(prediction.prediction()));
    PREDICTION_ID.set(execution, prediction.id().toString());
    MODEL_VERSION.set(execution, prediction.row().version().longValue());
  }

  @Override
  public StepDeclaration declaration() {
    return new StepDeclaration(
        "Predict",
        "Scores the process's variables that are named as the model's columns.",
        List.of(MODEL_NAME),
        List.of(PREDICTION, PROBABILITY, PREDICTION_ID, MODEL_VERSION),
        List.of());
  }
}
