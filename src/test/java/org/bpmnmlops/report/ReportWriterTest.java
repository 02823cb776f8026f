package org.bpmnmlops.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

  @Test
  void aReportOfAMillionRowsIsHardlyLargerThanOfAThousand() throws IOException {
    for (int columns : List.of(9, 99)) {
      Path small =
          write(
              Reports.quality(
                  Reports.rows(1000, columns, 0, 1), Reports.rows(1000, columns, 1, 2)));
      long before = Files.size(small);
      Path large =
          write(
              Reports.quality(
                  Reports.rows(100_000, columns, 0, 1), Reports.rows(100_000, columns, 1, 2)));
      assertThat(Files.size(large)).isLessThan(1_000_000).isLessThanOrEqualTo(before * 11 / 10);
    }
  }
}
