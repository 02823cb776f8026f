package org.bpmnmlops.drift;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bpmnmlops.data.Schema;
import org.bpmnmlops.data.Schema.ColumnSchema;
import org.bpmnmlops.data.Table;

/**
 * A reference data set with its columns sorted and counted, to be compared with any number of
 * current ones. Immutable; about 8 bytes per number.
 */
public final class PreparedReference {

  private final Schema schema;
  private final List<String> names;
  private final Map<String, Sample> samples;

  private PreparedReference(Schema schema, List<String> names, Map<String, Sample> samples) {
    this.schema = schema;
    this.names = names;
    this.samples = samples;
  }

  /**
   * @param reference the rows a model was built on
   * @param schema the columns that count (features, target, prediction) and their types
   */
  public static PreparedReference of(Table reference, Schema schema) {
    List<Optional<Sample>> prepared =
        schema.columns().parallelStream()
            .map(
                column ->
                    reference
                        .find(column.name())
                        .flatMap(values -> Sample.of(values, column.type())))
            .toList();
    Map<String, Sample> samples = new LinkedHashMap<>();
    for (int i = 0; i < prepared.size(); i++) {
      String name = schema.columns().get(i).name();
      prepared.get(i).ifPresent(sample -> samples.put(name, sample));
    }
    return new PreparedReference(schema, reference.names(), samples);
  }

  /**
   * The same with further columns that have rows of their own: target and prediction, say, of the
   * held-out rows alone.
   *
   * @throws IllegalArgumentException when there is such a column already
   */
  public PreparedReference plus(Table rows, Schema columns) {
    PreparedReference others = of(rows, columns);
    List<ColumnSchema> all = new ArrayList<>(schema.columns());
    List<String> allNames = new ArrayList<>(names);
    Map<String, Sample> allSamples = new LinkedHashMap<>(samples);
    for (ColumnSchema column : columns.columns()) {
      if (schema.find(column.name()).isPresent()) {
        throw new IllegalArgumentException(
            "The reference already has a column '%s'".formatted(column.name()));
      }
      all.add(column);
      if (others.names.contains(column.name())) {
        allNames.add(column.name());
      }
      others.sample(column.name()).ifPresent(sample -> allSamples.put(column.name(), sample));
    }
    return new PreparedReference(new Schema(all), List.copyOf(allNames), allSamples);
  }

  /** The columns that count and their types. */
  public Schema schema() {
    return schema;
  }

  /** All columns of the reference, in its order. */
  List<String> names() {
    return names;
  }

  /** A column that can be compared: cleaned, sorted or counted. */
  public Optional<Sample> sample(String column) {
    return Optional.ofNullable(samples.get(column));
  }
}
