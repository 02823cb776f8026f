package org.bpmnmlops.retraining;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.bpmnmlops.data.Column;
import org.bpmnmlops.data.ColumnType;
import org.bpmnmlops.data.Preparation;
import org.bpmnmlops.data.Schema;
import org.bpmnmlops.data.Schema.ColumnSchema;
import org.bpmnmlops.data.SeparatedData;
import org.bpmnmlops.data.SeparatedDataReader;
import org.bpmnmlops.data.Table;
import org.bpmnmlops.data.TextColumn;
import org.bpmnmlops.data.TypedRows;
import org.bpmnmlops.drift.DatasetDrift;
import org.bpmnmlops.drift.DriftDetector;
import org.bpmnmlops.drift.DriftSettings;
import org.bpmnmlops.production.ProductionData;
import org.bpmnmlops.production.ProductionTable;
import org.bpmnmlops.production.Window;
import org.bpmnmlops.registry.Alias;
import org.bpmnmlops.registry.ModelAlias;
import org.bpmnmlops.registry.ModelRegistry;
import org.bpmnmlops.registry.ModelVersion;
import org.bpmnmlops.training.TrainedModel;
import org.springframework.stereotype.Component;

/**
 * Compares what came to the champion since it went live with what it was made of: the columns it
 * learns from without their products, the outcome and the prediction. The last two of the reference
 * are those of its held-out rows, because on rows it learned from a model is better than it is.
 */
@Component
class DriftCheck {

  private final ModelRegistry registry;
  private final SeparatedDataReader reader;
  private final ProductionData production;
  private final Clock clock;

  DriftCheck(
      ModelRegistry registry, SeparatedDataReader reader, ProductionData production, Clock clock) {
    this.registry = registry;
    this.reader = reader;
    this.production = production;
    this.clock = clock;
  }

  /**
   * @param longest how far back predictions are looked at
   * @throws NoChampionException when no version of the model is live
   */
  DatasetDrift check(String model, Duration longest) {
    ModelVersion champion = ProductionCheck.champion(registry, model);
    TrainedModel trained = registry.load(champion);
    SeparatedData data = registry.rows(champion);
    Preparation preparation = own(reader.preparation(registry.rowReferences(champion).rows()));
    ProductionTable rows =
        production.read(
            Window.of(model).ofVersion(champion.version()).since(since(model, longest)),
            preparation.needed());
    List<String> features = preparation.prepared().names();
    String prediction = free("prediction", features, data.target());
    List<ColumnSchema> schema = new ArrayList<>(preparation.prepared().columns());
    schema.add(new ColumnSchema(data.target(), ColumnType.CATEGORICAL));
    schema.add(new ColumnSchema(prediction, ColumnType.CATEGORICAL));
    List<Column> current = new ArrayList<>(preparation.apply(rows.features()).columns());
    current.add(named(data.target(), rows.actual()));
    current.add(named(prediction, rows.prediction()));
    return new DriftDetector(DriftSettings.DEFAULT)
        .detect(
            reference(trained, data, features, prediction),
            new Table("production data of " + model, rows.rows(), current),
            new Schema(schema));
  }

  private Instant since(String model, Duration longest) {
    Instant earliest = clock.instant().minus(longest);
    return registry.aliases(model).stream()
        .filter(alias -> alias.alias() == Alias.CHAMPION)
        .map(ModelAlias::since)
        .filter(since -> since.isAfter(earliest))
        .findFirst()
        .orElse(earliest);
  }

  private static Table reference(
      TrainedModel model, SeparatedData data, List<String> features, String prediction) {
    int[] test = data.testRows();
    double[][] probabilities = model.preparedProbabilities(data.features(), test);
    String[] targets = new String[data.features().rows()];
    String[] predictions = new String[targets.length];
    for (int i = 0; i < test.length; i++) {
      int at = i;
      int answer =
          IntStream.range(0, probabilities.length)
              .reduce(0, (best, k) -> probabilities[k][at] > probabilities[best][at] ? k : best);
      targets[test[i]] = data.classes().get(data.labels()[test[i]]);
      predictions[test[i]] = model.classes().get(answer);
    }
    List<Column> columns = new ArrayList<>();
    features.forEach(name -> columns.add(data.features().column(name)));
    columns.add(TypedRows.textColumn(data.target(), targets));
    columns.add(TypedRows.textColumn(prediction, predictions));
    return new Table("reference", targets.length, columns);
  }

  /** Without products of columns, which say nothing of their own. */
  private static Preparation own(Preparation preparation) {
    return new Preparation(
        preparation.raw(),
        preparation.target(),
        preparation.missing(),
        preparation.features().stream().filter(f -> f.from().size() == 1).toList());
  }

  private static String free(String wanted, List<String> features, String target) {
    String name = wanted;
    while (features.contains(name) || name.equals(target)) {
      name = "_" + name;
    }
    return name;
  }

  private static TextColumn named(String name, TextColumn column) {
    return new TextColumn(name, column.codes(), column.levels());
  }

  static List<String> drifted(DatasetDrift drift) {
    return drift.columns().stream()
        .filter(column -> column.drifted())
        .map(column -> column.column())
        .toList();
  }
}
