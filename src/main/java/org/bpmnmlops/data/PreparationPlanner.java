package org.bpmnmlops.data;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.bpmnmlops.data.Preparation.Feature;

/** Decides which columns to learn from. */
final class PreparationPlanner {

  /**
   * What users asked for.
   *
   * @param interactions such as {@code TV*radio}
   * @param include columns to keep although they would be left out
   * @param exclude columns to leave out
   */
  record Wishes(
      String missing, List<String> interactions, List<String> include, List<String> exclude) {}

  /** A raw column that nothing is learned from, and why. */
  record LeftOut(String column, String reason) {}

  /** The decision. */
  record Plan(Preparation preparation, List<LeftOut> leftOut) {}

  private final Table table;
  private final Schema schema;
  private final String target;
  private final Wishes wishes;

  PreparationPlanner(Table table, Schema schema, String target, Wishes wishes) {
    this.table = table;
    this.schema = schema;
    this.target = target;
    this.wishes = wishes;
  }

  /**
   * @throws InvalidDataException when a wish names no such column, or no column is left
   */
  Plan plan() {
    checkNames("include", wishes.include());
    checkNames("exclude", wishes.exclude());
    Set<String> include = new HashSet<>(wishes.include());
    Set<String> exclude = new HashSet<>(wishes.exclude());
    List<Feature> features = new ArrayList<>();
    List<LeftOut> leftOut = new ArrayList<>();
    for (Schema.ColumnSchema column : schema.columns()) {
      String name = column.name();
      if (name.equals(target)) {
        continue;
      }
      String reason = reasonToLeaveOut(column, exclude.contains(name), include.contains(name));
      if (reason == null) {
        features.add(feature(column));
      } else {
        leftOut.add(new LeftOut(name, reason));
      }
    }
    for (String interaction : wishes.interactions()) {
      features.add(interaction(interaction));
    }
    if (features.isEmpty()) {
      throw new InvalidDataException(
          ("%s: no column is left to learn from: %s. Name one in 'include', take one out of"
                  + " 'exclude', or add columns")
              .formatted(
                  table.source(),
                  CsvRows.shown(
                      leftOut.stream().map(l -> l.column() + ": " + l.reason()).toList())));
    }
    return new Plan(new Preparation(schema, target, wishes.missing(), features), leftOut);
  }

  private String reasonToLeaveOut(
      Schema.ColumnSchema schemaColumn, boolean excluded, boolean included) {
    Column column = table.column(schemaColumn.name());
    if (excluded) {
      return "named in 'exclude'";
    }
    if (isEmpty(column)) {
      return "has no values";
    }
    if (included) {
      return null;
    }
    return switch (schemaColumn.type()) {
      case FREE_TEXT -> "free text";
      case DATE -> "dates";
      case CATEGORICAL -> null;
      case NUMERICAL ->
          column instanceof NumericColumn numbers && counts(numbers.values())
              ? "counts the rows"
              : null;
    };
  }

  private Feature feature(Schema.ColumnSchema column) {
    List<String> from = List.of(column.name());
    return switch (column.type()) {
      case NUMERICAL -> new Feature(column.name(), ColumnType.NUMERICAL, from);
      case CATEGORICAL, FREE_TEXT -> new Feature(column.name(), ColumnType.CATEGORICAL, from);
      case DATE -> {
        refuseUnclearDates((TextColumn) table.column(column.name()));
        yield new Feature(column.name(), ColumnType.NUMERICAL, from);
      }
    };
  }

  private Feature interaction(String text) {
    List<String> factors = DataParameters.factors(text);
    String name = String.join("*", factors);
    checkNames("interactions", factors);
    for (String factor : factors) {
      if (factor.equals(target)) {
        throw new InvalidDataException(
            "Parameter 'interactions' has '%s', which uses the target '%s'; expected other columns"
                .formatted(name, target));
      }
      if (!isNumeric(factor)) {
        throw new InvalidDataException(
            "Parameter 'interactions' has '%s', but column '%s' of %s holds text; expected numbers"
                .formatted(name, factor, table.source()));
      }
    }
    if (schema.find(name).isPresent()) {
      throw new InvalidDataException(
          "Parameter 'interactions' has '%s', and there is a column of that name already; remove it"
              .formatted(name));
    }
    return new Feature(name, ColumnType.NUMERICAL, factors);
  }

  private void checkNames(String parameter, List<String> names) {
    for (String name : names) {
      if (schema.find(name).isEmpty()) {
        throw new InvalidDataException(
            "Parameter '%s' names '%s', but %s has no such column; there are %s"
                .formatted(
                    parameter,
                    ColumnBuilder.shorten(name),
                    table.source(),
                    CsvRows.shown(schema.names())));
      }
    }
  }

  private boolean isNumeric(String name) {
    return switch (schema.find(name).orElseThrow().type()) {
      case NUMERICAL -> true;
      case CATEGORICAL ->
          ((TextColumn) table.column(name))
              .levels().stream().noneMatch(level -> Double.isNaN(Decimals.parse(level)));
      case FREE_TEXT, DATE -> false;
    };
  }

  private void refuseUnclearDates(TextColumn dates) {
    for (String level : dates.levels()) {
      if (Double.isNaN(Dates.days(level))) {
        throw new InvalidDataException(
            ("%s, column '%s': '%s' leaves open which part is the month; expected 2026-11-22. Write"
                    + " the dates so, or remove the column from 'include'")
                .formatted(table.source(), dates.name(), ColumnBuilder.shorten(level)));
      }
    }
  }

  private static boolean isEmpty(Column column) {
    for (int row = 0; row < column.size(); row++) {
      if (!column.isMissing(row)) {
        return false;
      }
    }
    return true;
  }

  /** Whether the values are 1 to n, or 0 to n - 1, each once, in any order: a row number. */
  private static boolean counts(double[] values) {
    BitSet seen = new BitSet();
    for (double value : values) {
      if (!(value >= 0 && value <= values.length) || value != Math.rint(value)) {
        return false;
      }
      if (seen.get((int) value)) {
        return false;
      }
      seen.set((int) value);
    }
    return seen.cardinality() == values.length && !(seen.get(0) && seen.get(values.length));
  }
}
