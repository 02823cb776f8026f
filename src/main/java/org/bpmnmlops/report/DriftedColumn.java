package org.bpmnmlops.report;

import java.util.List;
import org.bpmnmlops.data.ColumnType;
import org.bpmnmlops.drift.Judgement;
import org.bpmnmlops.wording.Verdict;

/**
 * One column of the drift report.
 *
 * @param type null for a column the schema lacks
 * @param method null, as are score, threshold, strength and distribution, where nothing was
 *     compared
 * @param pValue whether the score is a p-value (small means drift) or a distance (large does)
 * @param strength how far the score is from the threshold, for sorting: 1 at the threshold, more
 *     beyond, at most 100. For distances score / threshold, for p-values ln score / ln threshold
 * @param reason why the column was not judged; empty where it was
 * @param reference mean and spread of numbers before; null where there is none
 * @param current the same now
 * @param overTime empty where rows cannot be shown over time
 */
public record DriftedColumn(
    String column,
    ColumnType type,
    Verdict verdict,
    String method,
    boolean pValue,
    Double threshold,
    Double score,
    Double strength,
    Judgement judgement,
    boolean judged,
    String reason,
    boolean drifted,
    Side reference,
    Side current,
    Bars distribution,
    List<OverTime> overTime) {

  /**
   * @param rows with a value
   * @param mean null for categories
   * @param standardDeviation dividing by the number of values less one; null for categories and for
   *     a single value
   */
  public record Side(int rows, Double mean, Double standardDeviation) {}
}
