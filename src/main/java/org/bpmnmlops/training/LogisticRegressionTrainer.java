package org.bpmnmlops.training;

import com.oracle.labs.mlrg.olcut.config.Config;
import java.util.Arrays;
import org.tribuo.classification.sgd.linear.LinearSGDModel;
import org.tribuo.classification.sgd.linear.LinearSGDTrainer;
import org.tribuo.classification.sgd.objectives.LogMulticlass;
import org.tribuo.math.LinearParameters;
import org.tribuo.math.la.DenseMatrix;
import org.tribuo.math.optimisers.SGD;

/**
 * Trains a logistic regression to the optimum of {@link LogisticLoss}. The result is Tribuo's own
 * linear model; its gradient descent, which this class inherits, is not used.
 */
final class LogisticRegressionTrainer extends LinearSGDTrainer {

  /** Rows from which on a sample of them gives the first point. */
  private static final int MANY_ROWS = 100_000;

  private static final int SAMPLE_STEP = 16;

  @Config(mandatory = true, description = "Inverse strength of the L2 penalty.")
  private double regularisation;

  /**
   * @param regularisation scikit-learn's {@code C}, above 0
   */
  LogisticRegressionTrainer(double regularisation, long seed) {
    super(new LogMulticlass(), SGD.getSimpleSGD(1), 1, seed);
    this.regularisation = regularisation;
  }

  /**
   * @throws TrainingFailedException when no optimum is found
   */
  LinearSGDModel train(TrainingTask task) {
    double[] theta = optimum(task);
    int classes = task.classes().size();
    int width = task.rows().width();
    DenseMatrix weights = new DenseMatrix(classes, width + 1);
    // With two classes the first one's weights stay 0: the softmax is then the sigmoid.
    int first = classes == 2 ? 1 : 0;
    for (int k = first; k < classes; k++) {
      int offset = (k - first) * (width + 1);
      for (int j = 0; j <= width; j++) {
        weights.set(k, j, theta[offset + j]);
      }
    }
    return createModel(
        "logistic-regression",
        task.provenance(LinearSGDModel.class, getProvenance()),
        task.featureMap(),
        task.outputs(),
        new LinearParameters(weights));
  }

  private double[] optimum(TrainingTask task) {
    double[] costs = Arrays.stream(task.rowWeights()).map(w -> w * regularisation).toArray();
    LogisticLoss loss = new LogisticLoss(task.rows(), task.labels(), costs);
    double[] start = new double[loss.size()];
    if (task.rows().size() >= MANY_ROWS) {
      EncodedRows sample = task.rows().every(SAMPLE_STEP);
      if (hasAllClasses(sample, task)) {
        double[] sampleCosts = Arrays.stream(costs).map(cost -> cost * SAMPLE_STEP).toArray();
        start = new Newton(new LogisticLoss(sample, task.labels(), sampleCosts)).minimise(start);
      }
    }
    return new Newton(loss).minimise(start);
  }

  private static boolean hasAllClasses(EncodedRows sample, TrainingTask task) {
    boolean[] seen = new boolean[task.classes().size()];
    for (int i = 0; i < sample.size(); i++) {
      seen[task.labels()[sample.row(i)]] = true;
    }
    for (boolean each : seen) {
      if (!each) {
        return false;
      }
    }
    return true;
  }
}
