package org.bpmnmlops.promotion;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.bpmnmlops.artifact.Artifacts;
import org.bpmnmlops.artifact.Home;
import org.bpmnmlops.data.Column;
import org.bpmnmlops.data.SeparatedData;
import org.bpmnmlops.data.SeparatedDataReader;
import org.bpmnmlops.data.TableWriter;
import org.bpmnmlops.data.TextColumn;
import org.bpmnmlops.data.TypedRows;
import org.bpmnmlops.production.ProductionData;
import org.bpmnmlops.production.ProductionTable;
import org.bpmnmlops.production.Window;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Marks production rows as part of the reference and leaves an export of them: {@code
 * production/prod_data_archived_<time of the merge>.csv} in the home. Only rows that the retraining
 * merged are touched, so feedback that arrives meanwhile stays production data.
 */
@Component
class ProductionArchive {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd_HHmmss").withZone(ZoneOffset.UTC);

  /**
   * What was archived.
   *
   * @param file the export, relative to the home
   */
  record Archived(int rows, String file) {}

  private final ProductionData production;
  private final SeparatedDataReader reader;
  private final JdbcClient jdbc;
  private final Home home;

  ProductionArchive(
      ProductionData production, SeparatedDataReader reader, JdbcClient jdbc, Home home) {
    this.production = production;
    this.reader = reader;
    this.jdbc = jdbc;
    this.home = home;
  }

  /**
   * Archives the rows the run's model was made of, as far as they are not archived yet. One whose
   * outcome was corrected since stays production data: the model learned another outcome.
   *
   * @param preprocessed reference to these rows
   * @param separation reference to the record of their sides
   */
  Archived archive(String run, String model, String preprocessed, String separation) {
    Map<String, String> learned = outcomes(preprocessed, separation);
    ProductionTable open =
        production.read(
            Window.of(model).labelled().unarchived(), reader.preparation(preprocessed).needed());
    List<Integer> rows = new ArrayList<>();
    List<UUID> ids = new ArrayList<>();
    for (int row = 0; row < open.rows(); row++) {
      if (open.actual().text(row).equals(learned.get(open.ids().get(row).toString()))) {
        rows.add(row);
        ids.add(open.ids().get(row));
      }
    }
    Path file = folder().resolve(name(run));
    int[] chosen = rows.stream().mapToInt(Integer::intValue).toArray();
    Artifacts.write(file, path -> TableWriter.write(path, columns(open), chosen));
    return new Archived(production.archive(ids, run), "production/" + file.getFileName());
  }

  /** Undoes {@link #archive}; a run that archived nothing has nothing to put back. */
  int putBack(String run) {
    int rows = production.unarchive(run);
    Path export = folder().resolve(name(run));
    try {
      Files.deleteIfExists(export);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot delete the export %s: %s".formatted(export, e), e);
    }
    return rows;
  }

  /** By {@code predictionId}. */
  private Map<String, String> outcomes(String preprocessed, String separation) {
    SeparatedData data = reader.read(preprocessed, separation);
    TextColumn predictions = reader.origins(preprocessed).prediction();
    Map<String, String> outcomes = new HashMap<>();
    for (int row = 0; row < predictions.codes().length; row++) {
      if (!predictions.isMissing(row)) {
        outcomes.put(predictions.text(row), data.classes().get(data.labels()[row]));
      }
    }
    return outcomes;
  }

  private Path folder() {
    return home.home().resolve("production");
  }

  /** The same for the same run, however often the step runs. */
  private String name(String run) {
    Instant mergedAt =
        jdbc.sql("SELECT merged_at FROM mlops_retraining WHERE run = :run")
            .param("run", run)
            .query(Timestamp.class)
            .single()
            .toInstant();
    return "prod_data_archived_%s.csv".formatted(TIME.format(mergedAt));
  }

  private static List<Column> columns(ProductionTable rows) {
    List<Column> columns = new ArrayList<>(rows.features().columns());
    columns.add(rows.prediction());
    columns.add(rows.actual());
    columns.add(texts("predictionId", rows.ids()));
    columns.add(texts("predictedAt", rows.predictedAt()));
    columns.add(texts("actualAt", rows.actualAt()));
    return columns;
  }

  private static Column texts(String name, List<?> values) {
    return TypedRows.textColumn(name, values.stream().map(Object::toString).toArray(String[]::new));
  }
}
