package org.bpmnmlops.training;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * How a model is trained; stored with it. A setting the chosen algorithm does not use has no
 * effect.
 *
 * @param regularisation inverse strength {@code C} of the L2 penalty of a logistic regression,
 *     above 0
 * @param trees of a random forest, 1 and more
 * @param maxDepth of each tree; null for the algorithm's own default
 * @param rounds of boosting, 1 and more
 * @param learningRate of boosting, above 0 and at most 1
 * @param seed of everything random
 */
public record TrainingSettings(
    Algorithm algorithm,
    @JsonProperty("C") double regularisation,
    int trees,
    Integer maxDepth,
    int rounds,
    double learningRate,
    ClassWeight classWeight,
    Scaling scaling,
    long seed) {

  /** The kinds of model. */
  public enum Algorithm {
    @JsonProperty("logistic-regression")
    LOGISTIC_REGRESSION("logistic-regression"),
    /** XGBoost's: one round of many parallel trees on histograms. */
    @JsonProperty("random-forest")
    RANDOM_FOREST("random-forest"),
    @JsonProperty("xgboost")
    XGBOOST("xgboost");

    private final String text;

    Algorithm(String text) {
      this.text = text;
    }

    /** As written in a diagram. */
    @Override
    public String toString() {
      return text;
    }
  }

  /** How much a row counts in training. */
  public enum ClassWeight {
    /** Every row counts 1. */
    @JsonProperty("none")
    NONE("none"),
    /** A row of class k counts {@code rows / (classes * rows of class k)}. */
    @JsonProperty("balanced")
    BALANCED("balanced");

    private final String text;

    ClassWeight(String text) {
      this.text = text;
    }

    /** As written in a diagram. */
    @Override
    public String toString() {
      return text;
    }
  }

  /** How numbers are brought to one scale, by what the training rows hold. */
  public enum Scaling {
    /** {@code (x - min) / (max - min)}. */
    @JsonProperty("min-max")
    MIN_MAX("min-max"),
    /** {@code (x - mean) / standard deviation}, the population's. */
    @JsonProperty("standard")
    STANDARD("standard");

    private final String text;

    Scaling(String text) {
      this.text = text;
    }

    /** As written in a diagram. */
    @Override
    public String toString() {
      return text;
    }
  }

  public static final double DEFAULT_C = 1;
  public static final int DEFAULT_TREES = 100;
  public static final int DEFAULT_ROUNDS = 100;
  public static final double DEFAULT_LEARNING_RATE = 0.1;
  public static final int DEFAULT_FOREST_DEPTH = 10;
  public static final int DEFAULT_BOOSTING_DEPTH = 6;

  /** The defaults of a pipeline. */
  public static TrainingSettings of(Algorithm algorithm, Scaling scaling, long seed) {
    return new TrainingSettings(
        algorithm,
        DEFAULT_C,
        DEFAULT_TREES,
        null,
        DEFAULT_ROUNDS,
        DEFAULT_LEARNING_RATE,
        ClassWeight.NONE,
        scaling,
        seed);
  }

  int depth() {
    if (maxDepth != null) {
      return maxDepth;
    }
    return algorithm == Algorithm.RANDOM_FOREST ? DEFAULT_FOREST_DEPTH : DEFAULT_BOOSTING_DEPTH;
  }
}
