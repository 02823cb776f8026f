package org.bpmnmlops.data;

import java.util.ArrayList;
import java.util.List;
import org.bpmnmlops.data.PreparationPlanner.LeftOut;

/**
 * What stands beside the preprocessed rows, as JSON: what they are and how they came about.
 *
 * @param dataset the raw file's name
 * @param dataHash its SHA-256
 * @param rawRows its rows
 * @param rows preprocessed rows
 * @param droppedWithoutTarget rows left out because the target is missing
 * @param droppedWithMissing rows left out because a value to learn from is missing
 * @param droppedDuplicates rows left out because they equal an earlier one
 * @param identityColumn the name of the first column, the row's identity in hexadecimal
 * @param targetType the target's type; numbers where they are cut into classes later
 * @param leftOut raw columns that nothing is learned from
 * @param predictionColumn name of the column with the {@code predictionId} of rows that came from
 *     production, empty for the others; null where all rows came from a data set
 * @param timeColumn name of the column that says since when a row is known; null likewise
 */
record Preprocessing(
    String dataset,
    String dataHash,
    int rawRows,
    int rows,
    int droppedWithoutTarget,
    int droppedWithMissing,
    int droppedDuplicates,
    String identityColumn,
    ColumnType targetType,
    List<LeftOut> leftOut,
    Preparation preparation,
    String predictionColumn,
    String timeColumn) {

  Preprocessing {
    leftOut = List.copyOf(leftOut);
  }

  int dropped() {
    return droppedWithoutTarget + droppedWithMissing + droppedDuplicates;
  }

  /** The columns of the preprocessed file after the identity: what is learned from, the target. */
  Schema columns() {
    List<Schema.ColumnSchema> columns = new ArrayList<>(preparation.prepared().columns());
    columns.add(new Schema.ColumnSchema(preparation.target(), targetType));
    return new Schema(columns);
  }

  /** The columns that say where rows came from; none where all came from a data set. */
  Schema originColumns() {
    return predictionColumn == null
        ? new Schema(List.of())
        : new Schema(
            List.of(
                new Schema.ColumnSchema(predictionColumn, ColumnType.FREE_TEXT),
                new Schema.ColumnSchema(timeColumn, ColumnType.FREE_TEXT)));
  }
}
