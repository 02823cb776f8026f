package org.bpmnmlops.training;

import java.util.Arrays;

/**
 * One thread's way through some rows, block by block: what they add to the loss and its
 * derivatives.
 */
final class LogisticPass {

  static final class Sums {
    double loss;
    final double[] gradient;
    final double[] hessian;

    Sums(int size, int squared) {
      gradient = new double[size];
      hessian = new double[squared];
    }

    Sums add(Sums part) {
      loss += part.loss;
      LogisticLoss.addTo(gradient, part.gradient);
      LogisticLoss.addTo(hessian, part.hessian);
      return this;
    }
  }

  private final LogisticRows rows;
  private final EncodedRows x;
  private final BlockScores scores;
  private final double[][] z;
  private final double[][] p;
  private final int outputs;
  private final int stride;
  private final double[] factors = new double[EncodedRows.BLOCK];

  /**
   * @param theta where the pass is taken, or the direction it goes along
   */
  LogisticPass(LogisticRows rows, double[] theta) {
    this.rows = rows;
    this.x = rows.x();
    this.scores = new BlockScores(rows, theta);
    this.z = scores.z;
    this.p = scores.p;
    this.outputs = rows.outputs();
    this.stride = rows.stride();
  }

  /** Of the Hessian the lower triangle alone. */
  Sums derivatives(int from, int to, boolean withHessian) {
    int size = outputs * stride;
    Sums sums = new Sums(size, withHessian ? size * size : 0);
    double[][] block = withHessian ? new double[stride][EncodedRows.BLOCK] : null;
    if (withHessian) {
      Arrays.fill(block[stride - 1], 1);
    }
    for (int start = from; start < to; start += EncodedRows.BLOCK) {
      int end = Math.min(to, start + EncodedRows.BLOCK);
      if (withHessian) {
        x.fill(start, end, block);
        scores.products(block, end - start);
      } else {
        scores.products(start, end);
      }
      sums.loss += scores.probabilities(start, end);
      for (int k = 0; k < outputs; k++) {
        residuals(k, start, end);
        if (withHessian) {
          for (int j = 0; j < stride; j++) {
            sums.gradient[k * stride + j] += dot(factors, block[j], end - start);
          }
        } else {
          x.addTransposed(start, end, factors, false, sums.gradient, k * stride);
          sums.gradient[(k + 1) * stride - 1] += sum(factors, end - start);
        }
      }
      if (withHessian) {
        addHessian(start, end, block, sums.hessian);
      }
    }
    return sums;
  }

  /** The lower triangle. */
  private void addHessian(int start, int end, double[][] block, double[] hessian) {
    int n = outputs * stride;
    int count = end - start;
    double[] scaled = new double[EncodedRows.BLOCK];
    for (int k = 0; k < outputs; k++) {
      for (int l = 0; l <= k; l++) {
        curvature(k, l, start, end);
        for (int i = 0; i < stride; i++) {
          for (int r = 0; r < count; r++) {
            scaled[r] = factors[r] * block[i][r];
          }
          int row = (k * stride + i) * n + l * stride;
          int columns = k == l ? i + 1 : stride;
          for (int j = 0; j < columns; j++) {
            hessian[row + j] += dot(scaled, block[j], count);
          }
        }
      }
    }
  }

  /** Here the pass goes along {@code theta} as a direction. */
  void hessianTimes(int from, int to, double[][] probabilities, double[] product) {
    for (int start = from; start < to; start += EncodedRows.BLOCK) {
      int end = Math.min(to, start + EncodedRows.BLOCK);
      scores.products(start, end);
      for (int r = 0; r < end - start; r++) {
        double mean = 0;
        for (int k = 0; k < outputs; k++) {
          mean += probabilities[k][start + r] * z[k][r];
        }
        double weight = rows.weight(start + r);
        for (int k = 0; k < outputs; k++) {
          p[k][r] = weight * probabilities[k][start + r] * (z[k][r] - mean);
        }
      }
      for (int k = 0; k < outputs; k++) {
        x.addTransposed(start, end, p[k], false, product, k * stride);
        product[(k + 1) * stride - 1] += sum(p[k], end - start);
      }
    }
  }

  void diagonal(int from, int to, double[][] probabilities, double[] diagonal) {
    for (int start = from; start < to; start += EncodedRows.BLOCK) {
      int end = Math.min(to, start + EncodedRows.BLOCK);
      for (int k = 0; k < outputs; k++) {
        for (int r = 0; r < end - start; r++) {
          double probability = probabilities[k][start + r];
          factors[r] = rows.weight(start + r) * probability * (1 - probability);
        }
        x.addTransposed(start, end, factors, true, diagonal, k * stride);
        diagonal[(k + 1) * stride - 1] += sum(factors, end - start);
      }
    }
  }

  void probabilities(int from, int to, double[][] probabilities) {
    for (int start = from; start < to; start += EncodedRows.BLOCK) {
      int end = Math.min(to, start + EncodedRows.BLOCK);
      scores.products(start, end);
      scores.probabilities(start, end);
      for (int k = 0; k < outputs; k++) {
        System.arraycopy(p[k], 0, probabilities[k], start, end - start);
      }
    }
  }

  private void residuals(int k, int start, int end) {
    int answer = outputs == 1 ? 1 : k;
    for (int r = 0; r < end - start; r++) {
      int label = rows.label(start + r);
      factors[r] = rows.classWeights()[label] * (label == answer ? p[k][r] - 1 : p[k][r]);
    }
  }

  private void curvature(int k, int l, int start, int end) {
    for (int r = 0; r < end - start; r++) {
      factors[r] = rows.weight(start + r) * p[k][r] * ((k == l ? 1 : 0) - p[l][r]);
    }
  }

  private static double sum(double[] values, int count) {
    double sum = 0;
    for (int r = 0; r < count; r++) {
      sum += values[r];
    }
    return sum;
  }

  /** Four sums side by side: one alone would wait for each addition. */
  private static double dot(double[] a, double[] b, int count) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int r = 0;
    for (; r + 3 < count; r += 4) {
      s0 += a[r] * b[r];
      s1 += a[r + 1] * b[r + 1];
      s2 += a[r + 2] * b[r + 2];
      s3 += a[r + 3] * b[r + 3];
    }
    for (; r < count; r++) {
      s0 += a[r] * b[r];
    }
    return s0 + s1 + (s2 + s3);
  }
}
