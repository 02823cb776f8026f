package org.bpmnmlops.data;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bpmnmlops.artifact.Artifacts;
import org.springframework.stereotype.Component;

/** Reads a data set for the first time in a run: decides the types, refuses what cannot work. */
@Component
class DataLoader {

  static final String SCHEMA_FILE = "schema.json";

  /**
   * A data set that can be trained on, as far as is known yet.
   *
   * @param schema reference to its columns and types
   */
  record LoadedData(long rows, long columns, String sha256, String schema) {}

  private final DataFolder folder;
  private final Artifacts artifacts;
  private final TableReader reader = new TableReader();

  DataLoader(DataFolder folder, Artifacts artifacts) {
    this.folder = folder;
    this.artifacts = artifacts;
  }

  /**
   * @param positiveAbove where a numeric target is cut; empty where the target has classes
   * @param exclude columns nothing is learned from
   * @throws DatasetNotReadyException when the file is missing or still being written
   * @throws InvalidDataException when nothing can be learned from it
   */
  LoadedData load(
      String run,
      String dataset,
      String target,
      Optional<String> positiveAbove,
      List<String> exclude) {
    Optional<PositiveAbove> cut = positiveAbove.map(PositiveAbove::parse);
    Set<String> ignored = new HashSet<>(exclude);
    LoadedTable loaded =
        folder.read(
            dataset,
            file -> {
              LoadedTable read = reader.infer(file, dataset, ignored);
              Table table = read.table();
              Trainability.checkTarget(table, read.schema(), target, cut);
              Trainability.checkExcluded(table, target, ignored);
              List<Column> features =
                  table.columns().stream()
                      .filter(c -> !c.name().equals(target) && !ignored.contains(c.name()))
                      .toList();
              Trainability.checkFeatures(dataset, features, null, "");
              return read;
            });
    String schema = artifacts.write(run, SCHEMA_FILE, path -> Json.write(path, loaded.schema()));
    Table table = loaded.table();
    return new LoadedData(table.rows(), table.columns().size(), loaded.sha256(), schema);
  }
}
