package org.bpmnmlops.training;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bpmnmlops.data.Column;
import org.bpmnmlops.data.InvalidDataException;
import org.bpmnmlops.data.Preparation;
import org.bpmnmlops.data.Schema;
import org.bpmnmlops.data.Table;
import org.bpmnmlops.data.TextColumn;
import org.tribuo.Model;
import org.tribuo.classification.Label;
import org.tribuo.classification.sgd.linear.LinearSGDModel;
import org.tribuo.common.xgboost.XGBoostModel;

/**
 * A model with everything it needs to answer: what was fitted on the training rows, the trained
 * parameters, the classes. Immutable; safe for several threads. Loaded from its file it gives the
 * probabilities of the evaluation to the bit, one row at a time or all at once.
 */
public final class TrainedModel {

  private final Manifest manifest;
  private final Model<Label> model;
  private final Scorer scorer;
  private final Schema rawColumns;

  TrainedModel(Manifest manifest, Model<Label> model) {
    this.manifest = manifest;
    this.model = model;
    this.rawColumns = manifest.preparation().needed();
    this.scorer =
        model instanceof LinearSGDModel linear
            ? new Scorer.Linear(linear)
            : new Scorer.Trees(
                ((XGBoostModel<Label>) model).getInnerModels().get(0),
                manifest.settings().algorithm() == TrainingSettings.Algorithm.RANDOM_FOREST);
  }

  /**
   * Reads a model's file. It holds protobuf and JSON, nothing that could run.
   *
   * @throws UnreadableModelException when the file is damaged, or is no model
   * @throws IOException when it cannot be read
   */
  public static TrainedModel load(Path file) throws IOException {
    return ModelFile.read(file);
  }

  /** Writes the model's file; the same model gives the same bytes. */
  public void write(Path file) throws IOException {
    ModelFile.write(manifest, model, file);
  }

  public String target() {
    return manifest.target();
  }

  /** The classes, in the order of the probabilities. */
  public List<String> classes() {
    return manifest.classes();
  }

  /** Training rows of each class. */
  public List<Integer> classRows() {
    return manifest.classRows();
  }

  /**
   * Of two classes the one that precision, recall and AUC are about: of 0 and 1, no and yes, false
   * and true the second, else the one with fewer training rows. Empty for more classes.
   */
  public Optional<String> positiveClass() {
    return Optional.ofNullable(manifest.positiveClass());
  }

  public TrainingSettings settings() {
    return manifest.settings();
  }

  public Origin origin() {
    return manifest.origin();
  }

  /** Columns left out because all training rows had the same value there, or none. */
  public List<String> droppedColumns() {
    return manifest.encoder().dropped();
  }

  /** Coefficients in the columns' order with the intercept last, or importances, largest first. */
  public List<FeatureWeight> weights() {
    return scorer.explain(manifest.encoder().features(), classes());
  }

  /** How the columns it learned from come out of the raw ones. */
  public Preparation preparation() {
    return manifest.preparation();
  }

  /** The raw columns the model needs, with their types, in the data set's order. */
  public Schema rawColumns() {
    return rawColumns;
  }

  /** All columns of the data set the model was trained on, also those it does not need. */
  public Schema dataColumns() {
    return manifest.preparation().raw();
  }

  /** Whether the model was trained on rows with missing values; else it expects complete ones. */
  public boolean acceptsMissing() {
    return manifest.preparation().missing().equals("keep");
  }

  /** The categories the model tells apart, most frequent first, by raw column that has some. */
  public Map<String, List<String>> categories() {
    Map<String, List<String>> categories = new LinkedHashMap<>();
    for (FeatureColumn column : manifest.encoder().columns()) {
      if (column instanceof FeatureColumn.OfCategories some) {
        categories.put(some.column(), some.levels());
      }
    }
    return categories;
  }

  /**
   * What scoring makes of values that no training row had, and of missing ones.
   *
   * @param rows as for {@link #probabilities(Table)}
   */
  public List<Remark> remarks(Table rows) {
    List<Remark> remarks = new ArrayList<>();
    for (Schema.ColumnSchema column : rawColumns().columns()) {
      FeatureColumn encoded = encoded(column.name());
      Column values = rows.column(column.name());
      BitSet unknown = unknownLevels(encoded, values);
      for (int row = 0; row < values.size(); row++) {
        if (values.isMissing(row)) {
          remarks.add(new Remark(row, column.name(), null, missing(encoded)));
        } else if (unknown != null && unknown.get(((TextColumn) values).codes()[row])) {
          remarks.add(
              new Remark(
                  row,
                  column.name(),
                  values.text(row),
                  ((FeatureColumn.OfCategories) encoded).other()
                      ? "is none of the frequent categories; counts as a rare one"
                      : "is a category no training row had; counts as none of the known ones"));
        }
      }
    }
    return remarks;
  }

  private static BitSet unknownLevels(FeatureColumn encoded, Column values) {
    if (!(encoded instanceof FeatureColumn.OfCategories known)
        || !(values instanceof TextColumn texts)) {
      return null;
    }
    BitSet unknown = new BitSet();
    for (int code = 0; code < texts.levels().size(); code++) {
      if (!known.levels().contains(texts.levels().get(code))) {
        unknown.set(code);
      }
    }
    return unknown.isEmpty() ? null : unknown;
  }

  private static String missing(FeatureColumn encoded) {
    if (encoded instanceof FeatureColumn.OfNumbers numbers) {
      return "is missing; counts as %s, the median of the training rows"
          .formatted(Double.toString(numbers.fill()));
    }
    if (encoded instanceof FeatureColumn.OfCategories categories) {
      return "is missing; counts as '%s', the most frequent category".formatted(categories.fill());
    }
    return "is missing; the model does not look at it by itself";
  }

  private FeatureColumn encoded(String column) {
    for (FeatureColumn candidate : manifest.encoder().columns()) {
      if (candidate.column().equals(column)) {
        return candidate;
      }
    }
    return null;
  }

  /**
   * Scores raw rows: prepares, encodes and answers as in training. A missing value and a category
   * that no training row had count as the training rows decided.
   *
   * @param rows has the {@link #rawColumns()} in any order; others are ignored
   * @return {@code [class][row]}, 0 to 1
   * @throws InvalidDataException when a column is missing, or text where numbers are needed
   */
  public double[][] probabilities(Table rows) {
    return preparedProbabilities(
        manifest.preparation().apply(rows), IntStream.range(0, rows.rows()).toArray());
  }

  /**
   * Scores rows that are preprocessed already.
   *
   * @param features has the columns the model was trained on, in any order; others are ignored
   * @param rows which to score
   * @return {@code [class][index into rows]}, 0 to 1
   * @throws IllegalArgumentException when a column is missing or has another type
   */
  public double[][] preparedProbabilities(Table features, int[] rows) {
    double[][] probabilities = new double[classes().size()][rows.length];
    scorer.score(manifest.encoder().encode(features, rows), probabilities);
    return probabilities;
  }

  /** Tribuo's model over the encoded features. A forest's answers there are not yet shares. */
  Model<Label> tribuo() {
    return model;
  }

  Encoder encoder() {
    return manifest.encoder();
  }
}
