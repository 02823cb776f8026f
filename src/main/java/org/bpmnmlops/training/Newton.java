package org.bpmnmlops.training;

import java.util.Arrays;

/**
 * Minimises a {@link LogisticLoss} by Newton's method: with the whole Hessian where there are few
 * parameters (then equal to iteratively reweighted least squares), else with directions found by
 * preconditioned conjugate gradients from Hessian-vector products (Nocedal and Wright, Numerical
 * Optimization, algorithm 7.1). Both reach the same optimum, which is unique.
 */
final class Newton {

  /** Most parameters for which the whole Hessian, quadratic in them, is cheaper. */
  private static final int MOST_FOR_HESSIAN = 201;

  private static final int MOST_ITERATIONS = 200;
  private static final int MOST_HALVINGS = 40;
  private static final int MOST_PRODUCTS = 500;

  /** Stop when a step is expected to lower the mean loss by less than half of this. */
  private static final double TOLERANCE = 1e-10;

  /** How much of a direction's error, squared, conjugate gradients leave. */
  private static final double REMAINDER = 1e-2;

  private final LogisticLoss loss;
  private final boolean withHessian;

  Newton(LogisticLoss loss) {
    this.withHessian = loss.size() <= MOST_FOR_HESSIAN;
    this.loss = withHessian ? loss : loss.computed();
  }

  /**
   * @param start a point; not changed
   * @throws TrainingFailedException when no optimum is found
   */
  double[] minimise(double[] start) {
    double[] theta = start.clone();
    double enough = loss.scale() * TOLERANCE;
    LogisticLoss.Point point = loss.at(theta, withHessian);
    for (int iteration = 0; iteration < MOST_ITERATIONS; iteration++) {
      double[] direction = direction(theta, point);
      double slope = dot(point.gradient(), direction);
      if (!Double.isFinite(slope)) {
        break;
      }
      if (-slope <= enough) {
        // The last step, quadratically close to the optimum, needs no further look at the rows.
        add(theta, 1, direction);
        return theta;
      }
      double step = 1;
      LogisticLoss.Point next = null;
      for (int halving = 0; halving < MOST_HALVINGS; halving++, step /= 2) {
        double[] candidate = theta.clone();
        add(candidate, step, direction);
        next = loss.at(candidate, withHessian);
        if (next.loss() <= point.loss() + 1e-4 * step * slope) {
          theta = candidate;
          break;
        }
        next = null;
      }
      if (next == null) {
        // No step lowers the loss any more: it is down to rounding.
        if (-slope <= 1e-9 * Math.abs(point.loss())) {
          return theta;
        }
        break;
      }
      point = next;
    }
    throw new TrainingFailedException(
        "The logistic regression found no optimum in %d iterations over %d parameters; use a smaller 'C', or 'scaling' standard"
            .formatted(MOST_ITERATIONS, theta.length));
  }

  private double[] direction(double[] theta, LogisticLoss.Point point) {
    return withHessian
        ? solve(point.hessian(), point.gradient())
        : conjugateGradients(theta, point.gradient());
  }

  /** {@code -hessian^-1 gradient} by Cholesky; overwrites the Hessian. */
  private static double[] solve(double[] a, double[] gradient) {
    int n = gradient.length;
    double[] x = new double[n];
    for (int i = 0; i < n; i++) {
      double rest = -gradient[i];
      for (int j = 0; j <= i; j++) {
        double sum = a[i * n + j];
        for (int k = 0; k < j; k++) {
          sum -= a[i * n + k] * a[j * n + k];
        }
        // A pivot of 0 comes from rounding: all probabilities are 0 or 1 there.
        a[i * n + j] = i == j ? Math.sqrt(Math.max(sum, Double.MIN_NORMAL)) : sum / a[j * n + j];
        if (j < i) {
          rest -= a[i * n + j] * x[j];
        }
      }
      x[i] = rest / a[i * n + i];
    }
    for (int i = n - 1; i >= 0; i--) {
      double sum = x[i];
      for (int k = i + 1; k < n; k++) {
        sum -= a[k * n + i] * x[k];
      }
      x[i] = sum / a[i * n + i];
    }
    return x;
  }

  private double[] conjugateGradients(double[] theta, double[] gradient) {
    int n = gradient.length;
    double[][] probabilities = loss.probabilities(theta);
    double[] diagonal = loss.hessianDiagonal(probabilities);
    double[] direction = new double[n];
    double[] residual = new double[n];
    double[] conditioned = new double[n];
    for (int i = 0; i < n; i++) {
      residual[i] = -gradient[i];
      conditioned[i] = residual[i] / diagonal[i];
    }
    double[] search = conditioned.clone();
    double rz = dot(residual, conditioned);
    double goal = rz * REMAINDER;
    for (int products = 0; products < Math.min(MOST_PRODUCTS, 2 * n); products++) {
      double[] curved = loss.hessianTimes(probabilities, search);
      double curvature = dot(search, curved);
      if (!(curvature > 0)) {
        break;
      }
      double alpha = rz / curvature;
      add(direction, alpha, search);
      add(residual, -alpha, curved);
      Arrays.setAll(conditioned, i -> residual[i] / diagonal[i]);
      double next = dot(residual, conditioned);
      if (next <= goal) {
        break;
      }
      double beta = next / rz;
      for (int i = 0; i < n; i++) {
        search[i] = conditioned[i] + beta * search[i];
      }
      rz = next;
    }
    return direction;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static void add(double[] sum, double factor, double[] vector) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += factor * vector[i];
    }
  }
}
