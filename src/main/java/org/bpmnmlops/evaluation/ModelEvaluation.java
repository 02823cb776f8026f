package org.bpmnmlops.evaluation;

import java.util.List;
import java.util.Map;
import org.bpmnmlops.training.FeatureWeight;
import org.bpmnmlops.training.TrainingSettings.Algorithm;

/**
 * What {@code evaluation.json} says: how good a model is on the held-out rows. Names in the JSON
 * are those of this record; null means undefined, and {@code undefined} says why.
 *
 * @param format always {@value #FORMAT}
 * @param version of the format, {@value #VERSION}; names are added without raising it
 * @param modelHash SHA-256 of the model's file
 * @param classes in the order of {@code confusion}
 * @param positiveClass the class {@code positive} is about; null with more than two classes
 * @param trainRows the model learned from, which need not be of the data it is measured on
 * @param accuracy share of the held-out rows classified correctly; the most probable class counts,
 *     of equals the first
 * @param accuracyLow lower end of its 95 % interval (Wilson 1927, score interval)
 * @param accuracyHigh upper end
 * @param baselineClass the training rows' most frequent class
 * @param baselineAccuracy accuracy on the held-out rows of always answering that
 * @param balancedAccuracy mean of the classes' recalls
 * @param logLoss mean of {@code -ln P(class of the row)}, probabilities cut at 1e-15; 0 and more
 * @param positive scores of the positive class; null with more than two classes
 * @param macro means over the classes, each counting the same
 * @param weighted means over the classes, each counting by its held-out rows
 * @param perClass one class against the rest, in the order of {@code classes}
 * @param confusion rows by class (outer) and by what they were classified as (inner)
 * @param algorithm tells what {@code weights} are: coefficients of a logistic regression, or
 *     importances
 * @param weights what the model made of each feature
 */
public record ModelEvaluation(
    String format,
    int version,
    String modelHash,
    String target,
    List<String> classes,
    String positiveClass,
    int trainRows,
    int testRows,
    double accuracy,
    double accuracyLow,
    double accuracyHigh,
    String baselineClass,
    double baselineAccuracy,
    Double balancedAccuracy,
    double logLoss,
    Scores positive,
    Scores macro,
    Scores weighted,
    List<ClassScores> perClass,
    List<List<Integer>> confusion,
    Algorithm algorithm,
    List<FeatureWeight> weights,
    Map<String, String> undefined) {

  public static final String FORMAT = "bpmn-mlops evaluation";
  public static final int VERSION = 1;
}
