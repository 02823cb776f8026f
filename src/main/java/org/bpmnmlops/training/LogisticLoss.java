package org.bpmnmlops.training;

import java.util.Arrays;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.stream.IntStream;

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
 * <p>A point is one array: per output its weights, then its intercept. Rows are summed in fixed
 * chunks, in order, so the result does not depend on the number of threads.
 */
final class LogisticLoss {

  /** Loss, gradient and, where asked for, the Hessian (row by row, both triangles). */
  record Point(double loss, double[] gradient, double[] hessian) {}

  /** Numbers, and rows, that a chunk has at least: less is not worth a thread. */
  private static final int SMALLEST_CHUNK = 1 << 17;

  private static final int FEWEST_ROWS = 2 * EncodedRows.BLOCK;
  private static final int MOST_CHUNKS = 64;

  private final EncodedRows x;
  private final int[] labels;
  private final double[] classWeights;
  private final int outputs;
  private final int stride;
  private final int chunk;
  private final int chunks;

  /**
   * @param labels class of each row of the table (not of {@code x})
   * @param classWeights {@code C} times the weight of a row, per class
   */
  LogisticLoss(EncodedRows x, int[] labels, double[] classWeights) {
    this.x = x;
    this.labels = labels;
    this.classWeights = classWeights;
    this.outputs = classWeights.length == 2 ? 1 : classWeights.length;
    this.stride = x.width() + 1;
    int fewest = Math.max(FEWEST_ROWS, SMALLEST_CHUNK / stride);
    this.chunk = Math.max(fewest, (x.size() + MOST_CHUNKS - 1) / MOST_CHUNKS);
    this.chunks = (x.size() + chunk - 1) / chunk;
  }

  /** The same loss, faster where there are many passes. */
  LogisticLoss computed() {
    return new LogisticLoss(x.computed(), labels, classWeights);
  }

  /** Length of a point. */
  int size() {
    return outputs * stride;
  }

  /** Sum of {@code C} and the weights of the rows: what the loss grows with. */
  double scale() {
    double sum = 0;
    for (int i = 0; i < x.size(); i++) {
      sum += classWeights[labels[x.row(i)]];
    }
    return sum;
  }

  /** One pass over the rows. */
  Point at(double[] theta, boolean withHessian) {
    Sums sums =
        overChunks(
            (from, to) -> {
              Sums part = new Sums(size(), withHessian ? size() * size() : 0);
              new Pass(theta).derivatives(from, to, part, withHessian);
              return part;
            },
            Sums::add);
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
    double[][] probabilities = new double[outputs][x.size()];
    overChunks(
        (from, to) -> {
          new Pass(theta).probabilities(from, to, probabilities);
          return theta;
        },
        (one, other) -> one);
    return probabilities;
  }

  /** The Hessian where the probabilities are these, times a vector: one pass, no matrix. */
  double[] hessianTimes(double[][] probabilities, double[] vector) {
    double[] product =
        overChunks(
            (from, to) -> {
              double[] part = new double[size()];
              new Pass(vector).hessianTimes(from, to, probabilities, part);
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
        overChunks(
            (from, to) -> {
              double[] part = new double[size()];
              new Pass(new double[size()]).diagonal(from, to, probabilities, part);
              return part;
            },
            LogisticLoss::addTo);
    for (int i = 0; i < size(); i++) {
      boolean intercept = i % stride == stride - 1;
      diagonal[i] += intercept && outputs == 1 ? Double.MIN_NORMAL : 1;
    }
    return diagonal;
  }

  @FunctionalInterface
  private interface ChunkSum<T> {
    T of(int from, int to);
  }

  private <T> T overChunks(ChunkSum<T> sum, BinaryOperator<T> add) {
    List<T> parts =
        IntStream.range(0, chunks)
            .parallel()
            .mapToObj(c -> sum.of(c * chunk, Math.min(x.size(), (c + 1) * chunk)))
            .toList();
    return parts.stream().reduce(add).orElseThrow();
  }

  private static double[] addTo(double[] sum, double[] part) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += part[i];
    }
    return sum;
  }

  private static final class Sums {
    double loss;
    final double[] gradient;
    final double[] hessian;

    Sums(int size, int squared) {
      gradient = new double[size];
      hessian = new double[squared];
    }

    Sums add(Sums part) {
      loss += part.loss;
      addTo(gradient, part.gradient);
      addTo(hessian, part.hessian);
      return this;
    }
  }

  /** One thread's way through some rows; its buffers hold one block. */
  private final class Pass {
    private final double[] theta;
    private final double[][] z = new double[outputs][EncodedRows.BLOCK];
    private final double[][] p = new double[outputs][EncodedRows.BLOCK];
    private final double[] factors = new double[EncodedRows.BLOCK];

    Pass(double[] theta) {
      this.theta = theta;
    }

    void derivatives(int from, int to, Sums sums, boolean withHessian) {
      double[][] block = withHessian ? new double[stride][EncodedRows.BLOCK] : null;
      if (withHessian) {
        Arrays.fill(block[stride - 1], 1);
      }
      for (int start = from; start < to; start += EncodedRows.BLOCK) {
        int end = Math.min(to, start + EncodedRows.BLOCK);
        if (withHessian) {
          x.fill(start, end, block);
          products(block, end - start);
        } else {
          products(start, end);
        }
        sums.loss += outputs == 1 ? sigmoids(start, end) : softmaxes(start, end);
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
    }

    /** The lower triangle. */
    private void addHessian(int start, int end, double[][] block, double[] hessian) {
      int n = size();
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
        products(start, end);
        for (int r = 0; r < end - start; r++) {
          double mean = 0;
          for (int k = 0; k < outputs; k++) {
            mean += probabilities[k][start + r] * z[k][r];
          }
          double weight = weight(start + r);
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
            factors[r] = weight(start + r) * probability * (1 - probability);
          }
          x.addTransposed(start, end, factors, true, diagonal, k * stride);
          diagonal[(k + 1) * stride - 1] += sum(factors, end - start);
        }
      }
    }

    void probabilities(int from, int to, double[][] probabilities) {
      for (int start = from; start < to; start += EncodedRows.BLOCK) {
        int end = Math.min(to, start + EncodedRows.BLOCK);
        products(start, end);
        if (outputs == 1) {
          sigmoids(start, end);
        } else {
          softmaxes(start, end);
        }
        for (int k = 0; k < outputs; k++) {
          System.arraycopy(p[k], 0, probabilities[k], start, end - start);
        }
      }
    }

    private void products(int start, int end) {
      for (int k = 0; k < outputs; k++) {
        Arrays.fill(z[k], theta[(k + 1) * stride - 1]);
        x.addProducts(start, end, theta, k * stride, z[k]);
      }
    }

    private void products(double[][] block, int count) {
      for (int k = 0; k < outputs; k++) {
        double[] target = z[k];
        Arrays.fill(target, 0, count, theta[(k + 1) * stride - 1]);
        for (int j = 0; j < stride - 1; j++) {
          double weight = theta[k * stride + j];
          double[] column = block[j];
          for (int r = 0; r < count; r++) {
            target[r] += weight * column[r];
          }
        }
      }
    }

    /** Sets the probability of the second class; returns the block's loss. */
    private double sigmoids(int start, int end) {
      double[] margin = z[0];
      double[] probability = p[0];
      double[] linear = new double[2];
      // ln(1 + t) of each row is summed as the logarithm of the product: at most 2^256 in a block.
      double[] product = {1, 1};
      for (int r = 0; r < end - start; r++) {
        int label = label(start + r);
        double m = margin[r];
        double t = Math.exp(-Math.abs(m));
        double likelier = 1 / (1 + t);
        probability[r] = m >= 0 ? likelier : t * likelier;
        double wrong = label == 1 ? -m : m;
        linear[label] += wrong > 0 ? wrong : 0;
        product[label] *= 1 + t;
      }
      return classWeights[0] * (linear[0] + Math.log(product[0]))
          + classWeights[1] * (linear[1] + Math.log(product[1]));
    }

    /** Sets the probability of each class; returns the block's loss. */
    private double softmaxes(int start, int end) {
      double loss = 0;
      for (int r = 0; r < end - start; r++) {
        double largest = z[0][r];
        for (int k = 1; k < outputs; k++) {
          largest = Math.max(largest, z[k][r]);
        }
        double sum = 0;
        for (int k = 0; k < outputs; k++) {
          p[k][r] = Math.exp(z[k][r] - largest);
          sum += p[k][r];
        }
        for (int k = 0; k < outputs; k++) {
          p[k][r] /= sum;
        }
        loss += weight(start + r) * (Math.log(sum) + largest - z[label(start + r)][r]);
      }
      return loss;
    }

    private void residuals(int k, int start, int end) {
      int answer = outputs == 1 ? 1 : k;
      for (int r = 0; r < end - start; r++) {
        int label = label(start + r);
        factors[r] = classWeights[label] * (label == answer ? p[k][r] - 1 : p[k][r]);
      }
    }

    private void curvature(int k, int l, int start, int end) {
      for (int r = 0; r < end - start; r++) {
        factors[r] = weight(start + r) * p[k][r] * ((k == l ? 1 : 0) - p[l][r]);
      }
    }

    private int label(int i) {
      return labels[x.row(i)];
    }

    private double weight(int i) {
      return classWeights[label(i)];
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
