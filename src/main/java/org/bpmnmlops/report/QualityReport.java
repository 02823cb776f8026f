package org.bpmnmlops.report;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.bpmnmlops.data.Column;
import org.bpmnmlops.data.ColumnType;
import org.bpmnmlops.data.NumericColumn;
import org.bpmnmlops.data.Schema.ColumnSchema;
import org.bpmnmlops.data.Table;
import org.bpmnmlops.data.TextColumn;
import org.bpmnmlops.drift.CategorySample;
import org.bpmnmlops.drift.Sample;
import org.bpmnmlops.wording.Verdict;
import org.bpmnmlops.wording.Words;

/**
 * What the data are like, reference beside current rows, and whether they keep to the contract.
 *
 * @param reference the side as a whole
 * @param current null without current rows
 * @param onlyInReference columns the current rows lack
 * @param onlyInCurrent columns the reference lacks
 * @param columns in the schema's order
 * @param correlations of numbers (Pearson, Spearman) and of categories (Cramér's V); those with
 *     fewer than two columns are left out
 */
public record QualityReport(
    ReportKind kind,
    int version,
    ReportSubject subject,
    ReportSummary summary,
    TableQuality reference,
    TableQuality current,
    List<String> onlyInReference,
    List<String> onlyInCurrent,
    List<ColumnQuality> columns,
    List<Correlations> correlations,
    List<Finding> findings,
    List<String> notes)
    implements Report {

  public static final int VERSION = 1;

  private static final long SEED = 42;
  private static final int MOST_NAMES = 10;

  /**
   * @param contract what the current rows have to keep to
   * @param findings what was wrong with the data when they were read
   * @param previous the report before; empty for the first
   */
  public static QualityReport of(
      ReportSubject subject,
      ComparedData data,
      DataContract contract,
      List<Finding> findings,
      Optional<PreviousReport> previous) {
    Table reference = data.reference();
    Table current = data.current().orElse(null);
    Map<String, ColumnStatistics> ofReference = new LinkedHashMap<>();
    Map<String, ColumnStatistics> ofCurrent = new LinkedHashMap<>();
    List<ColumnQuality> columns = new ArrayList<>();
    for (ColumnSchema schema : data.prepared().schema().columns()) {
      columns.add(column(schema, data, contract, ofReference, ofCurrent));
    }
    Set<String> known = Set.copyOf(data.prepared().schema().names());
    List<String> onlyInReference =
        current == null ? List.of() : without(reference.names(), current.names());
    List<String> onlyInCurrent =
        current == null
            ? List.of()
            : current.names().stream()
                .filter(name -> !known.contains(name) && reference.find(name).isEmpty())
                .toList();
    TableQuality currentQuality =
        current == null ? null : TableQuality.of(counted(current, data), ofCurrent);
    return new QualityReport(
        ReportKind.DATA_QUALITY,
        VERSION,
        subject,
        QualityWords.summary(columns, currentQuality, onlyInCurrent, findings).since(previous),
        TableQuality.of(counted(reference, data), ofReference),
        currentQuality,
        onlyInReference,
        onlyInCurrent,
        columns,
        correlations(columns, reference, current),
        List.copyOf(findings),
        notes(columns, reference, current));
  }

  /**
   * Without a target that the schema does not have: an outcome that is not known yet is no missing
   * value.
   */
  private static Table counted(Table table, ComparedData data) {
    List<Column> columns =
        table.columns().stream()
            .filter(
                column ->
                    data.prepared().schema().find(column.name()).isPresent()
                        || !data.target().equals(Optional.of(column.name())))
            .toList();
    return new Table(table.source(), table.rows(), columns);
  }

  private static List<String> without(List<String> names, List<String> others) {
    Set<String> known = Set.copyOf(others);
    return names.stream().filter(name -> !known.contains(name)).toList();
  }

  private static ColumnQuality column(
      ColumnSchema schema,
      ComparedData data,
      DataContract contract,
      Map<String, ColumnStatistics> ofReference,
      Map<String, ColumnStatistics> ofCurrent) {
    String name = schema.name();
    Optional<Column> before = data.reference().find(name);
    Optional<Column> now = data.current().flatMap(table -> table.find(name));
    Optional<Sample> reference =
        before.flatMap(
            column ->
                data.prepared()
                    .sample(name)
                    .filter(sample -> sample.count() + sample.missing() == column.size())
                    .or(() -> Sample.of(column, schema.type())));
    Optional<Sample> current = now.flatMap(column -> Sample.of(column, schema.type()));
    before.ifPresent(column -> ofReference.put(name, ColumnStatistics.of(column, reference)));
    now.ifPresent(column -> ofCurrent.put(name, ColumnStatistics.of(column, current)));
    List<ContractCheck> checks =
        data.current().isEmpty()
            ? List.of()
            : contract
                .find(name)
                .map(rules -> ContractChecker.check(rules, now, current.orElse(null)))
                .orElse(List.of());
    Bars bars = Bars.of(reference.orElse(null), current.orElse(null));
    return new ColumnQuality(
        name,
        schema.type(),
        data.current().isEmpty()
            ? Verdict.UNKNOWN
            : checks.stream().map(ContractCheck::verdict).reduce(Verdict.GOOD, Verdict::or),
        checks,
        ofReference.get(name),
        ofCurrent.get(name),
        bars,
        beyond(current, reference),
        beyond(reference, current),
        data.target()
            .filter(target -> !target.equals(name))
            .map(
                target ->
                    AgainstTarget.of(
                        name, bars, target, data.reference(), data.current().orElse(null)))
            .orElse(null));
  }

  /** Categories of one side that the other lacks; null where they are no categories. */
  private static ColumnQuality.Named beyond(Optional<Sample> one, Optional<Sample> other) {
    if (!(one.orElse(null) instanceof CategorySample mine)
        || !(other.orElse(null) instanceof CategorySample theirs)) {
      return null;
    }
    Map<String, Integer> known = new HashMap<>();
    for (int level = 0; level < theirs.counts().length; level++) {
      known.put(theirs.levels().get(level), theirs.counts()[level]);
    }
    List<String> names = new ArrayList<>();
    int count = 0;
    int rows = 0;
    for (int level = 0; level < mine.counts().length; level++) {
      if (mine.counts()[level] > 0 && known.getOrDefault(mine.levels().get(level), 0) == 0) {
        count++;
        rows += mine.counts()[level];
        if (names.size() < MOST_NAMES) {
          names.add(Words.shortened(mine.levels().get(level)));
        }
      }
    }
    return new ColumnQuality.Named(count, rows, names);
  }

  private static List<Correlations> correlations(
      List<ColumnQuality> columns, Table reference, Table current) {
    List<String> numbers = names(columns, reference, ColumnType.NUMERICAL);
    List<String> categories = names(columns, reference, ColumnType.CATEGORICAL);
    List<Correlations> correlations = new ArrayList<>();
    if (numbers.size() > 1) {
      correlations.add(Correlations.pearson(numbers, reference, current));
      correlations.add(Correlations.spearman(numbers, reference, current, SEED));
    }
    if (categories.size() > 1) {
      correlations.add(Correlations.cramer(categories, reference, current, SEED));
    }
    return correlations;
  }

  private static List<String> names(List<ColumnQuality> columns, Table reference, ColumnType type) {
    Class<? extends Column> held =
        type == ColumnType.NUMERICAL ? NumericColumn.class : TextColumn.class;
    return columns.stream()
        .filter(column -> column.type() == type)
        .map(ColumnQuality::column)
        .filter(name -> reference.find(name).filter(held::isInstance).isPresent())
        .limit(Correlations.MOST_COLUMNS)
        .collect(Collectors.toUnmodifiableList());
  }

  private static List<String> notes(List<ColumnQuality> columns, Table reference, Table current) {
    List<String> notes = new ArrayList<>();
    int rows = Math.max(reference.rows(), current == null ? 0 : current.rows());
    if (rows > Correlations.SAMPLE) {
      notes.add(
          "Spearman and Cramér's V are computed on %s rows of each side, drawn with seed %d; all other numbers on all rows."
              .formatted(Words.count(Correlations.SAMPLE), SEED));
    }
    if (columns.size() > Correlations.MOST_COLUMNS) {
      notes.add(
          "Correlations are shown for the first %d columns of a type."
              .formatted(Correlations.MOST_COLUMNS));
    }
    return notes;
  }
}
