package org.bpmnmlops.monitoring;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.bpmnmlops.artifact.Artifacts;
import org.bpmnmlops.data.ColumnType;
import org.bpmnmlops.data.InvalidDataException;
import org.bpmnmlops.data.Schema.ColumnSchema;
import org.bpmnmlops.report.Finding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of production data as other systems really write them. */
class ProductionFileTest {

  private static final Instant FROM = Instant.parse("2026-11-01T00:00:00Z");
  private static final Instant NOW = Instant.parse("2026-11-25T18:00:00Z");
  private static final ProductionFile.Expected EXPECTED =
      new ProductionFile.Expected(
          "ads",
          List.of(
              new ColumnSchema("TV", ColumnType.NUMERICAL),
              new ColumnSchema("radio", ColumnType.NUMERICAL),
              new ColumnSchema("region", ColumnType.CATEGORICAL)),
          "conversion",
          List.of("0", "1"),
          Map.of("region", Set.of("north", "south")));

  @TempDir Path folder;

  private final List<ImportedRow> rows = new ArrayList<>();

  @Test
  void readsFeaturesPredictionTargetTimeAndId() throws IOException {
    UUID known = UUID.fromString("019a0000-0000-7000-8000-000000000001");
    var content =
        read(
            "TV,radio,region,prediction,conversion,time,id\n"
                + "230.1,37.8,north,1,1,2026-11-20T10:00:00Z,%s\n".formatted(known)
                + "44.5,,south,0.0,,2026-11-20 11:30:00,case 17\n");

    assertThat(content.findings()).isEmpty();
    assertThat(content.rows()).isEqualTo(2);
    assertThat(content.sha256()).isEqualTo(Artifacts.sha256(folder.resolve("prod_data.csv")));
    ImportedRow first = rows.get(0);
    assertThat(first.id()).contains(new ImportedRow.Id(known, "id", known.toString()));
    assertThat(first.features())
        .containsEntry("TV", 230.1)
        .containsEntry("radio", 37.8)
        .containsEntry("region", "north");
    assertThat(first.prediction()).isEqualTo("1");
    assertThat(first.actual()).isEqualTo("1");
    assertThat(first.time()).isEqualTo("2026-11-20T10:00:00Z");
    ImportedRow second = rows.get(1);
    assertThat(second.features()).containsEntry("radio", null);
    assertThat(second.prediction()).isEqualTo("0");
    assertThat(second.actual()).isNull();
    assertThat(second.time()).isEqualTo("2026-11-20T11:30:00Z");
    assertThat(second.id()).isPresent();
  }

  @Test
  void readsTheTargetUnderTheNameTargetToo() {
    read("TV,radio,region,prediction,target\n1,2,north,1,0\n");

    assertThat(rows).singleElement().extracting(ImportedRow::actual).isEqualTo("0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", " \r\n\n", "\uFEFF", "\uFEFF\r\n"})
  void findsAnEmptyFileEmpty(String content) {
    assertThat(read(content).findings())
        .singleElement()
        .satisfies(finding -> assertThat(finding.source()).isEqualTo("prod_data.csv"))
        .satisfies(finding -> assertThat(finding.what()).contains("is empty"));
    assertThat(rows).isEmpty();
  }

  @Test
  void takesNoRowForTheHeaderThatIsMissing() {
    // What was left of a file that an archive step emptied, with feedback appended to it.
    assertThat(
            read("\n230.1,37.8,north,1,1\n44.5,39.3,south,0,1\n230.1,37.8,north,1,1\n").findings())
        .singleElement()
        .satisfies(finding -> assertThat(finding.line()).isEqualTo(2))
        .satisfies(
            finding ->
                assertThat(finding.what())
                    .contains("no line with names", "TV, radio, region", "left where it is"));
    assertThat(rows).isEmpty();
  }

  @Test
  void leavesARepeatedHeaderOut() {
    String header = "TV,radio,region,prediction\n";
    String row = "1,2,north,1\n";

    assertFinding(read(header + row + header + row + header), 3L, null, "1 more line");
    assertThat(rows).hasSize(2);
  }

  @Test
  void readsOnlyTheFirstOfTwoColumnsOfOneName() {
    assertFinding(
        read("TV,radio,region,prediction,TV\n1,2,north,1,9\n"), 1L, "TV", "more than once");
    assertThat(rows)
        .singleElement()
        .satisfies(r -> assertThat(r.features().get("TV")).isEqualTo(1.0));
  }

  @Test
  void readsReorderedColumnsByTheirNames() {
    var content = read("region,prediction,radio,TV\nnorth,1,37.8,230.1\n");

    assertFinding(content, 1L, null, "another order");
    assertThat(rows.get(0).features()).containsEntry("TV", 230.1).containsEntry("region", "north");
  }

  @Test
  void countsAMissingColumnAsMissingValues() {
    assertFinding(read("TV,region,prediction\n1,north,1\n2,south,0\n"), 1L, "radio", "is missing");
    assertThat(rows).hasSize(2);
  }

  @Test
  void doesNotReadAnExtraColumn() {
    assertFinding(
        read("TV,radio,region,prediction,campaign\n1,2,north,1,x\n"), 1L, "campaign", "not read");
    assertThat(rows.get(0).features()).doesNotContainKey("campaign");
  }

  @Test
  void saysWhereATypeChanged() {
    var content = read("TV,radio,region,prediction\n1,2,north,1\nmany,2,north,1\nfew,2,south,0\n");

    assertFinding(content, 3L, "TV", "'many' is no number", "1 more line");
    assertThat(rows).hasSize(3);
  }

  @Test
  void saysThatAColumnHasNoValue() {
    assertFinding(
        read("TV,radio,region,prediction\n1,,north,1\n2,NaN,south,0\n"), null, "radio", "no value");
  }

  @Test
  void usesAFileWithoutPredictions() {
    assertFinding(
        read("TV,radio,region,conversion\n1,2,north,1\n2,3,south,0\n"),
        1L,
        "prediction",
        "is missing");
    assertThat(rows).hasSize(2).extracting(ImportedRow::prediction).containsOnlyNulls();
  }

  @Test
  void namesNewCategories() {
    assertFinding(
        read("TV,radio,region,prediction\n1,2,north,1\n1,2,west,1\n2,3,west,0\n"),
        3L,
        "region",
        "'west'",
        "reference does not have");
  }

  @Test
  void namesTheFirstOfManyNewCategoriesAndCountsTheOthers() {
    StringBuilder file = new StringBuilder("TV,radio,region,prediction\n");
    for (int i = 0; i < 5000; i++) {
      file.append("1,2,region %d,1\n".formatted(i % 2500));
    }
    var findings = read(file.toString()).findings();

    assertThat(findings).hasSize(11);
    assertThat(findings.get(9).what()).contains("'region 9'", "so 1 more line");
    assertThat(findings.get(10).line()).isEqualTo(12);
    assertThat(findings.get(10).what())
        .contains("'region 10' is one of further categories", "so 4,979 more lines");
  }

  @Test
  void listsTwoHundredFindingsAndCountsTheRest() {
    String unknown = IntStream.range(0, 3000).mapToObj("more %d,"::formatted).collect(joining());
    String values = ",".repeat(3000);
    var findings = read(unknown + "TV,radio,region\n" + values + "1,2,west\n").findings();

    assertThat(findings).hasSize(201);
    assertThat(findings.get(200).what()).isEqualTo("2,803 more findings are not listed");
  }

  @Test
  void shortensTheNameOfAColumnThatNobodyKnows() {
    var content = read("TV,radio,region,prediction," + "x".repeat(5000) + "\n1,2,north,1,9\n");

    assertFinding(content, 1L, "x".repeat(60) + "...", "no column the model knows");
  }

  @Test
  void countsAPredictionThatIsNoClassAsMissing() {
    assertFinding(
        read("TV,radio,region,prediction\n1,2,north,maybe\n1,2,north,1\n"),
        2L,
        "prediction",
        "'maybe' is no class",
        "0, 1");
    assertThat(rows).extracting(ImportedRow::prediction).containsExactly(null, "1");
  }

  @Test
  void saysThatOneLineIsTooLittle() {
    assertFinding(read("TV,radio,region,prediction\n1,2,north,1\n"), null, null, "a single line");
  }

  @Test
  void countsALineFromTheFutureAsOfNow() {
    var content =
        read(
            "TV,radio,region,prediction,time\n1,2,north,1,2030-01-01\n1,2,north,1,2026-11-25T17:59:59Z\n");

    assertFinding(content, 2L, "time", "2030-01-01", "in the future");
    assertThat(rows).extracting(ImportedRow::time).containsExactly(null, NOW.minusSeconds(1));
  }

  @Test
  void saysThatALineIsFromBeforeTheWindow() {
    assertFinding(
        read("TV,radio,region,prediction,time\n1,2,north,1,2026-10-31\n1,2,north,0,2026-11-02\n"),
        2L,
        "time",
        "is before",
        "window");
    assertThat(rows).hasSize(2);
  }

  @Test
  void countsALineWithoutAReadableTimeAsOfNow() {
    assertFinding(
        read("TV,radio,region,prediction,time\n1,2,north,1,yesterday\n1,2,north,1,\n"),
        2L,
        "time",
        "'yesterday' is no time");
    assertThat(rows).extracting(ImportedRow::time).containsOnlyNulls();
  }

  @Test
  void leavesOutALineOfAnotherWidth() {
    assertFinding(
        read("TV,radio,region,prediction\n1,2,north,1\n1,2,north\n1,2,south,0\n"),
        3L,
        null,
        "3 values",
        "4 columns");
    assertThat(rows).hasSize(2);
  }

  @Test
  void takesTheSecondLineOfAnIdForTheSameCase() {
    assertFinding(
        read("id,TV,radio,region,prediction\na,1,2,north,1\na,1,2,north,1\nb,1,2,north,1\n"),
        3L,
        "id",
        "'a' came before");
    assertThat(rows).hasSize(2);
  }

  @Test
  void givesEqualCasesOfTwoFilesTheSameId() {
    read("id,TV,radio,region,prediction\na,1,2,north,1\nb,1,2,north,1\n");
    read("id,TV,radio,region,prediction\nb,1,2,north,1\nc,1,2,north,1\n");

    assertThat(rows.get(2).id()).isEqualTo(rows.get(1).id()).isNotEqualTo(rows.get(3).id());
  }

  @Test
  void refusesWhatIsNoText() {
    assertThatThrownBy(() -> read(new byte[] {'P', 'K', 3, 4, 0, 1, 2}))
        .isInstanceOf(InvalidDataException.class)
        .hasMessageContaining("prod_data.csv")
        .hasMessageContaining("Excel");
    assertThatThrownBy(() -> read("TV,radio,region\n1,2,\"north\n3,4,south\n"))
        .isInstanceOf(InvalidDataException.class)
        .hasMessageContaining("line 2")
        .hasMessageContaining("quote");
  }

  private ProductionFile.Content read(String content) {
    return read(content.getBytes(StandardCharsets.UTF_8));
  }

  private ProductionFile.Content read(byte[] content) {
    try {
      Path file = Files.write(folder.resolve("prod_data.csv"), content);
      return ProductionFile.read(file, "prod_data.csv", EXPECTED, FROM, NOW, rows::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void assertFinding(
      ProductionFile.Content content, Long line, String column, String... words) {
    assertThat(content.findings())
        .anySatisfy(
            finding -> {
              assertThat(finding.source()).isEqualTo("prod_data.csv");
              assertThat(finding.line()).isEqualTo(line);
              assertThat(finding.column()).isEqualTo(column);
              assertThat(finding.what()).contains(words);
            });
    assertThat(content.findings())
        .extracting(Finding::what)
        .allSatisfy(w -> assertThat(w).isNotBlank());
  }
}
