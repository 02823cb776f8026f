package org.bpmnmlops.serving;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bpmnmlops.production.ProductionData;
import org.springframework.stereotype.Component;

/**
 * Predicts for a process. The prediction is recorded in the transaction of the step: a step that is
 * rolled back and runs again leaves one row.
 */
@Component
class CasePredictor {

  private final Serving serving;
  private final Predictor predictor;
  private final ProductionData production;

  CasePredictor(Serving serving, Predictor predictor, ProductionData production) {
    this.serving = serving;
    this.predictor = predictor;
    this.production = production;
  }

  /**
   * @param variables of the process; those named as the model's columns are the row
   * @throws NoModelException when there is no model
   * @throws UnusableInputException when a variable does not fit its column
   */
  Predictor.Prediction predict(String model, Map<String, Object> variables, String run) {
    ServedModel served = serving.model(model);
    Map<String, Object> row = new HashMap<>(variables);
    row.keySet().retainAll(served.columns().names());
    Predictor.Prediction prediction = predictor.predict(served, List.of(row), false, run).get(0);
    production.record(List.of(prediction.row()));
    return prediction;
  }
}
