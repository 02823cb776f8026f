package org.bpmnmlops.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What "Load data" refuses, and what it tells the user. */
class BadInputTest {

  private static final String ROWS = "1.5,20,0\n2.5,21,1\n3.5,22,0\n4.5,23,1\n";

  private DataFixture steps;

  @BeforeEach
  void emptyDataFolder(@TempDir Path directory) {
    steps = new DataFixture(directory);
  }

  @Test
  void waitsForAMissingFile() {
    assertThatThrownBy(() -> steps.load("ads.csv", "y"))
        .isInstanceOf(DatasetNotReadyException.class)
        .hasMessageContainingAll("ads.csv", steps.folder.toString(), "dataset");
  }

  @Test
  void waitsForAFileThatGrowsWithinTheQuietPeriod(@TempDir Path directory) {
    DataFixture growing = new DataFixture(directory, duration -> append(directory, "5.5,24,0\n"));
    growing.with("ads.csv", "x,z,y\n" + ROWS);

    assertThatThrownBy(() -> growing.load("ads.csv", "y"))
        .isInstanceOf(DatasetNotReadyException.class)
        .hasMessageContaining("ads.csv is still being written: it had 42 bytes, then 51");
  }

  @Test
  void waitsForAFileThatGrowsEvenWhereItsLastRowIsHalf(@TempDir Path directory) {
    DataFixture growing = new DataFixture(directory, duration -> append(directory, ",24,0\n"));
    growing.with("ads.csv", "x,z,y\n" + ROWS + "5.5");

    assertThatThrownBy(() -> growing.load("ads.csv", "y"))
        .isInstanceOf(DatasetNotReadyException.class);
  }

  @Test
  void losesNoTimeWithAFileThatHasRested(@TempDir Path directory) throws IOException {
    DataFixture rested =
        new DataFixture(
            directory,
            duration -> {
              throw new AssertionError("waited " + duration);
            });
    rested.with("ads.csv", "x,z,y\n" + ROWS);
    Files.setLastModifiedTime(rested.folder.resolve("ads.csv"), FileTime.fromMillis(0));

    assertThat(rested.load("ads.csv", "y").rows()).isEqualTo(4);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n\n", "   \n", "\uFEFF"})
  void refusesAnEmptyFile(String content) {
    refuses(content, "ads.csv is empty", "columns' names");
  }

  @Test
  void refusesAHeaderWithoutRows() {
    refuses("x,z,y\n", "ads.csv", "no rows");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../secret.csv", "/etc/passwd", "a/../../secret.csv", ".", "..", "\0"})
  void refusesANameThatLeavesTheDataFolder(String name) throws IOException {
    Files.writeString(steps.folder.resolveSibling("secret.csv"), "x,y\n1,0\n");

    assertThatThrownBy(() -> steps.load(name, "y"))
        .isInstanceOf(InvalidDataException.class)
        .hasMessageContaining("leads out of the data folder");
  }

  @Test
  void refusesALinkThatLeavesTheDataFolder() throws IOException {
    Path secret = Files.writeString(steps.folder.resolveSibling("secret.csv"), "x,y\n1,0\n");
    Files.createSymbolicLink(steps.folder.resolve("ads.csv"), secret);
    Files.createSymbolicLink(steps.folder.resolve("up"), steps.folder.getParent());

    assertThatThrownBy(() -> steps.load("ads.csv", "y"))
        .isInstanceOf(InvalidDataException.class)
        .hasMessageContaining("leads out of the data folder");
    assertThatThrownBy(() -> steps.load("up/secret.csv", "y"))
        .isInstanceOf(InvalidDataException.class)
        .hasMessageContaining("leads out of the data folder");
  }

  @Test
  void takesAFileInAFolderBelowAndALinkWithin() throws IOException {
    Files.createDirectory(steps.folder.resolve("2026"));
    steps.with("2026/ads.csv", "x,z,y\n" + ROWS);
    Files.createSymbolicLink(steps.folder.resolve("now.csv"), Path.of("2026", "ads.csv"));

    assertThat(steps.load("2026/ads.csv", "y").rows()).isEqualTo(4);
    assertThat(steps.load("now.csv", "y").rows()).isEqualTo(4);
    assertThat(steps.preprocess("2026/ads.csv", "y", DataFixture.NO_WISHES))
        .endsWith("/preprocessed_ads.csv");
  }

  @Test
  void refusesAFolder() throws IOException {
    Files.createDirectory(steps.folder.resolve("ads.csv"));

    assertThatThrownBy(() -> steps.load("ads.csv", "y"))
        .isInstanceOf(InvalidDataException.class)
        .hasMessageContaining("is no file");
  }

  @Test
  void refusesBinaryFiles() throws IOException {
    refuses(new byte[] {'x', ',', 'y', '\n', 1, 0, 2, '\n'}, "ads.csv, line 2", "binary");
    refuses(new byte[] {'P', 'K', 3, 4, 20, 0}, "Excel workbook", "Export it as CSV");
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
      gzip.write("x,y\n".getBytes(StandardCharsets.UTF_8));
    }
    refuses(compressed.toByteArray(), "gzip");
    refuses("x,z,y\n".getBytes(StandardCharsets.UTF_16LE), "UTF-16 without a byte order mark");
  }

  @Test
  void namesTheLineOfAByteThatIsNoText() {
    refuses("x,z,y\nM\u00fcller,1,0\n".getBytes(StandardCharsets.ISO_8859_1), "line 2", "0xFC");
    refuses(
        ("x,z,y\n" + "abc,1,0\n".repeat(100_000) + "M\u00fcller,1,0\n")
            .getBytes(StandardCharsets.ISO_8859_1),
        "line 100002",
        "0xFC",
        "UTF-8");
  }

  @Test
  void refusesAnotherDelimiterAndSaysWhich() {
    refuses("x|z|y\n1|2|0\n", "ads.csv, line 1", "one column, 'x|z|y'", "'|' seems to stand");
  }

  @Test
  void refusesAFileThatChangesItsDelimiter() {
    refuses("x,z,y\n1;2;0\n", "line 2: 1 value where the first line names 3 columns", "','");
  }

  @Test
  void refusesOneColumn() {
    refuses("y\n0\n1\n", "line 1", "one column, 'y'", "at least two");
  }

  @Test
  void namesTheLineOfARowWithTooFewOrTooManyValues() {
    refuses("x,z,y\n1,2,0\n\n1,2\n", "line 4: 2 values", "3 columns (x, z, y)", "Complete");
    refuses("x,z,y\n1,2,0\n1,2,3,4\n", "line 3: 4 values", "quotes");
  }

  @Test
  void namesTheLineAndTheValueOfTextInANumericColumn() {
    refuses(
        "x,z,y\n1.5,2,0\n2.5,3,1\noops,4,0\n3.5,2,1\n",
        "ads.csv, line 4, column 'x': 'oops' is no number",
        "3 of the column's 4 values are numbers",
        "leave it empty",
        "'exclude'");
  }

  @Test
  void takesTextAmongFewCodesForCategories() {
    steps.with("ads.csv", "x,z,y\n1,20,0\n01,21,1\nA,22,0\n2,23,1\n3,24,1\n");

    LoadedTable loaded =
        new TableReader().infer(steps.folder.resolve("ads.csv"), "ads.csv", Set.of());

    assertThat(((TextColumn) loaded.table().column("x")).levels())
        .containsExactly("1", "2", "3", "A");
  }

  @Test
  void acceptsTextAmongNumbersInAColumnThatIsExcluded() {
    steps.with("ads.csv", "x,z,y\n1.5,2,0\n2.5,3,1\noops,4,0\n3.5,2,1\n");

    assertThat(steps.loader.load("1", "ads.csv", "y", Optional.empty(), List.of("x")).rows())
        .isEqualTo(4);
  }

  @Test
  void refusesDecimalCommas() {
    refuses("x;z;y\n1,5;2;0\n2,5;3;1\n", "line 2, column 'x': '1,5'", "decimal point");
    refuses("x;z;y\n1.234,5;2;0\n2,5;3;1\n", "column 'x': '1.234,5'", "decimal point");
  }

  @Test
  void refusesAMissingTargetAndNamesTheColumns() {
    refuses("x,z,Y\n" + ROWS, "no column 'y' to predict", "x, z, Y", "Did you mean 'Y'?");
  }

  @Test
  void refusesATargetWithOneClass() {
    refuses("x,y\n1,0\n2,0\n3,\n", "target 'y' has only one class, '0'");
  }

  @Test
  void refusesATargetWithoutValues() {
    refuses("x,y\n1,\n2,NA\n", "target 'y' has no values");
  }

  @Test
  void refusesAClassWithASingleRow() {
    refuses("x,y\n1,0\n2,0\n3,1\n4,2\n5,2\n", "only one row of class '1'", "at least two");
  }

  @Test
  void refusesATargetOfFreeTextOrDates() {
    refuses("x,y\n1,a\n2,b\n3,c\n", "target 'y' holds text that hardly repeats such as 'a'");
    refuses("x,y\n1,2026-01-01\n2,2026-01-02\n3,2026-01-01\n4,2026-01-02\n", "holds dates");
  }

  @Test
  void refusesARegressionTargetAndNamesPositiveAbove() {
    refuses(
        "x,y\n" + counted(21, i -> i + "," + i + ".5"),
        "looks like a regression target",
        "more than 20 distinct values",
        "'positiveAbove'");
    assertThat(
            steps
                .with("ads.csv", "x,y\n" + counted(40, i -> i + "," + i % 20))
                .load("ads.csv", "y"))
        .isNotNull();
  }

  @Test
  void refusesAPositiveAboveThatCannotWork() {
    steps.with("ads.csv", "x,y\n1,a\n2,b\n3,a\n4,b\n");
    assertThatThrownBy(() -> load("ads.csv", "1"))
        .isInstanceOf(InvalidDataException.class)
        .hasMessageContainingAll("'positiveAbove' is set", "holds text such as 'a'");
    steps.with("ads.csv", "x,y\n" + counted(30, i -> i + "," + i));
    assertThatThrownBy(() -> load("ads.csv", "100"))
        .isInstanceOf(InvalidDataException.class)
        .hasMessageContaining("only one class, 'no'");
  }

  @Test
  void refusesFeaturesThatAreAllConstant() {
    refuses("x,z,y\n1,a,0\n1,a,1\n1,a,0\n,a,1\n", "(x, z)", "has one value only");
    refuses("x,z,y\n,a,0\n,a,1\n,a,0\n,a,1\n", "(x, z)", "has one value only, or none");
    refuses("x,z,y\n,,0\n,,1\n,,0\n,,1\n", "every column to learn from (x, z) is empty");
  }

  @Test
  void saysThatNoColumnIsLeftToLearnFromAndWhy() {
    steps.with("ads.csv", "x,z,y\n1,a,0\n2,b,1\n3,a,0\n4,b,1\n");
    assertThatThrownBy(
            () -> steps.loader.load("1", "ads.csv", "y", Optional.empty(), List.of("x", "z")))
        .isInstanceOf(InvalidDataException.class)
        .hasMessageContainingAll(
            "no column is left to learn from: 'exclude' names x, z.", "Take one out of it");
  }

  @Test
  void refusesDuplicateAndBlankNames() {
    refuses("x,z,x ,y\n1,2,3,0\n", "line 1: columns 1 and 3 are both named 'x'");
    refuses(",x,y\n0,1,0\n", "line 1: column 1 of 3 has no name", "index=False");
  }

  @Test
  void refusesAQuoteThatIsNeverClosed() {
    refuses(
        "x,z,y\n1.5,2,0\n2.5,\"3,1\n3.5,2,1\n",
        "ads.csv, line 3, column 'z': a quote (\") is opened",
        "close or remove it");
    refuses("x,z,y\n1,\"a\n2,\"b,1\n", "line 2, column 'z': a closing quote (\") is followed");
    refuses("x,z,y\n1,\"a,0\n2,b\",1\n3,c\n", "line 4: 2 values");
    refuses("x,z,y\n1,\"a,0\n2,b\"\n3,c,1\n", "line 2: 2 values", "over the end of the line");
  }

  @Test
  void refusesAValueOverOneMegabyte() {
    refuses(
        "x,z,y\n1,2,0\n2," + "a".repeat((1 << 20) + 1) + ",1\n",
        "ads.csv, line 3, column 'z': a value is longer than 1 MB");
    refuses("x,z,y\n1,2,0\n2,\"" + "a,1\n".repeat(1 << 20), "line 3, column 'z'", "never closed");
  }

  @Test
  void refusesAWebPageSavedAsCsv() {
    refuses(
        "\n<!DOCTYPE html>\n<html><body>503, try again</body></html>\n",
        "ads.csv, line 1: '<!DOCTYPE html>' starts a web page",
        "download it again");
  }

  @Test
  void refusesTheLineThatTellsExcelTheDelimiter() {
    refuses(
        "sep=;\nTV;radio;conversion\n1;2;0\n",
        "ads.csv, line 1: 'sep=;' tells Excel the delimiter",
        "Remove this line");
  }

  @Test
  void readsTwoThousandColumns() {
    String names = IntStream.range(0, 2000).mapToObj(i -> "c" + i).collect(Collectors.joining(","));
    String rows =
        counted(
            60,
            row ->
                IntStream.range(0, 2000)
                        .mapToObj(i -> Integer.toString(row * 31 + i))
                        .collect(Collectors.joining(","))
                    + ","
                    + row % 2);
    steps.with("ads.csv", names + ",y\n" + rows);

    assertThat(steps.load("ads.csv", "y").columns()).isEqualTo(2001);
    assertThat(steps.separate("ads.csv", "y").features().columns()).hasSize(2000);
    assertThatThrownBy(() -> steps.load("ads.csv", "target"))
        .hasMessageContaining("c19, ... (2001)");
  }

  @Test
  void leavesNoHalfWrittenFileBehind() throws IOException {
    refuses("x,z,y\n1,2\n", "line 2");
    Path runs = steps.artifacts.path("runs/any").getParent();
    assertThat(runs).doesNotExist();
  }

  private void refuses(String content, String... message) {
    refuses(content.getBytes(StandardCharsets.UTF_8), message);
  }

  private void refuses(byte[] content, String... message) {
    steps.with("ads.csv", content);
    assertThatThrownBy(() -> steps.load("ads.csv", "y"))
        .isInstanceOf(InvalidDataException.class)
        .hasMessageContainingAll(message);
  }

  private void load(String dataset, String positiveAbove) {
    steps.loader.load("1", dataset, "y", Optional.of(positiveAbove), List.of());
  }

  static String counted(int rows, IntFunction<String> line) {
    return IntStream.rangeClosed(1, rows)
        .mapToObj(line)
        .collect(Collectors.joining("\n", "", "\n"));
  }

  private static void append(Path directory, String text) {
    try {
      Files.writeString(directory.resolve("data/ads.csv"), text, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
