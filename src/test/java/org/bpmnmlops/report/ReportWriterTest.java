package org.bpmnmlops.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bpmnmlops.data.Table;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReportWriterTest {

  @TempDir Path folder;

  private final ReportWriter writer = new ReportWriter();

  private Path write(Report report) {
    Path html = folder.resolve(report.kind().fileName(report.subject().createdAt()));
    writer.write(html, report);
    return html;
  }

  @Test
  void writesBothFilesUnderTheNamePeopleKnow() {
    Path html = write(Reports.drift(Reports.rows(2000, 4, 0, 1), Reports.rows(800, 4, 1, 2)));

    assertThat(folder.toFile().list())
        .containsExactlyInAnyOrder(
            "data_drift_report_20261125_120000.html", "data_drift_report_20261125_120000.json");
    assertThat(ReportWriter.twin(html)).exists();
  }

  @Test
  void theTwinsKeepToTheDocumentedSchema() throws IOException {
    JsonSchema schema =
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
            .getSchema(Files.readString(Path.of("docs", "reports.schema.json")));
    Table reference = Reports.rows(600, 8, 0, 1);
    Table current = Reports.rows(300, 8, 1, 2);
    Table strange =
        Reports.table(Reports.text("number 0", "a", null), Reports.numbers("extra", 1, 2));
    Table huge =
        Reports.table(
            Reports.numbers("x", Double.MAX_VALUE, -Double.MAX_VALUE, Double.MAX_VALUE, 1),
            Reports.numbers("y", 1e308, 1e308, 1e308, Double.POSITIVE_INFINITY));
    List<String> classes = List.of("a", "b", "c");
    ScoredRows scored = Reports.scored(classes, 60, 1, 1);
    List<Report> reports =
        List.of(
            Reports.quality(reference, current),
            Reports.quality(reference, strange),
            Reports.quality(reference, null),
            Reports.quality(huge, huge),
            Reports.drift(huge, huge),
            Reports.drift(reference, current),
            Reports.drift(reference, strange),
            Reports.drift(reference, null),
            Reports.performance(Reports.scored(List.of("0", "1"), 90, 1, 1), null),
            Reports.performance(scored, Reports.scored(classes, 50, 1, 2)),
            Reports.performance(
                scored, ScoredRows.ofAnswers(classes, 9, new int[] {0, 0}, new int[] {0, 1})));
    for (Report report : reports) {
      String twin = Files.readString(ReportWriter.twin(write(report)));

      assertThat(schema.validate(twin, InputFormat.JSON)).isEmpty();
      assertThat(schema.validate(twin.replace("\"lead\"", "\"lede\""), InputFormat.JSON))
          .isNotEmpty();
    }
  }

  @Test
  void theHtmlHoldsTheNumbersOfTheTwin() throws IOException {
    Path html = write(Reports.drift(Reports.rows(600, 4, 0, 1), Reports.rows(300, 4, 1, 2)));

    Matcher data = Pattern.compile("id=\"data\">(.*?)</script>").matcher(Files.readString(html));
    assertThat(data.find()).isTrue();
    ObjectMapper json = new ObjectMapper();
    assertThat(json.readTree(data.group(1)))
        .isEqualTo(json.readTree(Files.readString(ReportWriter.twin(html))));
  }

  @Test
  void noLineOfThePageBreaksBeforeAPerCentSign() throws IOException {
    Path html = write(Reports.drift(Reports.rows(600, 4, 0, 1), Reports.rows(300, 4, 1, 2)));

    assertThat(Files.readString(html)).contains("\u00a0%</p>").doesNotContainPattern("\\d %");
    assertThat(Files.readString(ReportWriter.twin(html))).doesNotContain("\u00a0");
  }

  @Test
  void remembersTheReportBefore() {
    Report report = Reports.quality(Reports.rows(2000, 4, 0, 1), Reports.rows(800, 4, 1, 2));

    PreviousReport previous = writer.previous(write(report));

    assertThat(previous).isEqualTo(new PreviousReport(Reports.NOON, report.summary()));
  }

  @Test
  void namesThatLookLikeMarkupStayText() throws IOException {
    String evil = "</script><script>alert(1)</script><img src=x onerror=alert(2)>";
    Path html =
        write(
            Reports.quality(
                Reports.table(Reports.text(evil, evil, "b", "b")),
                Reports.table(Reports.text(evil, evil, evil, "c"))));

    String page = Files.readString(html);
    assertThat(page).doesNotContain("alert(1)</script>").doesNotContain("<img");
  }

  /** The benchmark does the same with a million rows. */
  @ParameterizedTest
  @CsvSource({"9, 50000", "99, 10000"})
  void aReportOfManyRowsIsHardlyLargerThanOfAThousand(int columns, int rows) throws IOException {
    for (ReportKind kind : List.of(ReportKind.DATA_QUALITY, ReportKind.DATA_DRIFT)) {
      long small = size(kind, 1000, columns);
      long large = size(kind, rows, columns);

      assertThat(large).isLessThan(1_000_000).isLessThanOrEqualTo(small * 11 / 10);
    }
  }

  private long size(ReportKind kind, int rows, int columns) throws IOException {
    Table reference = Reports.rows(rows, columns, 0, 1);
    Table current = Reports.rows(rows, columns, 1, 2);
    return Files.size(
        write(
            kind == ReportKind.DATA_QUALITY
                ? Reports.quality(reference, current)
                : Reports.drift(reference, current)));
  }
}
