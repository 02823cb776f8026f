package org.bpmnmlops.monitoring;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bpmnmlops.artifact.Home;
import org.bpmnmlops.data.InvalidDataException;
import org.bpmnmlops.report.DataContract;
import org.bpmnmlops.report.DataContract.ColumnContract;
import org.springframework.stereotype.Component;

/**
 * What production rows have to keep to: inferred from the reference, and per column replaced by
 * what people wrote into {@code <home>/contracts/<model>.json}.
 */
@Component
class Contracts {

  private final Home home;

  Contracts(Home home) {
    this.home = home;
  }

  /**
   * @throws InvalidDataException when somebody's contract cannot be read, or names a column that
   *     the model does not have
   */
  DataContract of(Reference reference) {
    DataContract inferred = DataContract.infer(reference.forQuality(), reference.features());
    Path file = home.contracts().resolve(reference.version().name() + ".json");
    if (Files.notExists(file)) {
      return inferred;
    }
    DataContract edited = DataContract.read(file);
    for (ColumnContract column : edited.columns()) {
      if (inferred.find(column.column()).isEmpty()) {
        throw new InvalidDataException(
            "contracts/%s has rules for the column '%s'; the model has %s"
                .formatted(
                    file.getFileName(),
                    column.column(),
                    String.join(", ", reference.features().names())));
      }
    }
    List<ColumnContract> columns = new ArrayList<>();
    for (ColumnContract column : inferred.columns()) {
      columns.add(edited.find(column.column()).orElse(column));
    }
    return new DataContract(DataContract.FORMAT, DataContract.VERSION, columns);
  }
}
