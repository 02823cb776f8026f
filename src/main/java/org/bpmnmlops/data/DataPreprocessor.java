package org.bpmnmlops.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.bpmnmlops.artifact.Artifacts;
import org.bpmnmlops.data.PreparationPlanner.Plan;
import org.bpmnmlops.data.PreparationPlanner.Wishes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Does what can be done row by row: leaves out columns and rows, multiplies, writes the rest. */
@Component
class DataPreprocessor {

  private static final Logger log = LoggerFactory.getLogger(DataPreprocessor.class);

  /**
   * The data set as the run loaded it.
   *
   * @param sha256 its hash then
   * @param schema reference to its columns and types
   */
  record Source(String dataset, String sha256, String schema) {}

  /** Lists are for people, who read the first of many. */
  private static final int LONGEST_TEXT = 1000;

  /**
   * Where the rows are, and what was left out.
   *
   * @param droppedBecause how many rows of each kind, and the first of them by their number in the
   *     file; empty where none was dropped
   * @param leftOutColumns with the reason for each; empty where there is none
   */
  record PreprocessedData(
      String reference, long droppedRows, String droppedBecause, String leftOutColumns) {}

  private final DataFolder folder;
  private final Artifacts artifacts;
  private final TableReader reader = new TableReader();

  DataPreprocessor(DataFolder folder, Artifacts artifacts) {
    this.folder = folder;
    this.artifacts = artifacts;
  }

  /**
   * @throws DatasetNotReadyException when the file is gone
   * @throws InvalidDataException when the file changed, a wish names no column, or what is left
   *     cannot be learned from
   */
  PreprocessedData preprocess(
      String run,
      Source source,
      String target,
      Optional<String> positiveAbove,
      Wishes wishes,
      boolean dropDuplicates) {
    String dataset = source.dataset();
    Schema schema = Json.read(artifacts.written(source.schema(), "Load data"), Schema.class);
    LoadedTable loaded = reader.read(folder.find(dataset), dataset, schema);
    if (!loaded.sha256().equals(source.sha256())) {
      throw new InvalidDataException(
          ("%s changed since this run loaded it: its SHA-256 was %s and is %s; expected the same"
                  + " file. Start a new run")
              .formatted(dataset, source.sha256(), loaded.sha256()));
    }
    Table raw = loaded.table();
    Plan plan = new PreparationPlanner(raw, schema, target, wishes).plan();
    Preparation preparation = plan.preparation();
    List<Column> columns = new ArrayList<>(preparation.apply(raw).columns());
    List<Column> features = List.copyOf(columns);
    columns.add(raw.column(target));
    long[] identities = RowIdentity.of(raw);
    RowFilter filter = new RowFilter(raw.rows());
    int withoutTarget = filter.dropMissing("without target", List.of(raw.column(target)));
    int withMissing =
        wishes.missing().equals("drop") ? filter.dropMissing("with a missing value", features) : 0;
    int duplicates = dropDuplicates ? filter.dropRepeated(identities) : 0;
    int[] rows = filter.rows();
    Preprocessing preprocessing =
        new Preprocessing(
            dataset,
            loaded.sha256(),
            raw.rows(),
            rows.length,
            withoutTarget,
            withMissing,
            duplicates,
            PreprocessedFile.identityColumn(schema.names()),
            schema.find(target).orElseThrow().type(),
            plan.leftOut(),
            preparation,
            null,
            null);
    log(preprocessing);
    check(preprocessing, features, raw.column(target), positiveAbove, rows);
    return write(run, preprocessing, identities, columns, filter);
  }

  /**
   * Does the same with rows that {@link RowMerger} merged: they have the champion's columns
   * already, and what training does with missing values is the champion's rule.
   *
   * @param merged reference to the rows
   * @throws InvalidDataException when what is left cannot be learned from
   */
  PreprocessedData preprocessMerged(String run, String merged, boolean dropDuplicates) {
    Preprocessing before =
        Json.read(artifacts.path(PreprocessedFile.description(merged)), Preprocessing.class);
    List<Schema.ColumnSchema> wanted = new ArrayList<>(before.columns().columns());
    wanted.addAll(before.originColumns().columns());
    PreprocessedFile.Rows read =
        PreprocessedFile.read(artifacts.path(merged), before, new Schema(wanted));
    List<Column> columns = read.table().columns();
    int width = before.preparation().features().size();
    List<Column> features = columns.subList(0, width);
    Column target = columns.get(width);
    RowFilter filter = new RowFilter(read.table().rows());
    int withoutTarget = filter.dropMissing("without target", List.of(target));
    int withMissing =
        before.preparation().missing().equals("drop")
            ? filter.dropMissing("with a missing value", features)
            : 0;
    int duplicates = dropDuplicates ? filter.dropRepeated(read.identities()) : 0;
    int[] rows = filter.rows();
    Preprocessing preprocessing =
        new Preprocessing(
            before.dataset(),
            before.dataHash(),
            read.table().rows(),
            rows.length,
            withoutTarget,
            withMissing,
            duplicates,
            before.identityColumn(),
            before.targetType(),
            before.leftOut(),
            before.preparation(),
            before.predictionColumn(),
            before.timeColumn());
    log(preprocessing);
    check(preprocessing, features, target, Optional.empty(), rows);
    return write(run, preprocessing, read.identities(), columns, filter);
  }

  private PreprocessedData write(
      String run,
      Preprocessing preprocessing,
      long[] identities,
      List<Column> columns,
      RowFilter filter) {
    int[] rows = filter.rows();
    String csv = "preprocessed_%s.csv".formatted(stem(preprocessing.dataset()));
    artifacts.write(
        run, PreprocessedFile.description(csv), path -> Json.write(path, preprocessing));
    String reference =
        artifacts.write(
            run,
            csv,
            path ->
                PreprocessedFile.write(
                    path, preprocessing.identityColumn(), identities, columns, rows));
    return new PreprocessedData(
        reference,
        preprocessing.dropped(),
        shorten(filter.reasons()),
        shorten(
            preprocessing.leftOut().stream()
                .map(column -> "%s (%s)".formatted(column.column(), column.reason()))
                .collect(Collectors.joining(", "))));
  }

  private static void check(
      Preprocessing done,
      List<Column> features,
      Column target,
      Optional<String> positiveAbove,
      int[] rows) {
    String dataset = done.dataset();
    String when =
        done.dropped() == 0
            ? ""
            : (" after %d of %d rows were left out (%d without target, %d with a missing value, %d"
                    + " duplicates); 'missing' = keep keeps rows with missing values")
                .formatted(
                    done.dropped(),
                    done.rawRows(),
                    done.droppedWithoutTarget(),
                    done.droppedWithMissing(),
                    done.droppedDuplicates());
    if (rows.length == 0) {
      throw new InvalidDataException(
          "%s: no row is left%s; expected at least two of each class".formatted(dataset, when));
    }
    Labels labels = Labels.of(target, positiveAbove.map(PositiveAbove::parse), rows, dataset);
    Trainability.checkClasses(dataset, target.name(), labels, rows, when);
    Trainability.checkFeatures(dataset, features, rows, when);
  }

  private static void log(Preprocessing done) {
    done.leftOut()
        .forEach(
            column ->
                log.info(
                    "{}: column '{}' is left out: {}",
                    done.dataset(),
                    column.column(),
                    column.reason()));
    log.info(
        "{}: {} of {} rows kept; left out {} without target, {} with a missing value, {} duplicates;"
            + " learning from {}",
        done.dataset(),
        done.rows(),
        done.rawRows(),
        done.droppedWithoutTarget(),
        done.droppedWithMissing(),
        done.droppedDuplicates(),
        CsvRows.shown(done.preparation().prepared().names()));
  }

  private static String shorten(String text) {
    return text.length() <= LONGEST_TEXT
        ? text
        : text.substring(0, LONGEST_TEXT) + " ... (all of them are in the log)";
  }

  /** A data set's file name without folder and ending. */
  private static String stem(String dataset) {
    String file = dataset.substring(dataset.lastIndexOf('/') + 1);
    int dot = file.lastIndexOf('.');
    return dot > 0 ? file.substring(0, dot) : file;
  }

  /** The rows that are left. */
  private static final class RowFilter {

    private static final int SHOWN = 10;

    private final boolean[] dropped;
    private final List<String> reasons = new ArrayList<>();
    private final List<Integer> first = new ArrayList<>();
    private int left;

    RowFilter(int rows) {
      dropped = new boolean[rows];
      left = rows;
    }

    /** Such as "2 without target (rows 4, 9)". */
    String reasons() {
      return String.join("; ", reasons);
    }

    int dropMissing(String reason, List<Column> columns) {
      int before = left;
      for (Column column : columns) {
        for (int row = 0; row < dropped.length; row++) {
          if (!dropped[row] && column.isMissing(row)) {
            drop(row);
          }
        }
      }
      note(before - left, reason);
      return before - left;
    }

    int dropRepeated(long[] identities) {
      int before = left;
      IdentitySet seen = new IdentitySet(left);
      for (int row = 0; row < dropped.length; row++) {
        if (!dropped[row] && !seen.add(identities[row])) {
          drop(row);
        }
      }
      note(before - left, "equal to an earlier one");
      return before - left;
    }

    private void note(int count, String reason) {
      if (count > 0) {
        reasons.add(
            "%d %s (row%s %s%s)"
                .formatted(
                    count,
                    reason,
                    count == 1 ? "" : "s",
                    first.stream().sorted().map(String::valueOf).collect(Collectors.joining(", ")),
                    count > SHOWN ? ", ..." : ""));
      }
      first.clear();
    }

    int[] rows() {
      int[] rows = new int[left];
      int at = 0;
      for (int row = 0; row < dropped.length; row++) {
        if (!dropped[row]) {
          rows[at++] = row;
        }
      }
      return Arrays.copyOf(rows, at);
    }

    private void drop(int row) {
      dropped[row] = true;
      left--;
      if (first.size() < SHOWN) {
        first.add(row + 1);
      }
    }
  }
}
