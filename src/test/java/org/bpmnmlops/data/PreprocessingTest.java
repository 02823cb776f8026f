package org.bpmnmlops.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.bpmnmlops.data.BadInputTest.counted;
import static org.bpmnmlops.data.DataFixture.BY_DEFAULT;
import static org.bpmnmlops.data.DataFixture.NO_WISHES;
import static org.bpmnmlops.data.DataFixture.RUN;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.bpmnmlops.data.PreparationPlanner.LeftOut;
import org.bpmnmlops.data.PreparationPlanner.Wishes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** "Preprocess data" and "Separate data" on tables like those of the issue tracker. */
class PreprocessingTest {

  private DataFixture steps;

  @BeforeEach
  void emptyDataFolder(@TempDir Path directory) {
    steps = new DataFixture(directory);
  }

  /** Text, date, row number, categories and numbers, as in the data set of clicks on ads. */
  private static String clicks() {
    Random random = new Random(8);
    return "id,Daily Time,Age,Topic Line,Country,Male,Timestamp,Clicked on Ad\n"
        + counted(
            100,
            i ->
                "%d,%.2f,%d,\"Topic %d, the best\",Country %d,%d,2016-03-%02d %02d:10:%02d,%d"
                    .formatted(
                        i,
                        30 + 50 * random.nextDouble(),
                        19 + random.nextInt(40),
                        i,
                        random.nextInt(12),
                        random.nextInt(2),
                        1 + random.nextInt(28),
                        random.nextInt(24),
                        i % 60,
                        i % 2));
  }

  @Test
  void leavesOutRowNumbersFreeTextAndDatesAndSaysWhy() {
    steps.with("clicks.csv", clicks());

    String rows = steps.preprocess("clicks.csv", "Clicked on Ad", NO_WISHES);

    assertThat(steps.lines(rows).get(0))
        .isEqualTo("identity,Daily Time,Age,Country,Male,Clicked on Ad");
    Preprocessing description =
        Json.read(steps.artifacts.path(PreprocessedFile.description(rows)), Preprocessing.class);
    assertThat(description.leftOut())
        .containsExactly(
            new LeftOut("id", "counts the rows"),
            new LeftOut("Topic Line", "free text"),
            new LeftOut("Timestamp", "dates"));
    assertThat(steps.reader.preparation(rows).needed().names())
        .containsExactly("Daily Time", "Age", "Country", "Male");
  }

  @Test
  void keepsWhatIncludeNamesAndTurnsDatesIntoDays() {
    steps.with("clicks.csv", clicks());

    String rows =
        steps.preprocess(
            "clicks.csv",
            "Clicked on Ad",
            new Wishes(
                "drop",
                List.of("Age*Male", "Age * Age"),
                List.of("id", "Topic Line", "Timestamp"),
                List.of("Country")));

    List<String> lines = steps.lines(rows);
    assertThat(lines.get(0))
        .isEqualTo(
            "identity,id,Daily Time,Age,Topic Line,Male,Timestamp,Age*Male,Age*Age,Clicked on Ad");
    assertThat(lines.get(1))
        .matches(
            "[0-9a-f]{16},1,[0-9.]+,\\d+,\"Topic 1, the best\",[01],168\\d\\d\\.\\d+,\\d+,\\d+,1");
    SeparatedData data = read(rows, Optional.empty());
    double[] age = ((NumericColumn) data.features().column("Age")).values();
    double[] squared = ((NumericColumn) data.features().column("Age*Age")).values();
    assertThat(squared).containsExactly(Arrays.stream(age).map(a -> a * a).toArray());
  }

  @Test
  void appliesTheSameStepsToOneRawRow() {
    steps.with("clicks.csv", clicks());
    String rows =
        steps.preprocess(
            "clicks.csv",
            "Clicked on Ad",
            new Wishes("drop", List.of("Age*Male"), List.of(), List.of()));
    Table raw =
        new Table(
            "request",
            1,
            List.of(
                new TextColumn("Male", new int[] {0}, List.of("1")),
                new NumericColumn("Age", new double[] {30}),
                new TextColumn("Country", new int[] {-1}, List.of()),
                new NumericColumn("Daily Time", new double[] {Double.NaN})));

    Table prepared = steps.reader.preparation(rows).apply(raw);

    assertThat(prepared.names())
        .containsExactly("Daily Time", "Age", "Country", "Male", "Age*Male");
    assertThat(prepared.column("Age*Male").text(0)).isEqualTo("30");
    assertThat(prepared.column("Daily Time").isMissing(0)).isTrue();
    assertThat(prepared.column("Country").isMissing(0)).isTrue();
    assertThatThrownBy(
            () -> steps.reader.preparation(rows).apply(new Table("request", 0, List.of())))
        .isInstanceOf(InvalidDataException.class)
        .hasMessageContaining("request has no column 'Daily Time'");
  }

  @Test
  void dropsRowsWithoutTargetOrWithMissingValuesAndCountsThem() {
    steps.with("m.csv", "x,c,y\n1.5,a,0\n,a,1\n2.5,,1\n3.5,b,\n4.5,b,0\n5.5,a,1\n6.5,a,1\n");

    var dropped = steps.preprocess("m.csv", "y", Optional.empty(), NO_WISHES, false);

    assertThat(dropped.droppedRows()).isEqualTo(3);
    assertThat(dropped.droppedBecause())
        .isEqualTo("1 without target (row 4); 2 with a missing value (rows 2, 3)");
    assertThat(steps.lines(dropped.reference())).hasSize(5);
  }

  @Test
  void tellsWhichColumnsAreLeftOutAndWhy() {
    steps.with("l.csv", "id,x,none,y\n1,1.5,,0\n2,2.5,,1\n3,3.5,,0\n4,1.7,,1\n");

    var done =
        steps.preprocess(
            "l.csv",
            "y",
            Optional.empty(),
            new Wishes("keep", List.of(), List.of(), List.of("id")),
            false);

    assertThat(done.leftOutColumns()).isEqualTo("id (named in 'exclude'), none (has no values)");
    assertThat(done.droppedBecause()).isEmpty();
  }

  @Test
  void keepsMissingValuesWhereAskedTo() {
    steps.with("m.csv", "x,c,y\n1.5,a,0\n,a,1\n2.5,,1\n3.5,b,\n4.5,b,0\n5.5,a,1\n6.5,a,1\n");

    var kept =
        steps.preprocess(
            "m.csv",
            "y",
            Optional.empty(),
            new Wishes("keep", List.of(), List.of(), List.of()),
            false);

    assertThat(kept.droppedRows()).isEqualTo(1);
    Table features = read(kept.reference(), Optional.empty()).features();
    assertThat(features.column("x").isMissing(1)).isTrue();
    assertThat(features.column("c").isMissing(2)).isTrue();
    assertThat(features.column("c").text(3)).isEqualTo("b");
  }

  @Test
  void dropsDuplicatesWhereAskedTo() {
    steps.with("d.csv", "x,y\n1.50,0\n2,1\n1.5,0\n2.0,1\n1.5,1\n9.5,0\n");

    assertThat(steps.preprocess("d.csv", "y", Optional.empty(), NO_WISHES, false).droppedRows())
        .isZero();
    assertThat(steps.preprocess("d.csv", "y", Optional.empty(), NO_WISHES, true).droppedRows())
        .isEqualTo(2);
  }

  @Test
  void refusesAFileThatChangedSinceItWasLoaded() {
    steps.with("d.csv", "x,y\n1.5,0\n2.5,1\n3.5,0\n4.5,1\n");
    var loaded = steps.load("d.csv", "y");
    steps.with("d.csv", "x,y\n1.5,0\n2.5,1\n3.5,0\n4.6,1\n");

    assertThatThrownBy(
            () ->
                steps.preprocessor.preprocess(
                    RUN,
                    new DataPreprocessor.Source("d.csv", loaded.sha256(), loaded.schema()),
                    "y",
                    Optional.empty(),
                    NO_WISHES,
                    false))
        .isInstanceOf(InvalidDataException.class)
        .hasMessageContainingAll("d.csv changed", loaded.sha256(), "Start a new run");
    assertThat(steps.artifacts.path("runs/" + RUN).toFile().list()).containsExactly("schema.json");
  }

  @Test
  void refusesWishesThatNameNoUsableColumn() {
    steps.with("d.csv", "x,c,y\n1.5,a,0\n2.5,b,1\n3.5,a,0\n4.5,b,1\n");

    refuses(new Wishes("drop", List.of("x*z"), List.of(), List.of()), "'interactions' names 'z'");
    refuses(new Wishes("drop", List.of("x*c"), List.of(), List.of()), "'c' of d.csv holds text");
    refuses(new Wishes("drop", List.of("x*y"), List.of(), List.of()), "uses the target 'y'");
    refuses(
        new Wishes("drop", List.of(), List.of("q"), List.of()), "'include' names 'q'", "x, c, y");
    steps.with("d.csv", "x,x*x,y\n1.5,1,0\n2.5,2,1\n3.5,3,0\n4.5,4,1\n");
    refuses(new Wishes("drop", List.of("x*x"), List.of(), List.of()), "of that name already");
  }

  @Test
  void refusesRowsFromWhichNothingIsLeftToLearn() {
    steps.with("d.csv", "x,z,y\n1.5,,0\n2.5,1.5,1\n3.5,2.5,1\n4.5,,0\n");
    refuses(NO_WISHES, "only one class, '1'", "2 with a missing value", "'missing' = keep");
    steps.with("d.csv", "x,z,y\n1.5,,0\n,1.5,1\n3.5,,1\n,4.5,0\n");
    refuses(NO_WISHES, "no row is left after 4 of 4 rows");
    steps.with("d.csv", "x,z,y\n1.5,4.5,0\n1.5,1.5,1\n1.5,4.5,1\n1.5,1.5,0\n2.5,,1\n");
    refuses(new Wishes("drop", List.of(), List.of(), List.of("x", "z")), "'exclude' names x, z");
    steps.with("d.csv", "t,y\np,0\nq,1\nr,1\ns,0\n");
    refuses(NO_WISHES, "no column is left to learn from: t: free text", "'include'");
  }

  @Test
  void cutsANumericTargetAtANumber() {
    steps.with("r.csv", "x,y\n" + counted(50, i -> i % 7 + ".5," + i));

    SeparatedData data = steps.separate("r.csv", "y", Optional.of("20"), BY_DEFAULT);

    assertThat(data.classes()).containsExactly("no", "yes");
    assertThat(data.labels()[19]).isZero();
    assertThat(data.labels()[20]).isEqualTo(1);
    assertThat(data.testRows()).hasSize(10);
    assertThat(Arrays.stream(data.testRows()).filter(row -> data.labels()[row] == 1)).hasSize(6);
  }

  @Test
  void cutsANumericTargetAtTheMedianOfTheTrainingRows() {
    steps.with("r.csv", "x,y\n" + counted(51, i -> i % 7 + ".5," + i * i));

    SeparatedData data = steps.separate("r.csv", "y", Optional.of("median"), BY_DEFAULT);

    double[] targets =
        Arrays.stream(data.trainRows()).mapToDouble(row -> (row + 1.0) * (row + 1)).toArray();
    double median = Numbers.median(targets);
    for (int row = 0; row < 51; row++) {
      assertThat(data.labels()[row]).isEqualTo((row + 1) * (row + 1) > median ? 1 : 0);
    }
    SeparationSummary summary =
        Json.read(
            steps.artifacts.path("runs/" + RUN + "/separation.json"), SeparationSummary.class);
    assertThat(summary.cut()).isEqualTo(median);
    assertThat(summary.cutOnTrainingMedian()).isTrue();
    assertThat(summary.testRows()).isEqualTo(11);
  }

  @Test
  void classesThatAreNumbersAscendByValue() {
    steps.with("n.csv", "x,y\n" + counted(30, i -> i + ".5," + (i % 3 == 0 ? 10 : i % 3)));

    assertThat(steps.separate("n.csv", "y").classes()).containsExactly("1", "2", "10");
  }

  @Test
  void aRowIsItselfWhateverTheOrderOfColumnsAndTheWayNumbersAreWritten() {
    steps.with("a.csv", "x,c,y\n1.5,a,0\n2.5,b,1\n3.0,a,0\n4.5,,1\n");
    List<String> first = identities(new Wishes("keep", List.of(), List.of(), List.of()));
    steps.with("a.csv", "c;y;x\na;0;1.50\nb;01;25e-1\na;0;3\n;1;+4.5\n");
    List<String> second = identities(new Wishes("keep", List.of(), List.of(), List.of()));

    assertThat(second).isEqualTo(first).doesNotHaveDuplicates();
  }

  @Test
  void differentRowsHaveDifferentIdentities() {
    Random random = new Random(9);
    double[] x = new double[200_000];
    double[] z = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      x[i] = i / 450;
      z[i] = i % 450;
    }
    int[] codes = IntStream.range(0, x.length).map(i -> random.nextInt(2)).toArray();
    long[] identities =
        RowIdentity.of(
            new Table(
                "t",
                x.length,
                List.of(
                    new NumericColumn("x", x),
                    new NumericColumn("z", z),
                    new TextColumn("c", codes, List.of("a", "b")))));

    Set<Long> distinct = new HashSet<>();
    Arrays.stream(identities).forEach(distinct::add);
    assertThat(distinct).hasSize(x.length);
  }

  @Test
  void aMergeKeepsKnownRowsOnTheirSide() {
    steps.with("m.csv", "x,y\n" + counted(40, i -> i * 0.5 + "," + i % 2));
    String rows = steps.preprocess("m.csv", "y", NO_WISHES);
    var first = steps.separator.separate(RUN, rows, Optional.empty(), BY_DEFAULT, Optional.empty());
    List<String> before = steps.lines(first.reference());
    String merged = "x,y\n" + counted(60, i -> (61 - i) * 0.5 + "," + (61 - i) % 2);
    steps.with("m.csv", merged);
    var loaded = steps.load("m.csv", "y");
    String mergedRows =
        steps
            .preprocessor
            .preprocess(
                "4712",
                new DataPreprocessor.Source("m.csv", loaded.sha256(), loaded.schema()),
                "y",
                Optional.empty(),
                NO_WISHES,
                false)
            .reference();

    var second =
        steps.separator.separate(
            "4712", mergedRows, Optional.empty(), BY_DEFAULT, Optional.of(first.reference()));

    assertThat(steps.lines(second.reference())).containsAll(before);
    assertThat(second.testRows()).isEqualTo(12);
  }

  @Test
  void refusesASeparationThatBelongsToOtherRows() {
    steps.with("m.csv", "x,y\n" + counted(40, i -> i * 0.5 + "," + i % 2));
    String rows = steps.preprocess("m.csv", "y", NO_WISHES);
    var separated =
        steps.separator.separate(RUN, rows, Optional.empty(), BY_DEFAULT, Optional.empty());
    steps.with("m.csv", "x,y\n" + counted(40, i -> i * 0.25 + "," + i % 2));
    steps.preprocess("m.csv", "y", NO_WISHES);

    assertThatThrownBy(() -> steps.reader.read(rows, separated.reference()))
        .isInstanceOf(InvalidDataException.class)
        .hasMessageContaining("do not hold the same rows");
  }

  @Test
  void saysWhenAnUnstratifiedSplitLeavesASideWithoutAClass() {
    steps.with("u.csv", "x,y\n" + counted(60, i -> i * 0.5 + "," + (i <= 2 ? 1 : 0)));
    String rows = steps.preprocess("u.csv", "y", NO_WISHES);

    assertThatThrownBy(
            () ->
                steps.separator.separate(
                    RUN,
                    rows,
                    Optional.empty(),
                    new DataSeparator.Settings(0.05, 1, false),
                    Optional.empty()))
        .isInstanceOf(InvalidDataException.class)
        .hasMessageContainingAll("class '1'", "'stratified'");
  }

  @Test
  void aColumnNamedIdentityIsNoTrouble() {
    steps.with("i.csv", "identity,x,y\n" + counted(20, i -> i % 5 + ".5," + i * 0.5 + "," + i % 2));

    assertThat(steps.separate("i.csv", "y").features().names()).containsExactly("identity", "x");
  }

  private SeparatedData read(String rows, Optional<String> positiveAbove) {
    var separated =
        steps.separator.separate(RUN, rows, positiveAbove, BY_DEFAULT, Optional.empty());
    return steps.reader.read(rows, separated.reference());
  }

  private List<String> identities(Wishes wishes) {
    return steps.lines(steps.preprocess("a.csv", "y", wishes)).stream()
        .skip(1)
        .map(line -> line.substring(0, 16))
        .toList();
  }

  private void refuses(Wishes wishes, String... message) {
    assertThatThrownBy(() -> steps.preprocess("d.csv", "y", wishes))
        .isInstanceOf(InvalidDataException.class)
        .hasMessageContainingAll(message);
  }
}
