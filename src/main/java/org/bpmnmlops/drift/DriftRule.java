package org.bpmnmlops.drift;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What someone chose for a column or a type of column; what is empty is decided as usual.
 *
 * @param threshold above 0; for p-values below 1
 */
public record DriftRule(Optional<DriftMethod> method, OptionalDouble threshold) {

  public DriftRule {
    threshold.ifPresent(
        value -> {
          if (!(value > 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(
                "A threshold of drift is a number above 0; it was " + value);
          }
          if (value >= 1 && method.map(DriftMethod::isPValue).orElse(false)) {
            throw new IllegalArgumentException(
                "The threshold of a p-value (%s) is below 1; it was %s"
                    .formatted(method.orElseThrow().label(), value));
          }
        });
  }

  public static DriftRule of(DriftMethod method) {
    return new DriftRule(Optional.of(method), OptionalDouble.empty());
  }

  public static DriftRule of(DriftMethod method, double threshold) {
    return new DriftRule(Optional.of(method), OptionalDouble.of(threshold));
  }

  public static DriftRule of(double threshold) {
    return new DriftRule(Optional.empty(), OptionalDouble.of(threshold));
  }
}
