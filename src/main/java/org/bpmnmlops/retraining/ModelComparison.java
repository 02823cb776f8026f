package org.bpmnmlops.retraining;

import org.bpmnmlops.evaluation.ModelEvaluation;

/**
 * What {@code comparison.json} says: champion and challenger on the same held-out rows, which
 * neither was trained on.
 *
 * @param rows how many there are
 * @param metric the gain is measured by
 * @param gain by how much the challenger is better
 * @param gainLow lower end of its 95 % interval (paired bootstrap, 2 000 draws)
 * @param gainHigh upper end
 * @param sameAnswers whether both give each of the rows the same probabilities
 * @param largestRecallDrop of all classes; 0 where none dropped
 * @param dropClass the class it is about; null where none dropped
 * @param newRows how many of the rows are new from production
 * @param newChampionAccuracy the champion's accuracy on these alone; null without any
 * @param newChallengerAccuracy the challenger's
 */
public record ModelComparison(
    int championVersion,
    int rows,
    String metric,
    double gain,
    double gainLow,
    double gainHigh,
    boolean sameAnswers,
    double largestRecallDrop,
    String dropClass,
    int newRows,
    Double newChampionAccuracy,
    Double newChallengerAccuracy,
    ModelEvaluation champion,
    ModelEvaluation challenger) {}
