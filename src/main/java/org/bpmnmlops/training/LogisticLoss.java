package org.bpmnmlops.training;

/**
 * The penalised loss of logistic regression and its derivatives:
 *
 * <pre>C * sum over rows of weight(class) * -ln P(class of the row) + |w|^2 / 2</pre>
 *
 * <p>The penalty is on the weights and leaves the intercepts free. Two classes have one weight
 * vector and P(second) = 1 / (1 + exp(-z)); more have one each and the softmax of the z. This is
 * the objective of scikit-learn's {@code LogisticRegression} with its defaults (its user guide,
 * "Logistic regression"). With more than two classes the intercepts are free up to a common
 * constant; half their squared sum is added, which is 0 at the optimum and makes it unique.
 *
 * <p>A point is one array: per output its weights, then its intercept.
 */
final class LogisticLoss {

  /** Loss, gradient and, where asked for, the Hessian (row by row, both triangles). */
  record Point(double loss, double[] gradient, double[] hessian) {}

  private final LogisticRows rows;
  private final RowChunks chunks;
  private final int outputs;
  private final int stride;

  /**
   * @param labels class of each row of the table (not of {@code x})
   * @param classWeights {@code C} times the weight of a row, per class
   */
  LogisticLoss(EncodedRows x, int[] labels, double[] classWeights) {
    this(new LogisticRows(x, labels, classWeights));
  }

  private LogisticLoss(LogisticRows rows) {
    this.rows = rows;
    this.outputs = rows.outputs();
    this.stride = rows.stride();
    this.chunks = RowChunks.of(rows.size(), stride);
  }

  /** The same loss, faster where there are many passes. */
  LogisticLoss computed() {
    return new LogisticLoss(rows.computed());
  }

  /** Length of a point. */
  int size() {
    return outputs * stride;
  }

  /** Sum of {@code C} and the weights of the rows: what the loss grows with. */
  double scale() {
    double sum = 0;
    for (int i = 0; i < rows.size(); i++) {
      sum += rows.weight(i);
    }
    return sum;
  }

  /** One pass over the rows. */
  Point at(double[] theta, boolean withHessian) {
    LogisticPass.Sums sums =
        chunks.sum(
            (from, to) -> new LogisticPass(rows, theta).derivatives(from, to, withHessian),
            LogisticPass.Sums::add);
    double loss = sums.loss;
    double intercepts = 0;
    for (int k = 0; k < outputs; k++) {
      for (int j = k * stride; j < (k + 1) * stride - 1; j++) {
        loss += theta[j] * theta[j] / 2;
        sums.gradient[j] += theta[j];
      }
      intercepts += theta[(k + 1) * stride - 1];
    }
    if (outputs > 1) {
      loss += intercepts * intercepts / 2;
      for (int k = 1; k <= outputs; k++) {
        sums.gradient[k * stride - 1] += intercepts;
      }
    }
    if (withHessian) {
      completeHessian(sums.hessian);
    }
    return new Point(loss, sums.gradient, sums.hessian);
  }

  private void completeHessian(double[] hessian) {
    int n = size();
    for (int i = 0; i < n; i++) {
      boolean intercept = i % stride == stride - 1;
      if (!intercept) {
        hessian[i * n + i] += 1;
      } else if (outputs > 1) {
        for (int j = stride - 1; j <= i; j += stride) {
          hessian[i * n + j] += 1;
        }
      }
      for (int j = 0; j < i; j++) {
        hessian[j * n + i] = hessian[i * n + j];
      }
    }
  }

  /** Probabilities at {@code theta}, {@code [output][row]}: what the Hessian there is made of. */
  double[][] probabilities(double[] theta) {
    double[][] probabilities = new double[outputs][rows.size()];
    chunks.sum(
        (from, to) -> {
          new LogisticPass(rows, theta).probabilities(from, to, probabilities);
          return theta;
        },
        (one, other) -> one);
    return probabilities;
  }

  /** The Hessian where the probabilities are these, times a vector: one pass, no matrix. */
  double[] hessianTimes(double[][] probabilities, double[] vector) {
    double[] product =
        chunks.sum(
            (from, to) -> {
              double[] part = new double[size()];
              new LogisticPass(rows, vector).hessianTimes(from, to, probabilities, part);
              return part;
            },
            LogisticLoss::addTo);
    double intercepts = 0;
    for (int i = 0; i < size(); i++) {
      if (i % stride == stride - 1) {
        intercepts += vector[i];
      } else {
        product[i] += vector[i];
      }
    }
    for (int k = 1; k <= outputs && outputs > 1; k++) {
      product[k * stride - 1] += intercepts;
    }
    return product;
  }

  /** The diagonal of that Hessian; above 0. */
  double[] hessianDiagonal(double[][] probabilities) {
    double[] diagonal =
        chunks.sum(
            (from, to) -> {
              double[] part = new double[size()];
              new LogisticPass(rows, new double[size()]).diagonal(from, to, probabilities, part);
              return part;
            },
            LogisticLoss::addTo);
    for (int i = 0; i < size(); i++) {
      boolean intercept = i % stride == stride - 1;
      diagonal[i] += intercept && outputs == 1 ? Double.MIN_NORMAL : 1;
    }
    return diagonal;
  }

  /** Adds the second to the first. */
  static double[] addTo(double[] sum, double[] part) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += part[i];
    }
    return sum;
  }
}
