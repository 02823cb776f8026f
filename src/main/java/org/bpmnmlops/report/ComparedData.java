package org.bpmnmlops.report;

import java.util.Optional;
import org.bpmnmlops.data.Table;
import org.bpmnmlops.drift.PreparedReference;

/**
 * Reference rows and the current rows beside them.
 *
 * @param reference the rows a model was built on
 * @param prepared their columns, sorted and counted, with the schema that counts
 * @param current empty where there are no current rows
 * @param times of the current rows in milliseconds since 1970-01-01 UTC; empty where they have none
 * @param target column to predict; empty where neither side has it
 */
public record ComparedData(
    Table reference,
    PreparedReference prepared,
    Optional<Table> current,
    Optional<long[]> times,
    Optional<String> target) {

  public ComparedData {
    if (times.isPresent() && times.get().length != current.map(Table::rows).orElse(0)) {
      throw new IllegalArgumentException(
          "%d times of %d current rows"
              .formatted(times.get().length, current.map(Table::rows).orElse(0)));
    }
  }

  int referenceRows() {
    return reference.rows();
  }

  int currentRows() {
    return current.map(Table::rows).orElse(0);
  }
}
