package org.bpmnmlops.training;

/**
 * Encoded rows with the class of each.
 *
 * @param labels class of each row of the table (not of {@code x})
 * @param classWeights how much a row counts, per class
 */
record LogisticRows(EncodedRows x, int[] labels, double[] classWeights) {

  LogisticRows computed() {
    return new LogisticRows(x.computed(), labels, classWeights);
  }

  int size() {
    return x.size();
  }

  /** How many weight vectors there are. */
  int outputs() {
    return classWeights.length == 2 ? 1 : classWeights.length;
  }

  /** Weights of an output, and its intercept. */
  int stride() {
    return x.width() + 1;
  }

  int label(int i) {
    return labels[x.row(i)];
  }

  double weight(int i) {
    return classWeights[label(i)];
  }
}
