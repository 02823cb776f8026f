package org.bpmnmlops.monitoring;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.bpmnmlops.data.Cells;
import org.bpmnmlops.data.ColumnType;
import org.bpmnmlops.data.CsvRecords;
import org.bpmnmlops.data.InvalidDataException;
import org.bpmnmlops.data.Schema.ColumnSchema;
import org.bpmnmlops.report.Finding;
import org.bpmnmlops.wording.Words;

/**
 * Reads a file of production data: the model's raw columns in any order, {@code prediction}, the
 * target under its own name or {@code target}, and where wanted {@code time} and {@code id}. What
 * is not as it should be is a finding, and the line is used as far as it can be.
 */
final class ProductionFile {

  static final String PREDICTION = "prediction";
  static final String TARGET = "target";
  static final Set<String> TIMES = Set.of("time", "timestamp", "predictedAt", "predicted_at");
  static final Set<String> IDS = Set.of("id", "predictionId", "prediction_id");

  /** What one column of the file is. */
  private enum Role {
    FEATURE,
    PREDICTION,
    ACTUAL,
    TIME,
    ID,
    NONE
  }

  private final Expected expected;
  private final Instant from;
  private final Instant now;
  private final Findings findings;
  private final Set<UUID> ids = new HashSet<>();
  private List<String> header;
  private List<Role> roles = List.of();

  /** What the model knows of each column of the file; null where it knows none. */
  private List<ColumnSchema> columns = List.of();

  private long[] filled = {};
  private int rows;

  /**
   * What the live model makes of a file's columns.
   *
   * @param raw the columns it learned from, with their types
   * @param target the column it predicts
   * @param classes what it can answer
   * @param categories those the reference has, by categorical raw column
   */
  record Expected(
      String model,
      List<ColumnSchema> raw,
      String target,
      List<String> classes,
      Map<String, Set<String>> categories) {

    private Optional<ColumnSchema> column(String name) {
      return raw.stream().filter(column -> column.name().equals(name)).findFirst();
    }
  }

  /**
   * What reading came to.
   *
   * @param sha256 of the file
   * @param rows that can be used
   */
  record Content(String sha256, int rows, List<Finding> findings) {}

  private ProductionFile(String name, Expected expected, Instant from, Instant now) {
    this.expected = expected;
    this.from = from;
    this.now = now;
    this.findings = new Findings(name);
  }

  /**
   * Reads a file from its first line to its last.
   *
   * @param name of the file, for findings
   * @param from lines that say they are earlier are not looked at
   * @param now lines that say they are later have no time
   * @param rows takes every line that can be used
   * @throws InvalidDataException when it is no text with one record per line
   */
  static Content read(
      Path file,
      String name,
      Expected expected,
      Instant from,
      Instant now,
      Consumer<ImportedRow> rows) {
    ProductionFile reading = new ProductionFile(name, expected, from, now);
    String sha256 = CsvRecords.read(file, name, (line, cells) -> reading.line(line, cells, rows));
    reading.end();
    return new Content(sha256, reading.rows, reading.findings.all());
  }

  private void line(long line, List<String> cells, Consumer<ImportedRow> rows) {
    if (header == null) {
      readHeader(line, cells);
    } else if (isUsable() && cells.equals(header)) {
      findings.addLine(
          "header", line, null, "the line with the columns' names comes again; it is left out");
    } else if (isUsable() && cells.size() != header.size()) {
      findings.addLine(
          "width",
          line,
          null,
          "%d values where line 1 names %d columns; the line is left out. Put a value that holds"
                  .formatted(cells.size(), header.size())
              + " the delimiter in quotes");
    } else if (isUsable()) {
      row(line, cells)
          .ifPresent(
              row -> {
                this.rows++;
                rows.accept(row);
              });
    }
  }

  private boolean isUsable() {
    return roles.contains(Role.FEATURE);
  }

  private void readHeader(long line, List<String> cells) {
    header = cells;
    columns = cells.stream().map(cell -> expected.column(cell).orElse(null)).toList();
    filled = new long[cells.size()];
    List<Role> found = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    boolean named = cells.stream().anyMatch(cell -> expected.column(cell).isPresent());
    for (int i = 0; i < cells.size() && named; i++) {
      Role role = role(cells.get(i));
      if (!seen.add(cells.get(i)) || (singular(role) && found.contains(role))) {
        findings.add(line, cells.get(i), "comes more than once; only the first is read");
        role = Role.NONE;
      }
      found.add(role);
    }
    roles = found;
    if (!named) {
      findings.add(
          line,
          null,
          ("names none of the columns the model '%s' learned from (%s), so this is no line with"
                  + " names; nothing was imported and the file was left where it is. Put the names"
                  + " into the first line")
              .formatted(expected.model(), names()));
      return;
    }
    for (int i = 0; i < cells.size(); i++) {
      if (found.get(i) == Role.NONE && seen.remove(cells.get(i))) {
        findings.add(line, cells.get(i), "is no column the model knows; it is not read");
      }
    }
    for (ColumnSchema column : expected.raw()) {
      if (!cells.contains(column.name())) {
        findings.add(line, column.name(), "is missing; it counts as a missing value in every line");
      }
    }
    if (!found.contains(Role.PREDICTION)) {
      findings.add(
          line,
          PREDICTION,
          "is missing; the lines count for quality and drift, not for the performance");
    }
    noteOrder(line, cells);
  }

  private void noteOrder(long line, List<String> cells) {
    List<String> order =
        cells.stream().filter(cell -> expected.column(cell).isPresent()).distinct().toList();
    List<String> wanted =
        expected.raw().stream().map(ColumnSchema::name).filter(order::contains).toList();
    if (!order.equals(wanted)) {
      findings.add(
          line,
          null,
          "the columns stand in another order than in the data set; read by their names");
    }
  }

  /** A column of the model wins over a name with a meaning of its own. */
  private Role role(String column) {
    if (expected.column(column).isPresent()) {
      return Role.FEATURE;
    }
    if (column.equals(expected.target()) || column.equals(TARGET)) {
      return Role.ACTUAL;
    }
    if (column.equals(PREDICTION)) {
      return Role.PREDICTION;
    }
    return TIMES.contains(column) ? Role.TIME : IDS.contains(column) ? Role.ID : Role.NONE;
  }

  private static boolean singular(Role role) {
    return role != Role.FEATURE && role != Role.NONE;
  }

  private Optional<ImportedRow> row(long line, List<String> cells) {
    Map<String, Object> features = new LinkedHashMap<>();
    Map<Role, String> others = new HashMap<>();
    for (int i = 0; i < cells.size(); i++) {
      String cell = Cells.isMissing(cells.get(i)) ? null : cells.get(i);
      if (cell != null) {
        filled[i]++;
      }
      switch (roles.get(i)) {
        case FEATURE -> features.put(header.get(i), feature(line, columns.get(i), cell));
        case NONE -> {}
        default -> others.put(roles.get(i), cell);
      }
    }
    Optional<ImportedRow.Id> id =
        Optional.ofNullable(others.get(Role.ID))
            .map(text -> new ImportedRow.Id(id(text), column(Role.ID), shown(text)));
    if (id.isPresent() && !ids.add(id.get().id())) {
      findings.addLine(
          "id",
          line,
          id.get().column(),
          "'%s' came before; the line is left out".formatted(id.get().text()));
      return Optional.empty();
    }
    return Optional.of(
        new ImportedRow(
            line,
            id,
            features,
            label(line, Role.PREDICTION, others.get(Role.PREDICTION)),
            label(line, Role.ACTUAL, others.get(Role.ACTUAL)),
            time(line, others.get(Role.TIME))));
  }

  /** A number where one was learned; what is none stays as it is, and counts as missing. */
  private Object feature(long line, ColumnSchema column, String cell) {
    if (cell == null) {
      return null;
    }
    if (column.type() == ColumnType.NUMERICAL) {
      double number = Cells.number(cell);
      if (!Double.isNaN(number)) {
        return number;
      }
      findings.addLine(
          "number",
          line,
          column.name(),
          "'%s' is no number; the model learned numbers there, so it counts as missing"
              .formatted(shown(cell)));
      return cell;
    }
    Set<String> known = expected.categories().get(column.name());
    String category = Cells.category(cell);
    if (known != null && !known.contains(category)) {
      findings.addValue(
          category,
          line,
          column.name(),
          "'%s' is a category that the reference does not have",
          "'%s' is one of further categories that the reference does not have");
    }
    return cell;
  }

  /** A prediction's own id, or one made of whatever the other system calls the case. */
  private UUID id(String text) {
    try {
      if (text.length() == 36) {
        return UUID.fromString(text);
      }
    } catch (IllegalArgumentException e) {
      // Of that length, but no UUID: somebody else's name like any other.
    }
    return UUID.nameUUIDFromBytes(
        (expected.model() + "\n" + text).getBytes(StandardCharsets.UTF_8));
  }

  private String label(long line, Role role, String cell) {
    if (cell == null) {
      return null;
    }
    String label = Cells.category(cell);
    if (expected.classes().contains(label)) {
      return label;
    }
    findings.addLine(
        "class",
        line,
        column(role),
        "'%s' is no class of the model, which are %s; it counts as missing"
            .formatted(shown(cell), String.join(", ", expected.classes())));
    return null;
  }

  private Instant time(long line, String cell) {
    if (cell == null) {
      return null;
    }
    Optional<Instant> time = Times.parse(cell);
    if (time.isEmpty()) {
      findings.addLine(
          "time",
          line,
          column(Role.TIME),
          "'%s' is no time such as 2026-11-22T18:00:00Z; the time of the import counts"
              .formatted(shown(cell)));
    } else if (time.get().isAfter(now)) {
      findings.addLine(
          "future",
          line,
          column(Role.TIME),
          "'%s' is in the future; the time of the import counts".formatted(shown(cell)));
      return null;
    } else if (time.get().isBefore(from)) {
      findings.addLine(
          "early",
          line,
          column(Role.TIME),
          ("'%s' is before %s, where the window of the reports begins (parameter window); the line is"
                  + " kept, the reports do not look at it")
              .formatted(shown(cell), Words.time(from)));
    }
    return time.orElse(null);
  }

  private void end() {
    if (header == null) {
      findings.add(
          null,
          null,
          "is empty; nothing was imported. Put the columns' names into the first line, then one"
              + " line per prediction");
    } else if (isUsable() && rows == 0) {
      findings.add(null, null, "has no line that can be used; nothing was imported");
    } else if (isUsable()) {
      noteContent();
    }
  }

  private void noteContent() {
    if (rows == 1) {
      findings.add(
          null,
          null,
          "has a single line that can be used; that is too little to judge anything by");
    }
    for (int i = 0; i < filled.length; i++) {
      if (roles.get(i) == Role.FEATURE && filled[i] == 0) {
        findings.add(null, header.get(i), "has no value in any line");
      }
    }
  }

  private String column(Role role) {
    return header.get(roles.indexOf(role));
  }

  private String names() {
    return String.join(", ", expected.raw().stream().map(ColumnSchema::name).limit(20).toList());
  }

  private static String shown(String value) {
    return Findings.shown(value);
  }
}
