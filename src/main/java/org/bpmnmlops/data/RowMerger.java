package org.bpmnmlops.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.bpmnmlops.artifact.Artifacts;
import org.springframework.stereotype.Component;

/**
 * Makes one data set of the rows a model was made of and of rows from production, with the columns
 * the model learns from. Nothing is inferred: production rows are prepared as the model does it.
 *
 * <p>A row that came from production is known again by its {@code predictionId} and comes once; its
 * newest outcome counts. Rows with equal values are different cases, unless the caller says
 * otherwise.
 *
 * <p>Every row has a side for ever. The model's rows keep theirs; a production row that equals one
 * of them goes where that one is, so that no model is measured on what it has learned; the side of
 * any other hangs on a seeded hash of the row alone, and so is the same in every later merge.
 */
@Component
public class RowMerger {

  static final String ROWS = "merged.csv";
  static final String SIDES = "merged_separation.csv";

  private static final long SIDE = 0x5349444553L;

  /**
   * Labelled rows from production; all parts are of equal length.
   *
   * @param raw the raw columns the model needs
   * @param actual what came true
   * @param ids the {@code predictionId}s, each once
   * @param times of the predictions
   */
  public record ProductionRows(
      Table raw, TextColumn actual, List<String> ids, List<Instant> times) {}

  /**
   * How to merge.
   *
   * @param known since when rows of a data set count as known
   * @param now the window's end
   * @param testShare of the production rows to keep back
   * @param dropEqualRows keeps only the first of rows with equal values
   */
  public record Settings(
      ReferenceWindow window,
      Instant known,
      Instant now,
      double testShare,
      long seed,
      boolean dropEqualRows) {}

  /**
   * The merged rows.
   *
   * @param rows reference to them
   * @param sides reference to the record of their sides
   * @param sha256 of their file
   * @param referenceRows how many are the model's
   * @param newRows how many came from production and are not in the model's
   * @param correctedRows how many of the model's got another outcome
   * @param unknownClassRows how many production rows were left out because the model has no such
   *     class
   */
  public record MergedRows(
      String rows,
      String sides,
      String sha256,
      int referenceRows,
      int newRows,
      int correctedRows,
      int unknownClassRows) {}

  private final SeparatedDataReader reader;
  private final Artifacts artifacts;

  RowMerger(SeparatedDataReader reader, Artifacts artifacts) {
    this.reader = reader;
    this.artifacts = artifacts;
  }

  /**
   * @param reference the rows the model was made of
   * @param sides the record of their sides
   * @throws InvalidDataException when production rows lack a column
   */
  public MergedRows merge(
      String run, String reference, String sides, ProductionRows production, Settings settings) {
    Merge merge = new Merge(reference, sides, production, settings);
    String rows =
        artifacts.write(
            run,
            ROWS,
            path ->
                PreprocessedFile.write(
                    path, merge.identityColumn, merge.identities, merge.columns(), merge.rows));
    String sha256 = sha256(rows);
    artifacts.write(
        run,
        PreprocessedFile.description(ROWS),
        path -> Json.write(path, merge.description(sha256)));
    String mergedSides = artifacts.write(run, SIDES, path -> merge.separation().write(path));
    return new MergedRows(
        rows,
        mergedSides,
        sha256,
        merge.count(row -> row < merge.old),
        merge.count(row -> row >= merge.old),
        merge.corrected,
        merge.unknownClass);
  }

  private String sha256(String reference) {
    try {
      return Artifacts.sha256(artifacts.path(reference));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read back %s: %s".formatted(reference, e), e);
    }
  }

  /** One merge: the reference's rows, then the production rows it does not have. */
  private final class Merge {

    private final Preprocessing before;
    private final Preparation preparation;
    private final Settings settings;
    private final String identityColumn;
    private final int old;
    private final Table features;
    private final TextColumn target;
    private final RowOrigins origins;
    private final long[] identities;
    private final boolean[] test;
    private final int[] rows;
    private int corrected;
    private int unknownClass;

    Merge(String reference, String sides, ProductionRows production, Settings settings) {
      this.settings = settings;
      SeparatedData data = reader.read(reference, sides);
      RowOrigins known = reader.origins(reference);
      before =
          Json.read(artifacts.path(PreprocessedFile.description(reference)), Preprocessing.class);
      preparation = before.preparation();
      List<String> taken = new ArrayList<>(preparation.prepared().names());
      taken.add(preparation.target());
      identityColumn = PreprocessedFile.free("identity", taken);
      old = data.features().rows();
      Map<String, Integer> places = new HashMap<>();
      production.ids().forEach(id -> places.put(id, places.size()));
      String[] targets = new String[old];
      for (int row = 0; row < old; row++) {
        targets[row] = data.classes().get(data.labels()[row]);
        Integer place = places.remove(known.prediction().text(row));
        if (place != null && isClass(production.actual(), place, data.classes())) {
          String actual = production.actual().text(place);
          corrected += actual.equals(targets[row]) ? 0 : 1;
          targets[row] = actual;
        }
      }
      int[] fresh =
          places.values().stream()
              .mapToInt(Integer::intValue)
              .filter(place -> isClass(production.actual(), place, data.classes()))
              .sorted()
              .toArray();
      unknownClass = places.size() - fresh.length;
      Table prepared = preparation.apply(production.raw());
      List<Column> columns = new ArrayList<>();
      for (Column column : data.features().columns()) {
        columns.add(joined(column, prepared.column(column.name()), fresh));
      }
      features = new Table(ROWS, old + fresh.length, columns);
      target = text(preparation.target(), targets, fresh, production.actual()::text);
      String[] ids = new String[old];
      String[] times = new String[old];
      for (int row = 0; row < old; row++) {
        ids[row] = known.prediction().isMissing(row) ? null : known.prediction().text(row);
        times[row] =
            known.time().isMissing(row) ? settings.known().toString() : known.time().text(row);
      }
      origins =
          new RowOrigins(
              text(PreprocessedFile.free("predictionId", taken), ids, fresh, production.ids()::get),
              text(
                  PreprocessedFile.free("knownSince", taken),
                  times,
                  fresh,
                  place -> production.times().get(place).toString()));
      List<Column> all = new ArrayList<>(columns);
      all.add(target);
      identities = RowIdentity.of(new Table(ROWS, features.rows(), all));
      test = sides(data);
      rows = kept();
    }

    private static boolean isClass(TextColumn actual, int row, List<String> classes) {
      return !actual.isMissing(row) && classes.contains(actual.text(row));
    }

    private boolean[] sides(SeparatedData data) {
      boolean[] sides = new boolean[identities.length];
      IdentitySet learned = new IdentitySet(old);
      IdentitySet keptBack = new IdentitySet(old);
      for (int row : data.testRows()) {
        sides[row] = true;
        keptBack.add(identities[row]);
      }
      for (int row : data.trainRows()) {
        learned.add(identities[row]);
      }
      long key = RowIdentity.mix(settings.seed() ^ SIDE);
      for (int row = old; row < sides.length; row++) {
        long identity = identities[row];
        boolean isLearned = learned.holds(identity);
        boolean isKeptBack = keptBack.holds(identity);
        if (isLearned != isKeptBack) {
          sides[row] = isKeptBack;
        } else {
          // Values on both sides tell nothing about each other: the case decides, not its values.
          long own = isLearned ? RowIdentity.hash(origins.prediction().text(row)) : identity;
          // 53 bits of the hash as a number from 0 to 1.
          sides[row] = (RowIdentity.mix(own ^ key) >>> 11) * 0x1p-53 < settings.testShare();
        }
      }
      return sides;
    }

    private int[] kept() {
      IdentitySet seen = new IdentitySet(identities.length);
      return IntStream.range(0, identities.length)
          .filter(
              row ->
                  row >= old
                      || settings
                          .window()
                          .holds(row, old, Instant.parse(origins.time().text(row)), settings.now()))
          .filter(row -> !settings.dropEqualRows() || seen.add(identities[row]))
          .toArray();
    }

    private Column joined(Column reference, Column production, int[] fresh) {
      if (reference instanceof NumericColumn numbers) {
        double[] values = Arrays.copyOf(numbers.values(), old + fresh.length);
        for (int i = 0; i < fresh.length; i++) {
          values[old + i] = ((NumericColumn) production).values()[fresh[i]];
        }
        return new NumericColumn(reference.name(), values);
      }
      String[] values = new String[old];
      for (int row = 0; row < old; row++) {
        values[row] = reference.isMissing(row) ? null : reference.text(row);
      }
      return text(
          reference.name(),
          values,
          fresh,
          place -> production.isMissing(place) ? null : production.text(place));
    }

    private TextColumn text(
        String name, String[] reference, int[] fresh, IntFunction<String> production) {
      String[] values = Arrays.copyOf(reference, old + fresh.length);
      for (int i = 0; i < fresh.length; i++) {
        values[old + i] = production.apply(fresh[i]);
      }
      TreeSet<String> distinct = new TreeSet<>();
      for (String value : values) {
        if (value != null) {
          distinct.add(value);
        }
      }
      List<String> levels = List.copyOf(distinct);
      Map<String, Integer> places = new HashMap<>();
      levels.forEach(level -> places.put(level, places.size()));
      int[] codes = new int[values.length];
      for (int row = 0; row < codes.length; row++) {
        codes[row] = values[row] == null ? -1 : places.get(values[row]);
      }
      return new TextColumn(name, codes, levels);
    }

    List<Column> columns() {
      List<Column> columns = new ArrayList<>(features.columns());
      columns.add(target);
      columns.add(origins.prediction());
      columns.add(origins.time());
      return columns;
    }

    Preprocessing description(String sha256) {
      return new Preprocessing(
          ROWS,
          sha256,
          rows.length,
          rows.length,
          0,
          0,
          0,
          identityColumn,
          ColumnType.CATEGORICAL,
          before.leftOut(),
          preparation,
          origins.prediction().name(),
          origins.time().name());
    }

    Separation separation() {
      long[] ofRows = Arrays.stream(rows).mapToLong(row -> identities[row]).toArray();
      boolean[] sides = new boolean[rows.length];
      for (int i = 0; i < sides.length; i++) {
        sides[i] = test[rows[i]];
      }
      return new Separation(ofRows, sides);
    }

    int count(IntPredicate which) {
      return (int) Arrays.stream(rows).filter(which).count();
    }
  }
}
