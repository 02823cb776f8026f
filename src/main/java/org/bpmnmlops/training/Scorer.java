package org.bpmnmlops.training;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoostError;
import org.tribuo.classification.sgd.linear.LinearSGDModel;
import org.tribuo.math.la.DenseMatrix;

/**
 * Turns encoded rows into probabilities. A row's probabilities depend on that row alone, to the
 * bit: neither on the rows around it nor on the machine's threads.
 */
sealed interface Scorer {

  /** Fills {@code probabilities[class][row]}. */
  void score(EncodedRows rows, double[][] probabilities);

  /** What the model made of each feature, in the encoder's order. */
  List<FeatureWeight> explain(List<String> features, List<String> classes);

  /** Two classes' probabilities from the log-odds of the second. */
  private static void sigmoid(double odds, double[][] probabilities, int row) {
    // StrictMath gives the same bits on every machine.
    double t = StrictMath.exp(-Math.abs(odds));
    double likelier = 1 / (1 + t);
    probabilities[odds > 0 ? 1 : 0][row] = likelier;
    probabilities[odds > 0 ? 0 : 1][row] = t * likelier;
  }

  /** Logistic regression. */
  final class Linear implements Scorer {

    private final int outputs;
    private final int width;
    private final double[] weights;

    Linear(LinearSGDModel model) {
      DenseMatrix matrix = model.getWeightsCopy();
      int classes = matrix.getDimension1Size();
      outputs = classes == 2 ? 1 : classes;
      width = matrix.getDimension2Size() - 1;
      weights = new double[outputs * (width + 1)];
      for (int k = 0; k < outputs; k++) {
        for (int j = 0; j <= width; j++) {
          weights[k * (width + 1) + j] =
              classes == 2 ? matrix.get(1, j) - matrix.get(0, j) : matrix.get(k, j);
        }
      }
    }

    @Override
    public void score(EncodedRows rows, double[][] probabilities) {
      int blocks = (rows.size() + EncodedRows.BLOCK - 1) / EncodedRows.BLOCK;
      IntStream.range(0, blocks)
          .parallel()
          .forEach(
              b -> {
                int from = b * EncodedRows.BLOCK;
                score(rows, from, Math.min(rows.size(), from + EncodedRows.BLOCK), probabilities);
              });
    }

    private void score(EncodedRows rows, int from, int to, double[][] probabilities) {
      double[][] z = new double[outputs][to - from];
      for (int k = 0; k < outputs; k++) {
        Arrays.fill(z[k], weights[k * (width + 1) + width]);
        rows.addProducts(from, to, weights, k * (width + 1), z[k]);
      }
      for (int i = from; i < to; i++) {
        if (outputs == 1) {
          sigmoid(z[0][i - from], probabilities, i);
        } else {
          double largest = z[0][i - from];
          for (double[] output : z) {
            largest = Math.max(largest, output[i - from]);
          }
          double sum = 0;
          for (int k = 0; k < outputs; k++) {
            probabilities[k][i] = StrictMath.exp(z[k][i - from] - largest);
            sum += probabilities[k][i];
          }
          for (int k = 0; k < outputs; k++) {
            probabilities[k][i] /= sum;
          }
        }
      }
    }

    @Override
    public List<FeatureWeight> explain(List<String> features, List<String> classes) {
      return IntStream.rangeClosed(0, width)
          .mapToObj(
              j ->
                  new FeatureWeight(
                      j < width ? features.get(j) : FeatureWeight.INTERCEPT,
                      IntStream.range(0, outputs)
                          .mapToObj(k -> weights[k * (width + 1) + j])
                          .toList()))
          .toList();
    }
  }

  /** Boosted trees, and forests. */
  final class Trees implements Scorer {

    private static final int ROWS_AT_ONCE = 1 << 14;

    private final Booster booster;
    private final boolean forest;
    private final boolean oneOutput;

    Trees(Booster booster, boolean forest) {
      this.booster = booster;
      this.forest = forest;
      try {
        // Rows are shared out here; XGBoost's threads, waiting for each other, make one row slow.
        booster.setParam("nthread", 1);
        oneOutput = outputs(booster) == 1;
      } catch (XGBoostError e) {
        throw new IllegalStateException("XGBoost refuses a setting: " + e.getMessage(), e);
      }
    }

    /** Two classes have one output; files of earlier versions have one per class. */
    private static int outputs(Booster booster) throws XGBoostError {
      DMatrix any =
          new DMatrix(
              new long[] {0, 1},
              new int[] {0},
              new float[] {0},
              DMatrix.SparseType.CSR,
              (int) booster.getNumFeature());
      try {
        return booster.predict(any)[0].length;
      } finally {
        any.dispose();
      }
    }

    @Override
    public void score(EncodedRows rows, double[][] probabilities) {
      int parts = (rows.size() + ROWS_AT_ONCE - 1) / ROWS_AT_ONCE;
      IntStream.range(0, parts)
          .parallel()
          .forEach(
              part -> {
                int from = part * ROWS_AT_ONCE;
                try {
                  score(rows, from, Math.min(rows.size(), from + ROWS_AT_ONCE), probabilities);
                } catch (XGBoostError e) {
                  throw new IllegalStateException("XGBoost could not score: " + e.getMessage(), e);
                }
              });
    }

    private void score(EncodedRows rows, int from, int to, double[][] probabilities)
        throws XGBoostError {
      DMatrix matrix = rows.matrix(from, to);
      try {
        float[][] outputs = booster.predict(matrix, forest || oneOutput);
        for (int i = from; i < to; i++) {
          float[] output = outputs[i - from];
          if (oneOutput && !forest) {
            sigmoid(output[0], probabilities, i);
          } else if (oneOutput) {
            share(output[0], probabilities, i);
          } else if (forest) {
            shares(output, probabilities, i);
          } else {
            for (int k = 0; k < output.length; k++) {
              probabilities[k][i] = output[k];
            }
          }
        }
      } finally {
        matrix.dispose();
      }
    }

    /**
     * The same as {@link #shares} for the one output of two classes, whose leaves hold {@code 4 (q
     * - 1/2)}: the logistic loss has the gradient 1/2 - y and the Hessian 1/4.
     */
    private static void share(float margin, double[][] probabilities, int row) {
      double share = Math.max(0, Math.min(1, 0.5 + margin / 4.0));
      probabilities[0][row] = 1 - share;
      probabilities[1][row] = share;
    }

    /**
     * The share of class k among the rows of a leaf is q where the leaf holds {@code (q - 1/K) K^2
     * / (2 (K - 1))}: one Newton step of the softmax loss from equal probabilities, where XGBoost's
     * gradient is 1/K - y and its Hessian 2/K (1 - 1/K). Taken back, the mean over the trees is
     * what a random forest answers.
     */
    private static void shares(float[] margins, double[][] probabilities, int row) {
      double classes = margins.length;
      double sum = 0;
      for (int k = 0; k < margins.length; k++) {
        double share = 1 / classes + margins[k] * 2 * (classes - 1) / (classes * classes);
        probabilities[k][row] = Math.max(0, share);
        sum += probabilities[k][row];
      }
      for (int k = 0; k < margins.length; k++) {
        probabilities[k][row] /= sum;
      }
    }

    @Override
    public List<FeatureWeight> explain(List<String> features, List<String> classes) {
      try {
        Map<String, Double> gains = booster.getScore("", "total_gain");
        double total = gains.values().stream().mapToDouble(gain -> gain).sum();
        return IntStream.range(0, features.size())
            .mapToObj(
                j ->
                    new FeatureWeight(
                        features.get(j),
                        List.of(total > 0 ? gains.getOrDefault("f" + j, 0.0) / total : 0.0)))
            .sorted(Comparator.comparingDouble(weight -> -weight.values().get(0)))
            .toList();
      } catch (XGBoostError e) {
        throw new IllegalStateException("XGBoost tells no importance: " + e.getMessage(), e);
      }
    }
  }
}
