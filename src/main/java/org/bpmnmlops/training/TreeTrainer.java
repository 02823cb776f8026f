package org.bpmnmlops.training;

import com.oracle.labs.mlrg.olcut.config.Config;
import com.oracle.labs.mlrg.olcut.provenance.Provenance;
import java.util.List;
import java.util.Map;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;
import org.bpmnmlops.training.TrainingSettings.Algorithm;
import org.tribuo.Dataset;
import org.tribuo.classification.Label;
import org.tribuo.classification.xgboost.XGBoostClassificationConverter;
import org.tribuo.common.xgboost.XGBoostModel;
import org.tribuo.common.xgboost.XGBoostTrainer;
import org.tribuo.provenance.TrainerProvenance;
import org.tribuo.provenance.impl.TrainerProvenanceImpl;

/**
 * Trains trees on histograms with XGBoost: boosted rounds, or a random forest, which is one round
 * of parallel trees, each on a sample of the rows and, at every node, of the columns. Two classes
 * need one tree where more need one each. The result is Tribuo's own XGBoost model.
 */
final class TreeTrainer extends XGBoostTrainer<Label> {

  /**
   * Numbers from which on more threads pay. The trees are the same with any; but threads that wait
   * for each other at every node make many small trainings at once slow.
   */
  private static final long MANY_NUMBERS = 1_000_000;

  private static final int MOST_BINS = 256;
  private static final int FEWEST_BINS = 32;

  /** Bins of all columns together, which every node has a histogram of: 2 MB. */
  private static final int BINS_OF_A_NODE = 1 << 17;

  /** Share of distinct rows in a bootstrap sample of many rows: 1 - 1/e. */
  private static final double BOOTSTRAP = 0.632;

  /** A forest's leaves are the shares of their classes: next to no penalty, any size. */
  private static final double NO_PENALTY = 1e-6;

  private final boolean forest;

  @Config(description = "Trees per round, and per class where there are more than two.")
  private int parallelTrees;

  @Config(description = "Most bins of a column's histogram.")
  private int bins;

  @Config(description = "Share of the columns looked at in a node.")
  private double columnsPerNode;

  /**
   * @param width how many numbers a row has
   * @param rows training rows
   * @param classes 2 and more
   * @param threads most to use
   */
  TreeTrainer(TrainingSettings settings, int width, int rows, int classes, int threads) {
    super(
        BoosterType.GBTREE,
        TreeMethod.HIST,
        isForest(settings) ? 1 : settings.rounds(),
        isForest(settings) ? 1 : settings.learningRate(),
        0,
        settings.depth(),
        isForest(settings) ? NO_PENALTY : 1,
        isForest(settings) ? BOOTSTRAP : 1,
        1,
        isForest(settings) ? NO_PENALTY : 1,
        0,
        (long) width * rows < MANY_NUMBERS ? 1 : threads,
        LoggingVerbosity.SILENT,
        settings.seed());
    forest = isForest(settings);
    parallelTrees = forest ? settings.trees() : 1;
    columnsPerNode = forest ? 1 / Math.sqrt(width) : 1;
    bins = Math.max(FEWEST_BINS, Math.min(MOST_BINS, BINS_OF_A_NODE / width));
    postConfig();
    if (classes == 2) {
      parameters.put("objective", "binary:logistic");
      parameters.put("base_score", 0.5);
    } else {
      parameters.put("objective", "multi:softprob");
      parameters.put("num_class", classes);
      parameters.put("base_score", 0);
    }
    parameters.put("num_parallel_tree", parallelTrees);
    parameters.put("colsample_bynode", columnsPerNode);
    parameters.put("max_bin", bins);
  }

  private static boolean isForest(TrainingSettings settings) {
    return settings.algorithm() == Algorithm.RANDOM_FOREST;
  }

  /**
   * @throws TrainingFailedException when XGBoost refuses the rows or the settings
   */
  XGBoostModel<Label> train(TrainingTask task) {
    try {
      DMatrix matrix = task.rows().matrix(0, task.rows().size());
      try {
        label(matrix, task);
        Booster booster = XGBoost.train(matrix, parameters, numTrees, Map.of(), null, null);
        return createModel(
            forest ? "random-forest" : "xgboost",
            task.provenance(XGBoostModel.class, getProvenance()),
            task.featureMap(),
            task.outputs(),
            List.of(booster),
            task.classes().size() == 2
                ? new TwoClassConverter()
                : new XGBoostClassificationConverter());
      } finally {
        matrix.dispose();
      }
    } catch (XGBoostError e) {
      throw new TrainingFailedException(
          "XGBoost found no model with %s: %s".formatted(parameters, e.getMessage()), e);
    }
  }

  private static void label(DMatrix matrix, TrainingTask task) throws XGBoostError {
    float[] labels = new float[task.rows().size()];
    float[] weights = new float[labels.length];
    for (int i = 0; i < labels.length; i++) {
      int label = task.labels()[task.rows().row(i)];
      labels[i] = label;
      weights[i] = (float) task.rowWeights()[label];
    }
    matrix.setLabel(labels);
    matrix.setWeight(weights);
  }

  @Override
  public XGBoostModel<Label> train(Dataset<Label> examples, Map<String, Provenance> provenance) {
    throw new UnsupportedOperationException("Rows come as a TrainingTask");
  }

  @Override
  public XGBoostModel<Label> train(
      Dataset<Label> examples, Map<String, Provenance> provenance, int count) {
    throw new UnsupportedOperationException("Rows come as a TrainingTask");
  }

  @Override
  public TrainerProvenance getProvenance() {
    return new TrainerProvenanceImpl(this);
  }
}
