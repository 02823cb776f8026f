package org.bpmnmlops.drift;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bpmnmlops.data.Column;
import org.bpmnmlops.data.ColumnType;
import org.bpmnmlops.data.NumericColumn;
import org.bpmnmlops.data.Schema;
import org.bpmnmlops.data.Schema.ColumnSchema;
import org.bpmnmlops.data.Table;
import org.bpmnmlops.data.TextColumn;

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
    Map<String, Sample> samples = new LinkedHashMap<>();
    for (ColumnSchema column : schema.columns()) {
      reference
          .find(column.name())
          .flatMap(values -> sample(values, column.type()))
          .ifPresent(sample -> samples.put(column.name(), sample));
    }
    return new PreparedReference(schema, reference.names(), samples);
  }

  /** Empty where a column is not compared by its type, or holds text in place of numbers. */
  static Optional<Sample> sample(Column column, ColumnType type) {
    return switch (type) {
      case NUMERICAL ->
          column instanceof NumericColumn numbers
              ? Optional.of(NumericSample.of(numbers.values()))
              : Optional.empty();
      case CATEGORICAL ->
          Optional.of(
              column instanceof TextColumn text
                  ? CategorySample.of(text)
                  : NumericSample.of(((NumericColumn) column).values()).categories());
      case FREE_TEXT, DATE -> Optional.empty();
    };
  }

  Schema schema() {
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
