package org.bpmnmlops.training;

import java.util.Arrays;

/**
 * The score z of each row of one block along a direction, per output, and the probabilities they
 * stand for.
 */
final class BlockScores {

  final double[][] z;
  final double[][] p;

  private final LogisticRows rows;
  private final double[] theta;
  private final int outputs;
  private final int stride;

  /**
   * @param theta per output its weights, then its intercept
   */
  BlockScores(LogisticRows rows, double[] theta) {
    this.rows = rows;
    this.theta = theta;
    this.outputs = rows.outputs();
    this.stride = rows.stride();
    this.z = new double[outputs][EncodedRows.BLOCK];
    this.p = new double[outputs][EncodedRows.BLOCK];
  }

  /** Sets z of the rows from {@code start} to {@code end}. */
  void products(int start, int end) {
    for (int k = 0; k < outputs; k++) {
      Arrays.fill(z[k], theta[(k + 1) * stride - 1]);
      rows.x().addProducts(start, end, theta, k * stride, z[k]);
    }
  }

  /** The same from their numbers, column by column. */
  void products(double[][] block, int count) {
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

  /** Sets p where z is set; returns the block's loss. */
  double probabilities(int start, int end) {
    return outputs == 1 ? sigmoids(start, end) : softmaxes(start, end);
  }

  /** Sets the probability of the second class; returns the block's loss. */
  private double sigmoids(int start, int end) {
    double[] margin = z[0];
    double[] probability = p[0];
    double[] linear = new double[2];
    // ln(1 + t) of each row is summed as the logarithm of the product: at most 2^256 in a block.
    double[] product = {1, 1};
    for (int r = 0; r < end - start; r++) {
      int label = rows.label(start + r);
      double m = margin[r];
      double t = Math.exp(-Math.abs(m));
      double likelier = 1 / (1 + t);
      probability[r] = m >= 0 ? likelier : t * likelier;
      double wrong = label == 1 ? -m : m;
      linear[label] += wrong > 0 ? wrong : 0;
      product[label] *= 1 + t;
    }
    double[] weights = rows.classWeights();
    return weights[0] * (linear[0] + Math.log(product[0]))
        + weights[1] * (linear[1] + Math.log(product[1]));
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
      loss += rows.weight(start + r) * (Math.log(sum) + largest - z[rows.label(start + r)][r]);
    }
    return loss;
  }
}
