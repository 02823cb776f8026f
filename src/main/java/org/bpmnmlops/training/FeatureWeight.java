package org.bpmnmlops.training;

import java.util.List;

/**
 * What a model made of a feature.
 *
 * @param feature a column, or {@code column = category}, or {@value #INTERCEPT}
 * @param values of a logistic regression the coefficient of the scaled feature: one, for the second
 *     class, where there are two classes, else one per class. Of trees one: the feature's share of
 *     the total gain, 0 to 1
 */
public record FeatureWeight(String feature, List<Double> values) {

  /** Stands for no column. */
  public static final String INTERCEPT = "(intercept)";

  public FeatureWeight {
    values = List.copyOf(values);
  }
}
