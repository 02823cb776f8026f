package org.bpmnmlops.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bpmnmlops.data.DataFixture.NO_WISHES;
import static org.bpmnmlops.data.DataFixture.RUN;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.bpmnmlops.artifact.Artifacts;
import org.bpmnmlops.data.PreparationPlanner.Wishes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The three steps, one after the other, on the shipped data. */
class AdvertisingStepsTest {

  private static final String DATASET = "advertising.csv";

  private DataFixture steps;

  @BeforeEach
  void shipTheData(@TempDir Path directory) {
    steps = new DataFixture(directory).with(DATASET, DataFixture.advertising());
  }

  @Test
  void loadCountsRowsAndColumnsAndHashesTheFile() throws IOException {
    var loaded = steps.load(DATASET, "conversion");

    assertThat(loaded.rows()).isEqualTo(200);
    assertThat(loaded.columns()).isEqualTo(4);
    assertThat(loaded.sha256()).isEqualTo(Artifacts.sha256(Path.of("data", DATASET)));
    assertThat(loaded.schema()).isEqualTo("runs/" + RUN + "/schema.json");
    assertThat(Files.readString(steps.artifacts.path(loaded.schema())))
        .contains("\"TV\"", "NUMERICAL", "\"conversion\"", "CATEGORICAL");
  }

  @Test
  void preprocessWritesEveryRowWithIdentityFeaturesAndTarget() {
    String reference =
        steps.preprocess(
            DATASET,
            "conversion",
            new Wishes("drop", List.of("TV*radio"), List.of(), List.of("newspaper")));

    assertThat(reference).isEqualTo("runs/" + RUN + "/preprocessed_advertising.csv");
    List<String> lines = steps.lines(reference);
    assertThat(lines).hasSize(201).first().isEqualTo("identity,TV,radio,TV*radio,conversion");
    assertThat(lines.get(1)).matches("[0-9a-f]{16},215\\.8,33\\.9,7315\\.62,1");
  }

  @Test
  void separateKeepsTwentyPercentBackWithTheSharesOfTheClasses() {
    SeparatedData data = steps.separate(DATASET, "conversion");

    assertThat(data.features().names()).containsExactly("TV", "radio", "newspaper");
    assertThat(data.classes()).containsExactly("0", "1");
    assertThat(data.trainRows()).hasSize(160);
    assertThat(data.testRows()).hasSize(40);
    assertThat(IntStream.concat(Arrays.stream(data.trainRows()), Arrays.stream(data.testRows())))
        .containsExactlyInAnyOrder(IntStream.range(0, 200).boxed().toArray(Integer[]::new));
    long positives = Arrays.stream(data.labels()).filter(label -> label == 1).count();
    long positivesBack =
        Arrays.stream(data.testRows()).filter(row -> data.labels()[row] == 1).count();
    assertThat(positivesBack).isEqualTo(Math.round(positives * 0.2));
  }

  @Test
  void everyRowKeepsItsSideWhateverTheOrderOfTheFile() {
    SeparatedData inOrder = steps.separate(DATASET, "conversion");
    List<String> lines = DataFixture.advertising().lines().toList();
    StringBuilder reversed = new StringBuilder(lines.get(0)).append('\n');
    for (int i = lines.size() - 1; i > 0; i--) {
      reversed.append(lines.get(i)).append('\n');
    }
    SeparatedData backwards =
        steps.with(DATASET, reversed.toString()).separate(DATASET, "conversion");

    int[] mirrored = Arrays.stream(inOrder.testRows()).map(row -> 199 - row).sorted().toArray();
    assertThat(backwards.testRows()).containsExactly(mirrored);
  }

  @Test
  void stepsThatRunAgainWriteTheSameFiles() throws IOException {
    steps.separate(DATASET, "conversion");
    Path run = steps.artifacts.path("runs/" + RUN);
    List<String> first = contents(run);
    steps.separate(DATASET, "conversion");

    assertThat(contents(run)).isEqualTo(first).hasSize(5);
  }

  @Test
  void whatIsReadBackIsWhatWasPrepared() {
    String rows = steps.preprocess(DATASET, "conversion", NO_WISHES);
    var separated =
        steps.separator.separate(
            RUN, rows, Optional.empty(), DataFixture.BY_DEFAULT, Optional.empty());
    SeparatedData data = steps.reader.read(rows, separated.reference());
    LoadedTable raw = new TableReader().infer(steps.folder.resolve(DATASET), DATASET, Set.of());

    Table prepared = steps.reader.preparation(rows).apply(raw.table());

    assertThat(prepared.names()).isEqualTo(data.features().names());
    for (Column column : prepared.columns()) {
      assertThat(((NumericColumn) data.features().column(column.name())).values())
          .containsExactly(((NumericColumn) column).values());
    }
  }

  private static List<String> contents(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.sorted().map(AdvertisingStepsTest::content).toList();
    }
  }

  private static String content(Path file) {
    try {
      return file.getFileName() + "\n" + Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
