package org.bpmnmlops.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.bpmnmlops.TestDatabase;
import org.bpmnmlops.artifact.Home;
import org.bpmnmlops.report.ReportKind;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the reports' store promises on every database. */
abstract class ReportStorePromises {

  private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");
  private static final ReportStore.Filter ALL = new ReportStore.Filter(null, null, null);

  @TempDir private Path folder;

  private final TestDatabase kind;
  private Home home;
  private ReportStore store;

  ReportStorePromises(TestDatabase kind) {
    this.kind = kind;
  }

  @BeforeEach
  void create() throws IOException {
    home = new Home(folder, Path.of("data"));
    store = new ReportStore(JdbcClient.create(kind.create()), home);
    Files.createDirectories(home.reports());
  }

  @Test
  void givesBackWhatWasAdded() throws IOException {
    StoredReport report = add(ReportKind.DATA_DRIFT, "ads", "run 1", 0);

    assertThat(report.id()).isEqualTo("data_drift_report_20261125_120000");
    assertThat(store.find(report.id())).contains(report);
    assertThat(store.find("data_drift_report_20261125_120001")).isEmpty();
  }

  @Test
  void replacesTheReportOfAStepThatRunsAgain() throws IOException {
    add(ReportKind.DATA_DRIFT, "ads", "run 1", 0);
    add(ReportKind.DATA_DRIFT, "ads", "run 1", 0);

    assertThat(store.count(ALL)).isEqualTo(1);
  }

  @Test
  void listsByKindModelAndRunNewestFirst() throws IOException {
    for (int i = 0; i < 3; i++) {
      for (ReportKind each : ReportKind.values()) {
        add(each, i == 2 ? "churn" : "ads", "run " + i, i);
      }
    }

    assertThat(store.count(ALL)).isEqualTo(9);
    assertThat(store.list(ALL, 0, 4)).hasSize(4);
    assertThat(store.list(ALL, 2, 4)).hasSize(1);
    assertThat(store.list(new ReportStore.Filter(ReportKind.DATA_QUALITY, null, null), 0, 10))
        .extracting(StoredReport::run)
        .containsExactly("run 2", "run 1", "run 0");
    assertThat(store.count(new ReportStore.Filter(ReportKind.DATA_QUALITY, "ads", null)))
        .isEqualTo(2);
    assertThat(store.list(new ReportStore.Filter(null, null, "run 1"), 0, 10)).hasSize(3);
  }

  @Test
  void findsTheReportBeforeOfTheSameKindAndModel() throws IOException {
    StoredReport first = add(ReportKind.DATA_DRIFT, "ads", "run 1", 0);
    add(ReportKind.DATA_QUALITY, "ads", "run 2", 1);
    add(ReportKind.DATA_DRIFT, "churn", "run 3", 2);
    add(ReportKind.DATA_DRIFT, "ads", "run 4", 3);

    assertThat(store.before("run 4", ReportKind.DATA_DRIFT, "ads")).contains(first);
    assertThat(store.before("run 1", ReportKind.DATA_QUALITY, "churn")).isEmpty();
  }

  @Test
  void keepsTheNewestOfEachKindHtmlAndJsonTogether() throws IOException {
    for (int i = 0; i < 4; i++) {
      for (ReportKind each : ReportKind.values()) {
        add(each, "ads", "run " + i, i);
      }
    }
    // An older run without a drift report: what was written of that kind stays.
    add(ReportKind.DATA_QUALITY, "ads", "run 4", 4);

    assertThat(store.cleanUp("ads", 3)).isEqualTo(4);

    assertThat(onDisk("data_quality")).hasSize(6);
    assertThat(onDisk("data_drift")).hasSize(6);
    assertThat(onDisk("model_performance")).hasSize(6);
    assertThat(store.count(ALL)).isEqualTo(9);
    assertThat(store.cleanUp("ads", 3)).isZero();
  }

  @Test
  void deletesNothingOfAnotherModelAndNothingThatIsNoReport() throws IOException {
    add(ReportKind.DATA_DRIFT, "churn", "run 1", 0);
    add(ReportKind.DATA_DRIFT, "ads", "run 2", 1);
    add(ReportKind.DATA_DRIFT, "ads", "run 3", 2);
    Path own = Files.writeString(home.reports().resolve("data_drift_report_mine.html"), "mine");
    Path other = Files.writeString(home.reports().resolve("note.txt"), "a note");

    assertThat(store.cleanUp("ads", 1)).isEqualTo(1);

    assertThat(store.find("data_drift_report_20261125_120000")).isPresent();
    assertThat(own).exists();
    assertThat(other).exists();
  }

  @Test
  void countsReportsOfAnEarlierDatabaseByThemselves() throws IOException {
    for (int i = 0; i < 3; i++) {
      String id = StoredReport.id(ReportKind.DATA_DRIFT, NOON.minus(Duration.ofDays(i + 1)));
      Files.writeString(store.file(id, ReportStore.HTML), "old");
      Files.writeString(store.file(id, ReportStore.JSON), "{}");
    }
    add(ReportKind.DATA_DRIFT, "ads", "run 1", 0);

    store.cleanUp("ads", 2);

    assertThat(onDisk("data_drift"))
        .containsExactly(
            "data_drift_report_20261123_120000.html",
            "data_drift_report_20261123_120000.json",
            "data_drift_report_20261124_120000.html",
            "data_drift_report_20261124_120000.json",
            "data_drift_report_20261125_120000.html",
            "data_drift_report_20261125_120000.json");
  }

  private StoredReport add(ReportKind of, String model, String run, int hours) throws IOException {
    Instant at = NOON.plus(Duration.ofHours(hours));
    StoredReport report =
        new StoredReport(
            StoredReport.id(of, at), of, run, model, 1, "good", "All columns are fine.", at);
    Files.writeString(store.file(report.id(), ReportStore.HTML), "<html>");
    Files.writeString(store.file(report.id(), ReportStore.JSON), "{}");
    assertThat(store.add(report)).isEqualTo("reports/" + report.id() + ".html");
    return report;
  }

  private List<String> onDisk(String start) throws IOException {
    try (Stream<Path> files = Files.list(home.reports())) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith(start))
          .sorted()
          .toList();
    }
  }
}
