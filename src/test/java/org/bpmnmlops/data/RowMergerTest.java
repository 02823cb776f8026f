package org.bpmnmlops.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bpmnmlops.data.RowMerger.MergedRows;
import org.bpmnmlops.data.RowMerger.ProductionRows;
import org.bpmnmlops.data.RowMerger.Settings;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RowMergerTest {

  private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
  private static final Instant TRAINED = Instant.parse("2026-11-01T00:00:00Z");
  private static final Settings ALL =
      new Settings(ReferenceWindow.parse("all"), TRAINED, NOW, 0.2, 42, false);

  private DataFixture steps;
  private RowMerger merger;

  @BeforeEach
  void prepare(@TempDir Path directory) {
    steps = new DataFixture(directory);
    merger = new RowMerger(steps.reader, steps.artifacts);
  }

  /** A model's rows and the record of their sides. */
  private record Reference(String rows, String sides) {}

  private Reference reference(int rows) {
    return reference(rows, "x,colour,y\n");
  }

  private Reference reference(int rows, String header) {
    StringBuilder csv = new StringBuilder(header);
    for (int i = 0; i < rows; i++) {
      csv.append(line(i)).append('\n');
    }
    steps.with("r.csv", csv.toString());
    String prepared = steps.preprocess("r.csv", "y", DataFixture.NO_WISHES);
    return new Reference(
        prepared,
        steps
            .separator
            .separate(
                DataFixture.RUN,
                prepared,
                Optional.empty(),
                DataFixture.BY_DEFAULT,
                Optional.empty())
            .reference());
  }

  private static String line(int i) {
    return "%s,%s,%s".formatted(x(i), colour(i), y(i));
  }

  private static double x(int i) {
    return i * 0.5 + 0.25;
  }

  private static String colour(int i) {
    return i % 3 == 0 ? "red" : "blue";
  }

  private static String y(int i) {
    return i % 2 == 0 ? "no" : "yes";
  }

  /** Production rows with the values of the reference's row i, unless said otherwise. */
  private static final class Rows {

    private final List<String> ids = new ArrayList<>();
    private final List<Double> x = new ArrayList<>();
    private final List<String> colours = new ArrayList<>();
    private final List<String> actual = new ArrayList<>();

    Rows add(String id, int i) {
      return add(id, x(i), colour(i), y(i));
    }

    Rows add(String id, double x, String colour, String actual) {
      ids.add(id);
      this.x.add(x);
      colours.add(colour);
      this.actual.add(actual);
      return this;
    }

    ProductionRows rows() {
      return new ProductionRows(
          new Table(
              "production",
              ids.size(),
              List.of(
                  text("colour", colours),
                  new NumericColumn("x", x.stream().mapToDouble(v -> v).toArray()))),
          text("actual", actual),
          ids,
          Collections.nCopies(ids.size(), NOW.minus(Duration.ofDays(2))));
    }

    private static TextColumn text(String name, List<String> values) {
      List<String> levels = values.stream().distinct().sorted().toList();
      return new TextColumn(name, values.stream().mapToInt(levels::indexOf).toArray(), levels);
    }
  }

  private MergedRows merge(Reference reference, Rows production, Settings settings) {
    return merger.merge("4712", reference.rows(), reference.sides(), production.rows(), settings);
  }

  /** What the candidates do with merged rows. */
  private Reference candidate(String run, MergedRows merged) {
    String rows = steps.preprocessor.preprocessMerged(run, merged.rows(), false).reference();
    return new Reference(
        rows,
        steps
            .separator
            .separate(
                run, rows, Optional.empty(), DataFixture.BY_DEFAULT, Optional.of(merged.sides()))
            .reference());
  }

  private SeparatedData read(Reference reference) {
    return steps.reader.read(reference.rows(), reference.sides());
  }

  /** Which side each case is on, by its values. */
  private static Map<String, Boolean> sides(SeparatedData data) {
    Map<String, Boolean> sides = new HashMap<>();
    for (boolean test : new boolean[] {true, false}) {
      for (int row : test ? data.testRows() : data.trainRows()) {
        int at = row;
        String values =
            data.features().columns().stream().map(c -> c.text(at)).toList()
                + data.classes().get(data.labels()[row]);
        sides.put(values, test);
      }
    }
    return sides;
  }

  @Test
  void putsProductionRowsBehindTheModelsRows() {
    Reference reference = reference(50);

    MergedRows merged =
        merge(
            reference,
            new Rows().add("a", 100.5, "green", "yes").add("b", 101.5, "red", "no"),
            ALL);
    SeparatedData data = read(candidate("c", merged));

    assertThat(merged.referenceRows()).isEqualTo(50);
    assertThat(merged.newRows()).isEqualTo(2);
    assertThat(data.features().rows()).isEqualTo(52);
    assertThat(data.features().column("colour").text(50)).isEqualTo("green");
    assertThat(data.features().column("x").text(51)).isEqualTo("101.5");
    assertThat(data.classes().get(data.labels()[50])).isEqualTo("yes");
    RowOrigins origins = steps.reader.origins(merged.rows());
    assertThat(origins.prediction().text(50)).isEqualTo("a");
    assertThat(origins.prediction().isMissing(49)).isTrue();
    assertThat(origins.time().text(49)).isEqualTo(TRAINED.toString());
  }

  @Test
  void givesEveryRowItsSideForEver() {
    Reference reference = reference(50);
    Rows some = new Rows();
    IntStream.range(100, 300).forEach(i -> some.add("p" + i, i));
    Reference first = candidate("first", merge(reference, some, ALL));
    // Rejected: the next attempt starts from the same reference, with more rows in another order.
    Rows more = new Rows();
    IntStream.range(300, 700).forEach(i -> more.add("p" + i, i));
    IntStream.range(100, 300).forEach(i -> more.add("p" + i, i));
    Reference second = candidate("second", merge(reference, more, ALL));
    // Promoted: the next attempt starts from what the second was made of.
    Reference third = candidate("third", merge(second, more.add("q", 800), ALL));

    Map<String, Boolean> original = sides(read(reference));
    Map<String, Boolean> afterFirst = sides(read(first));
    Map<String, Boolean> afterSecond = sides(read(second));
    assertThat(afterFirst).containsAllEntriesOf(original).hasSize(250);
    assertThat(afterSecond).containsAllEntriesOf(afterFirst).hasSize(650);
    assertThat(sides(read(third))).containsAllEntriesOf(afterSecond).hasSize(651);
    assertThat(read(second).testRows().length / 650.0).isCloseTo(0.2, within(0.05));
  }

  @Test
  void neverTestsOnWhatTheModelHasLearned() {
    Reference reference = reference(50);
    Rows replayed = new Rows();
    IntStream.range(0, 50).forEach(i -> replayed.add("replay" + i, i));

    SeparatedData data = read(candidate("c", merge(reference, replayed, ALL)));

    SeparatedData before = read(reference);
    assertThat(data.testRows()).hasSize(2 * before.testRows().length);
    assertThat(sides(data)).isEqualTo(sides(before));
  }

  @Test
  void takesAPredictionOnce() {
    Reference reference = reference(50);
    Rows rows = new Rows().add("a", 60).add("b", 61);
    Reference promoted = candidate("c", merge(reference, rows, ALL));

    MergedRows again = merge(promoted, rows.add("c", 62), ALL);

    assertThat(again.referenceRows()).isEqualTo(52);
    assertThat(again.newRows()).isEqualTo(1);
  }

  @Test
  void keepsEqualCasesUnlessToldOtherwise() {
    Reference reference = reference(50);
    Rows equal = new Rows().add("a", 60).add("b", 60).add("c", 7);

    assertThat(merge(reference, equal, ALL).newRows()).isEqualTo(3);
    assertThat(
            merge(reference, equal, new Settings(ALL.window(), TRAINED, NOW, 0.2, 42, true))
                .newRows())
        .isEqualTo(1);
  }

  @Test
  void takesTheNewestOutcomeOfARowItHasAlready() {
    Reference reference = reference(50);
    Reference promoted = candidate("c", merge(reference, new Rows().add("a", 60), ALL));

    MergedRows corrected = merge(promoted, new Rows().add("a", x(60), colour(60), "yes"), ALL);

    assertThat(corrected.correctedRows()).isEqualTo(1);
    assertThat(corrected.newRows()).isZero();
    SeparatedData data = read(candidate("d", corrected));
    assertThat(data.classes().get(data.labels()[50])).isEqualTo("yes");
  }

  @Test
  void leavesOutWhatTheModelHasNoClassFor() {
    MergedRows merged =
        merge(reference(50), new Rows().add("a", 60).add("b", 1.0, "red", "maybe"), ALL);

    assertThat(merged.newRows()).isEqualTo(1);
    assertThat(merged.unknownClassRows()).isEqualTo(1);
  }

  @Test
  void learnsAgainFromTheNewestRowsOnlyWhereToldSo() {
    Reference reference = reference(50);
    Reference promoted =
        candidate("c", merge(reference, new Rows().add("a", 60).add("b", 61), ALL));

    assertThat(merge(promoted, new Rows().add("d", 62), window("10 rows")))
        .extracting(MergedRows::referenceRows, MergedRows::newRows)
        .containsExactly(10, 1);
    assertThat(merge(promoted, new Rows().add("d", 62), window("7 days")))
        .extracting(MergedRows::referenceRows, MergedRows::newRows)
        .containsExactly(2, 1);
  }

  private static Settings window(String window) {
    return new Settings(ReferenceWindow.parse(window), TRAINED, NOW, 0.2, 42, false);
  }

  @Test
  void leavesRowsWithMissingValuesToTheCandidatesPreprocessing() {
    Reference reference = reference(50);

    MergedRows merged =
        merge(reference, new Rows().add("a", Double.NaN, "red", "no").add("b", 61), ALL);

    assertThat(merged.newRows()).isEqualTo(2);
    assertThat(read(candidate("c", merged)).features().rows()).isEqualTo(51);
  }

  @Test
  void isTheSameFileForTheSameRows() {
    Reference reference = reference(50);
    Rows rows = new Rows().add("a", 60).add("b", 61);

    String hash = merge(reference, rows, ALL).sha256();

    assertThat(merge(reference, rows, ALL).sha256()).isEqualTo(hash);
    assertThat(merge(reference, rows.add("c", 62), ALL).sha256()).isNotEqualTo(hash);
  }

  @Test
  void givesItsOwnColumnsNamesThatNoColumnHas() {
    Reference reference = reference(50, "predictionId,knownSince,y\n");
    SeparatedData before = read(reference);
    Table raw =
        new Table(
            "production",
            1,
            List.of(
                new NumericColumn("predictionId", new double[] {5}),
                new TextColumn("knownSince", new int[] {0}, List.of("red"))));

    MergedRows merged =
        merger.merge(
            "4712",
            reference.rows(),
            reference.sides(),
            new ProductionRows(
                raw,
                new TextColumn("actual", new int[] {0}, List.of("no")),
                List.of("a"),
                List.of(NOW)),
            ALL);

    assertThat(before.features().names()).containsExactly("predictionId", "knownSince");
    SeparatedData data = read(candidate("c", merged));
    assertThat(data.features().column("predictionId").text(50)).isEqualTo("5");
    assertThat(steps.reader.origins(merged.rows()).prediction().text(50)).isEqualTo("a");
  }

  @Test
  void sharesCasesOutWhereTheirValuesAreOnBothSidesAlready() {
    StringBuilder csv = new StringBuilder("colour,size,y\n");
    for (int i = 0; i < 100; i++) {
      csv.append(i % 2 == 0 ? "blue,large,no\n" : "red,small,yes\n");
    }
    steps.with("r.csv", csv.toString());
    SeparatedData before = steps.separate("r.csv", "y");
    Reference reference =
        new Reference(
            steps.artifacts.reference(DataFixture.RUN, "preprocessed_r.csv"),
            steps.artifacts.reference(DataFixture.RUN, "separation.csv"));
    int rows = 1000;
    int[] codes = IntStream.range(0, rows).map(i -> i % 2).toArray();
    Table raw =
        new Table(
            "production",
            rows,
            List.of(
                new TextColumn("colour", codes, List.of("blue", "red")),
                new TextColumn("size", codes, List.of("large", "small"))));

    MergedRows merged =
        merger.merge(
            "4712",
            reference.rows(),
            reference.sides(),
            new ProductionRows(
                raw,
                new TextColumn("actual", codes, List.of("no", "yes")),
                IntStream.range(0, rows).mapToObj(i -> "p" + i).toList(),
                Collections.nCopies(rows, NOW)),
            ALL);

    SeparatedData after = read(candidate("c", merged));
    long freshTest = Arrays.stream(after.testRows()).count() - before.testRows().length;
    assertThat(freshTest / (double) rows).isCloseTo(0.2, within(0.05));
  }
}
