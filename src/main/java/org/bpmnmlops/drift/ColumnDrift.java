package org.bpmnmlops.drift;

import java.util.Optional;
import java.util.OptionalDouble;
import org.bpmnmlops.data.ColumnType;

/**
 * What was found out about one column.
 *
 * @param type as the schema has it; empty for a column it does not have
 * @param method empty, as are score, threshold and distribution, where nothing could be compared
 * @param score a p-value or a distance, see {@link DriftMethod#isPValue()}
 * @param reason a sentence that says why the column was not judged; empty where it was
 * @param drifted only ever true for a judged column
 * @param referenceRows rows with a finite value; 0 where the column is missing or not compared
 * @param currentRows the same
 */
public record ColumnDrift(
    String column,
    Optional<ColumnType> type,
    Optional<DriftMethod> method,
    OptionalDouble score,
    OptionalDouble threshold,
    Judgement judgement,
    String reason,
    boolean drifted,
    int referenceRows,
    int currentRows,
    Optional<Distribution> distribution) {

  public boolean judged() {
    return judgement == Judgement.JUDGED;
  }

  static ColumnDrift notCompared(
      String column,
      Optional<ColumnType> type,
      Judgement judgement,
      String reason,
      int referenceRows,
      int currentRows) {
    return new ColumnDrift(
        column,
        type,
        Optional.empty(),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        judgement,
        reason,
        false,
        referenceRows,
        currentRows,
        Optional.empty());
  }
}
