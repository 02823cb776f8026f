package org.bpmnmlops.evaluation;

import org.bpmnmlops.process.Parameter;

/** The parameters of Evaluate model. */
public final class EvaluationParameters {

  /** Read by the gateway or the decision table after the evaluation. */
  public static final Parameter<Double> MINIMUM_ACCURACY =
      Parameter.number("minimumAccuracy", "Accuracy a model needs to be good enough.")
          .between(0.0, 1.0)
          .byDefault(0.75);

  /** What registers a model needs the measures on held-out rows, and so 0. */
  public static final Parameter<Long> FOLDS =
      Parameter.wholeNumber(
              "folds",
              "0 measures on the held-out rows, as Register model needs it; 2 and more by"
                  + " cross-validation on the training rows alone, in so many folds.")
          .between(0L, 20L)
          .byDefault(0L);

  private EvaluationParameters() {}
}
