package org.bpmnmlops.evaluation;

import java.util.Map;

/**
 * How good a way of training is on rows that were not trained on, told from the training rows
 * alone.
 *
 * @param folds how often a model was trained without a part of the rows and measured on that part
 * @param rows training rows in all
 * @param means mean over the folds, by the metric's name; a metric that no fold defines is missing
 */
public record CrossValidation(int folds, int rows, Map<String, Double> means) {

  /**
   * @throws IllegalArgumentException when no fold defines it, because a class is too rare
   */
  public double of(Metric metric) {
    Double mean = means.get(metric.toString());
    if (mean == null) {
      throw new IllegalArgumentException(
          "%s is undefined in all %d folds: a class has too few rows".formatted(metric, folds));
    }
    return mean;
  }
}
