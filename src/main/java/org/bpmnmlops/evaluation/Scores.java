package org.bpmnmlops.evaluation;

import java.util.Map;

/**
 * How well one class is told from the rest, or a mean over the classes. All from 0 to 1; null where
 * undefined, and {@code undefined} then says why under the same name.
 *
 * @param precision share of the rows classified as this class that belong to it
 * @param recall share of this class's rows that were classified as it
 * @param f1 harmonic mean of both: {@code 2 TP / (2 TP + FP + FN)}
 * @param auc area under the ROC curve: the chance that a row of this class gets a higher
 *     probability of it than a row of another, ties counting half
 * @param prAuc area under the precision-recall curve as average precision, {@code sum (R_n -
 *     R_(n-1)) P_n} over the thresholds, without interpolation
 * @param undefined reason by name
 */
public record Scores(
    Double precision,
    Double recall,
    Double f1,
    Double auc,
    Double prAuc,
    Map<String, String> undefined) {}
