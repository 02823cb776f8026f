package org.bpmnmlops.drift;

/** Reference and current sample of one column, both with at least one value. */
sealed interface SamplePair permits NumericPair, CategoryPair {

  /** Both samples are of the same kind. */
  static SamplePair of(Sample reference, Sample current) {
    return reference instanceof NumericSample numbers
        ? NumericPair.of(numbers, (NumericSample) current)
        : CategoryPair.of((CategorySample) reference, (CategorySample) current);
  }

  /** Distinct values in both samples together. */
  int distinct();

  /** The p-value or the distance. */
  double score(DriftMethod method);

  /** Both samples in the few cells of a chart. */
  Distribution distribution();
}
