package org.bpmnmlops.data;

import java.util.List;
import java.util.Optional;

/** The columns of a data set in the file's order. Stored as JSON with the run and the model. */
public record Schema(List<ColumnSchema> columns) {

  /** One column's name and type. */
  public record ColumnSchema(String name, ColumnType type) {}

  public Schema {
    columns = List.copyOf(columns);
  }

  public Optional<ColumnSchema> find(String name) {
    return columns.stream().filter(column -> column.name().equals(name)).findFirst();
  }

  public List<String> names() {
    return columns.stream().map(ColumnSchema::name).toList();
  }
}
