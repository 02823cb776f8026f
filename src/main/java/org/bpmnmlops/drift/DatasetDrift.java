package org.bpmnmlops.drift;

import java.util.List;
import java.util.OptionalDouble;

/**
 * What was found out about a data set.
 *
 * @param columns in the schema's order, then those only one of the data sets has
 * @param judgedColumns columns with enough rows on both sides
 * @param driftedColumns judged columns that drifted
 * @param driftShare drifted of judged columns, 0 to 1; empty where none could be judged
 * @param datasetDrift whether the report says that the data set drifted
 * @param retrainingAdvised whether the drift is a reason to train again
 */
public record DatasetDrift(
    List<ColumnDrift> columns,
    int judgedColumns,
    int driftedColumns,
    OptionalDouble driftShare,
    boolean datasetDrift,
    boolean retrainingAdvised) {

  public DatasetDrift {
    columns = List.copyOf(columns);
  }

  static DatasetDrift of(List<ColumnDrift> columns, DriftSettings settings) {
    int judged = (int) columns.stream().filter(ColumnDrift::judged).count();
    int drifted = (int) columns.stream().filter(ColumnDrift::drifted).count();
    if (judged == 0) {
      return new DatasetDrift(columns, 0, 0, OptionalDouble.empty(), false, false);
    }
    double share = (double) drifted / judged;
    return new DatasetDrift(
        columns,
        judged,
        drifted,
        OptionalDouble.of(share),
        share >= settings.driftedShare(),
        share > settings.retrainingShare() && drifted >= settings.retrainingColumns());
  }
}
