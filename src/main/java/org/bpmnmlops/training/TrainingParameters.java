package org.bpmnmlops.training;

import java.util.Arrays;
import java.util.List;
import org.bpmnmlops.process.Parameter;
import org.bpmnmlops.training.TrainingSettings.Algorithm;
import org.bpmnmlops.training.TrainingSettings.ClassWeight;
import org.bpmnmlops.training.TrainingSettings.Scaling;

/** The parameters of Build model. */
public final class TrainingParameters {

  public static final Parameter<String> ALGORITHM =
      Parameter.choice(
              "algorithm",
              names(Algorithm.values()),
              "Kind of model: logistic-regression with an L2 penalty, random-forest as XGBoost"
                  + " grows it, or xgboost.")
          .byDefault(Algorithm.LOGISTIC_REGRESSION.toString());
  static final Parameter<Double> C =
      Parameter.number(
              "C", "Logistic regression: inverse strength of the penalty; smaller is simpler.")
          .between(1e-6, 1e6)
          .byDefault(TrainingSettings.DEFAULT_C);
  static final Parameter<Long> TREES =
      Parameter.wholeNumber("trees", "Random forest: number of trees.")
          .between(1L, 2000L)
          .byDefault((long) TrainingSettings.DEFAULT_TREES);
  static final Parameter<Long> MAX_DEPTH =
      Parameter.wholeNumber(
              "maxDepth",
              "Most questions a tree asks in a row; when empty %d for random-forest, %d for xgboost."
                  .formatted(
                      TrainingSettings.DEFAULT_FOREST_DEPTH,
                      TrainingSettings.DEFAULT_BOOSTING_DEPTH))
          .between(1L, 16L);
  static final Parameter<Long> ROUNDS =
      Parameter.wholeNumber("rounds", "XGBoost: number of boosting rounds.")
          .between(1L, 5000L)
          .byDefault((long) TrainingSettings.DEFAULT_ROUNDS);
  static final Parameter<Double> LEARNING_RATE =
      Parameter.number("learningRate", "XGBoost: how much each round counts.")
          .between(0.001, 1.0)
          .byDefault(TrainingSettings.DEFAULT_LEARNING_RATE);
  static final Parameter<String> CLASS_WEIGHT =
      Parameter.choice(
              "classWeight",
              names(ClassWeight.values()),
              "balanced lets a rare class count as much as a frequent one.")
          .byDefault(ClassWeight.NONE.toString());
  static final Parameter<String> SCALING =
      Parameter.choice(
              "scaling",
              names(Scaling.values()),
              "How numbers are brought to one scale: min-max to 0-1, or standard to mean 0 and"
                  + " deviation 1 of the training rows.")
          .byDefault(Scaling.MIN_MAX.toString());

  private TrainingParameters() {}

  /** The choice written as {@code text}, which the parameter has checked. */
  static <E extends Enum<E>> E choice(E[] values, String text) {
    for (E value : values) {
      if (value.toString().equals(text)) {
        return value;
      }
    }
    throw new IllegalArgumentException("'%s' is none of %s".formatted(text, names(values)));
  }

  private static List<String> names(Enum<?>[] values) {
    return Arrays.stream(values).map(Enum::toString).toList();
  }
}
