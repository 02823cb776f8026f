package org.bpmnmlops.data;

import java.util.OptionalDouble;

/**
 * The parameter that turns a numeric target into yes and no.
 *
 * @param cut values above it are yes; empty for the median of the training rows
 */
record PositiveAbove(OptionalDouble cut) {

  /**
   * @throws IllegalArgumentException when the text is neither a finite number nor {@code median}
   */
  static PositiveAbove parse(String text) {
    if (text.equalsIgnoreCase("median")) {
      return new PositiveAbove(OptionalDouble.empty());
    }
    double number = Decimals.parse(text);
    if (Double.isNaN(number) || Double.isInfinite(number)) {
      throw new IllegalArgumentException("'%s' is neither a number nor median".formatted(text));
    }
    return new PositiveAbove(OptionalDouble.of(number));
  }

  /**
   * @param values on which a median is computed; sorted in place
   */
  double cutOf(double[] values) {
    return cut.orElseGet(() -> Numbers.median(values));
  }

  boolean median() {
    return cut.isEmpty();
  }
}
