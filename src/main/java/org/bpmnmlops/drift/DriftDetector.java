package org.bpmnmlops.drift;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.bpmnmlops.data.Column;
import org.bpmnmlops.data.ColumnType;
import org.bpmnmlops.data.Schema;
import org.bpmnmlops.data.Table;

/**
 * Compares current rows with reference rows, column by column, by the rules of Evidently: the same
 * data gives the same scores. Unlike there, a column with few current rows is shown and not judged.
 */
public final class DriftDetector {

  private final DriftSettings settings;

  public DriftDetector(DriftSettings settings) {
    this.settings = settings;
  }

  /**
   * @param schema the columns that count (features, target, prediction) and their types; columns
   *     beyond it are listed in the result and not compared
   * @throws IllegalArgumentException when the settings ask for a method that does not fit a column
   */
  public DatasetDrift detect(Table reference, Table current, Schema schema) {
    return detect(PreparedReference.of(reference, schema), current);
  }

  /** The same for a reference that is kept for several comparisons. */
  public DatasetDrift detect(PreparedReference reference, Table current) {
    reference.schema().columns().forEach(settings::check);
    List<ColumnDrift> columns =
        new ArrayList<>(
            reference.schema().columns().parallelStream()
                .map(column -> column(column.name(), column.type(), reference, current))
                .toList());
    Set<String> beyond = new LinkedHashSet<>(reference.names());
    beyond.addAll(current.names());
    reference.schema().names().forEach(beyond::remove);
    for (String name : beyond) {
      columns.add(beyondSchema(name, reference, current));
    }
    return DatasetDrift.of(columns, settings);
  }

  private ColumnDrift column(
      String name, ColumnType type, PreparedReference reference, Table current) {
    Optional<ColumnDrift> absent =
        absent(name, Optional.of(type), reference.names().contains(name), current.find(name));
    if (absent.isPresent()) {
      return absent.get();
    }
    if (type == ColumnType.FREE_TEXT || type == ColumnType.DATE) {
      return ColumnDrift.notCompared(
          name,
          Optional.of(type),
          Judgement.TYPE_NOT_COMPARED,
          "Not counted: %s is shown, not compared"
              .formatted(type == ColumnType.DATE ? "a date" : "free text"),
          0,
          0);
    }
    Optional<Sample> before = reference.sample(name);
    Optional<Sample> now = Sample.of(current.column(name), type);
    if (before.isEmpty() || now.isEmpty()) {
      return ColumnDrift.notCompared(
          name,
          Optional.of(type),
          Judgement.TYPE_CHANGED,
          "Holds text in the %s rows; the schema expects numbers"
              .formatted(before.isEmpty() ? "reference" : "current"),
          before.map(Sample::count).orElse(0),
          now.map(Sample::count).orElse(0));
    }
    return compare(name, type, before.get(), now.get());
  }

  private ColumnDrift beyondSchema(String name, PreparedReference reference, Table current) {
    return absent(name, Optional.empty(), reference.names().contains(name), current.find(name))
        .orElseGet(
            () ->
                ColumnDrift.notCompared(
                    name,
                    Optional.empty(),
                    Judgement.NOT_IN_SCHEMA,
                    "Not counted: the schema does not have it",
                    0,
                    0));
  }

  private static Optional<ColumnDrift> absent(
      String name, Optional<ColumnType> type, boolean inReference, Optional<Column> current) {
    if (inReference && current.isPresent()) {
      return Optional.empty();
    }
    Judgement judgement =
        inReference
            ? Judgement.ONLY_IN_REFERENCE
            : current.isPresent() ? Judgement.ONLY_IN_CURRENT : Judgement.IN_NEITHER;
    String reason =
        switch (judgement) {
          case ONLY_IN_REFERENCE -> "The current rows do not have this column";
          case ONLY_IN_CURRENT -> "The reference does not have this column";
          default -> "Neither the reference nor the current rows have this column";
        };
    return Optional.of(ColumnDrift.notCompared(name, type, judgement, reason, 0, 0));
  }

  private ColumnDrift compare(String name, ColumnType type, Sample reference, Sample current) {
    if (reference.count() == 0 || current.count() == 0) {
      String empty =
          reference.count() > 0 ? "current rows" : current.count() > 0 ? "reference" : "two sides";
      return ColumnDrift.notCompared(
          name,
          Optional.of(type),
          Judgement.EMPTY,
          "No row of the %s has a value in this column".formatted(empty),
          reference.count(),
          current.count());
    }
    SamplePair pair = SamplePair.of(reference, current);
    DriftMethod method = settings.method(name, type, reference.count(), pair.distinct());
    double threshold = settings.threshold(name, type, method);
    double score = pair.score(method);
    int needed = settings.rowsToJudge(method);
    boolean judged = current.count() >= needed;
    return new ColumnDrift(
        name,
        Optional.of(type),
        Optional.of(method),
        OptionalDouble.of(score),
        OptionalDouble.of(threshold),
        judged ? Judgement.JUDGED : Judgement.TOO_FEW_ROWS,
        judged
            ? ""
            : "Too few rows to judge: %d current rows have a value, %s needs %d"
                .formatted(current.count(), method.label(), needed),
        judged && method.drifted(score, threshold),
        reference.count(),
        current.count(),
        Optional.of(pair.distribution()));
  }
}
