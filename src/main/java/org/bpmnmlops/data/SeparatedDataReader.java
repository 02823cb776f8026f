package org.bpmnmlops.data;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bpmnmlops.artifact.Artifacts;
import org.bpmnmlops.artifact.GoneFileException;
import org.springframework.stereotype.Component;

/** Reads what Preprocess data and Separate data wrote, for the steps after them. */
@Component
public class SeparatedDataReader {

  private static final String PREPROCESS = "Preprocess data";
  private static final String SEPARATE = "Separate data";

  private final Artifacts artifacts;

  SeparatedDataReader(Artifacts artifacts) {
    this.artifacts = artifacts;
  }

  /**
   * The preprocessed rows with their sides.
   *
   * @param preprocessed reference to the rows (variable {@code preprocessedData})
   * @param separation reference to the record of the sides (variable {@code separation})
   * @throws InvalidDataException when the two do not belong together
   * @throws GoneFileException when one of their files was deleted
   */
  public SeparatedData read(String preprocessed, String separation) {
    Preprocessing description = description(preprocessed);
    Path sides = artifacts.written(separation, SEPARATE);
    SeparationSummary summary =
        Json.read(artifacts.written(summary(separation), SEPARATE), SeparationSummary.class);
    PreprocessedFile.Rows rows =
        PreprocessedFile.read(
            artifacts.written(preprocessed, PREPROCESS), description, description.columns());
    Separation separated = Separation.read(sides);
    if (!Arrays.equals(rows.identities(), separated.identities())) {
      throw new InvalidDataException(
          "%s and %s do not hold the same rows in the same order; run Separate data again"
              .formatted(preprocessed, separation));
    }
    List<Column> columns = rows.table().columns();
    List<Column> features = columns.subList(0, columns.size() - 1);
    return new SeparatedData(
        new Table(rows.table().source(), rows.table().rows(), features),
        summary.target(),
        summary.classes(),
        labels(columns.get(columns.size() - 1), summary, description.dataset()),
        separated.rows(false),
        separated.rows(true));
  }

  /** How the preprocessed columns came out of the raw ones; to be stored with the model. */
  public Preparation preparation(String preprocessed) {
    return description(preprocessed).preparation();
  }

  /** References of all the files that {@link #read} reads. */
  public List<String> files(String preprocessed, String separation) {
    return List.of(
        preprocessed, PreprocessedFile.description(preprocessed), separation, summary(separation));
  }

  /**
   * What was decided about the rows of the data set, preparation and separation, as JSON; equal
   * decisions give equal text.
   */
  public String decisions(String preprocessed, String separation) {
    Preprocessing description = description(preprocessed);
    return Json.text(
        List.of(
            description.preparation(),
            description.rows(),
            description.dropped(),
            Json.read(artifacts.written(summary(separation), SEPARATE), SeparationSummary.class)));
  }

  private static String summary(String separation) {
    return separation.substring(0, separation.lastIndexOf('/') + 1) + SeparationSummary.FILE;
  }

  /** Where the preprocessed rows came from, in their order. */
  public RowOrigins origins(String preprocessed) {
    Preprocessing description = description(preprocessed);
    if (description.predictionColumn() == null) {
      int[] missing = new int[description.rows()];
      Arrays.fill(missing, -1);
      return new RowOrigins(
          new TextColumn("predictionId", missing, List.of()),
          new TextColumn("knownSince", missing, List.of()));
    }
    List<Column> columns =
        PreprocessedFile.read(
                artifacts.written(preprocessed, PREPROCESS),
                description,
                description.originColumns())
            .table()
            .columns();
    return new RowOrigins((TextColumn) columns.get(0), (TextColumn) columns.get(1));
  }

  private Preprocessing description(String preprocessed) {
    return Json.read(
        artifacts.written(PreprocessedFile.description(preprocessed), PREPROCESS),
        Preprocessing.class);
  }

  private static int[] labels(Column target, SeparationSummary summary, String dataset) {
    if (summary.cut() != null) {
      return Labels.above(Trainability.numbers(dataset, target), summary.cut()).codes();
    }
    Labels labels = Labels.of(target);
    Map<String, Integer> order = new HashMap<>();
    summary.classes().forEach(name -> order.put(name, order.size()));
    int[] places = labels.classes().stream().mapToInt(order::get).toArray();
    int[] codes = labels.codes();
    for (int row = 0; row < codes.length; row++) {
      codes[row] = places[codes[row]];
    }
    return codes;
  }
}
