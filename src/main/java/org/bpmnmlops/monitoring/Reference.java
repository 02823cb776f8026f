package org.bpmnmlops.monitoring;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.bpmnmlops.data.Column;
import org.bpmnmlops.data.ColumnType;
import org.bpmnmlops.data.Preparation;
import org.bpmnmlops.data.Schema;
import org.bpmnmlops.data.Schema.ColumnSchema;
import org.bpmnmlops.data.SeparatedData;
import org.bpmnmlops.data.Table;
import org.bpmnmlops.data.TextColumn;
import org.bpmnmlops.data.TypedRows;
import org.bpmnmlops.registry.ModelVersion;
import org.bpmnmlops.report.ScoredRows;
import org.bpmnmlops.training.TrainedModel;

/**
 * What production rows are compared with: a version, its model and the rows it was built from.
 *
 * @param model of the version
 * @param data its rows, prepared, with their sides
 */
record Reference(ModelVersion version, TrainedModel model, SeparatedData data) {

  /** The columns it learned from, without products of columns: those say nothing of their own. */
  Schema features() {
    return new Schema(
        model.preparation().features().stream()
            .filter(feature -> feature.from().size() == 1)
            .map(feature -> new ColumnSchema(feature.name(), feature.type()))
            .toList());
  }

  /** The features, the target and the prediction, which all count for drift. */
  Schema compared() {
    List<ColumnSchema> columns = new ArrayList<>(features().columns());
    columns.add(new ColumnSchema(target(), ColumnType.CATEGORICAL));
    columns.add(new ColumnSchema(predictionColumn(), ColumnType.CATEGORICAL));
    return new Schema(columns);
  }

  String target() {
    return data.target();
  }

  /** A name for the prediction that no column has. */
  String predictionColumn() {
    String name = ProductionFile.PREDICTION;
    List<String> taken = features().names();
    while (taken.contains(name) || name.equals(target())) {
      name = "_" + name;
    }
    return name;
  }

  /**
   * All rows by their features; target and prediction on the held-out rows only, because on rows it
   * learned from a model is better than it is.
   */
  Table forDrift() {
    int[] rows = data.testRows();
    int[] answers = scored().answers();
    int[] targets = missing();
    int[] predictions = missing();
    for (int i = 0; i < rows.length; i++) {
      targets[rows[i]] = data.labels()[rows[i]];
      predictions[rows[i]] = answers[i];
    }
    return table(
        featureColumns(data.features()),
        classColumn(target(), targets),
        classColumn(predictionColumn(), predictions));
  }

  /** All rows by their features and the target. */
  Table forQuality() {
    return table(featureColumns(data.features()), classColumn(target(), data.labels()));
  }

  /** Rows prepared as training prepares them, without products. */
  List<Column> prepare(Table raw) {
    Preparation preparation = model.preparation();
    return new Preparation(
            preparation.raw(),
            preparation.target(),
            preparation.missing(),
            preparation.features().stream().filter(f -> f.from().size() == 1).toList())
        .apply(raw)
        .columns();
  }

  /** The held-out rows with what the model answers. */
  ScoredRows scored() {
    int[] labels = Arrays.stream(data.testRows()).map(row -> data.labels()[row]).toArray();
    return ScoredRows.of(
        data.classes(), labels, model.preparedProbabilities(data.features(), data.testRows()));
  }

  /** Of the training rows. */
  String mostFrequentClass() {
    List<Integer> rows = model.classRows();
    return model.classes().get(rows.indexOf(Collections.max(rows)));
  }

  /** Index into the classes per row; -1 where the text is missing or no class. */
  int[] codes(TextColumn column) {
    Map<String, Integer> places = new HashMap<>();
    data.classes().forEach(name -> places.put(name, places.size()));
    int[] ofLevel =
        column.levels().stream().mapToInt(level -> places.getOrDefault(level, -1)).toArray();
    return Arrays.stream(column.codes()).map(code -> code < 0 ? -1 : ofLevel[code]).toArray();
  }

  /** The categories of each categorical raw column. */
  Map<String, Set<String>> categories() {
    Map<String, Set<String>> categories = new LinkedHashMap<>();
    for (Preparation.Feature feature : model.preparation().features()) {
      if (feature.type() == ColumnType.CATEGORICAL
          && feature.from().size() == 1
          && data.features().column(feature.name()) instanceof TextColumn text) {
        categories.put(feature.from().get(0), new HashSet<>(text.levels()));
      }
    }
    return categories;
  }

  /** What a file of production data should hold. */
  ProductionFile.Expected expected() {
    return new ProductionFile.Expected(
        version.name(), model.rawColumns().columns(), target(), data.classes(), categories());
  }

  private List<Column> featureColumns(Table rows) {
    return features().names().stream().map(rows::column).toList();
  }

  private Table table(List<Column> features, Column... others) {
    List<Column> columns = new ArrayList<>(features);
    columns.addAll(List.of(others));
    return new Table(version.toString(), data.features().rows(), columns);
  }

  private TextColumn classColumn(String name, int[] codes) {
    return TypedRows.textColumn(
        name,
        IntStream.of(codes)
            .mapToObj(code -> code < 0 ? null : data.classes().get(code))
            .toArray(String[]::new));
  }

  private int[] missing() {
    int[] codes = new int[data.features().rows()];
    Arrays.fill(codes, -1);
    return codes;
  }
}
