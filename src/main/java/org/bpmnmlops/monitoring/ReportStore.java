package org.bpmnmlops.monitoring;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.bpmnmlops.artifact.Home;
import org.bpmnmlops.report.ReportKind;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The reports: files in {@code <home>/reports}, and a row of each in the caller's transaction. */
@Component
class ReportStore {

  static final String HTML = ".html";
  static final String JSON = ".json";

  private final JdbcClient jdbc;
  private final Home home;

  ReportStore(JdbcClient jdbc, Home home) {
    this.jdbc = jdbc;
    this.home = home;
  }

  /**
   * Notes that a report was written; one of this name that is there already, because the step runs
   * again, is replaced.
   *
   * @return the reference of its HTML file, relative to the home
   */
  String add(StoredReport report) {
    delete(report.id());
    jdbc.sql(
            """
            INSERT INTO mlops_report (id, kind, run, model, version, verdict, summary, created_at)
            VALUES (:id, :kind, :run, :model, :version, :verdict, :summary, :createdAt)
            """)
        .param("id", report.id())
        .param("kind", StoredReport.text(report.kind()))
        .param("run", report.run())
        .param("model", report.model())
        .param("version", report.version())
        .param("verdict", report.verdict())
        .param("summary", report.summary())
        .param("createdAt", Timestamp.from(report.createdAt()))
        .update();
    return "reports/" + report.id() + HTML;
  }

  Optional<StoredReport> find(String id) {
    return jdbc.sql("SELECT * FROM mlops_report WHERE id = :id")
        .param("id", id)
        .query(ReportStore::report)
        .optional();
  }

  /** The newest report of a kind about a model by a run other than this one. */
  Optional<StoredReport> before(String run, ReportKind kind, String model) {
    return jdbc.sql(
            """
            SELECT * FROM mlops_report
            WHERE kind = :kind AND model = :model AND run <> :run
            ORDER BY created_at DESC, id DESC FETCH FIRST 1 ROW ONLY
            """)
        .param("kind", StoredReport.text(kind))
        .param("model", model)
        .param("run", run)
        .query(ReportStore::report)
        .optional();
  }

  /** Which reports are asked for; null means any. */
  record Filter(ReportKind kind, String model, String run) {

    private String kindText() {
      return kind == null ? null : StoredReport.text(kind);
    }
  }

  private static final String FILTERED =
      """
       FROM mlops_report
       WHERE (CAST(:kind AS VARCHAR(20)) IS NULL OR kind = :kind)
         AND (CAST(:model AS VARCHAR(100)) IS NULL OR model = :model)
         AND (CAST(:run AS VARCHAR(64)) IS NULL OR run = :run)
      """;

  /**
   * Reports, newest first.
   *
   * @param page from 0
   */
  List<StoredReport> list(Filter filter, int page, int size) {
    return filtered("SELECT *" + FILTERED + pageOrder(), filter)
        .param("offset", (long) page * size)
        .param("size", size)
        .query(ReportStore::report)
        .list();
  }

  private static String pageOrder() {
    return " ORDER BY created_at DESC, id DESC OFFSET :offset ROWS FETCH NEXT :size ROWS ONLY";
  }

  long count(Filter filter) {
    return filtered("SELECT COUNT(*)" + FILTERED, filter).query(Long.class).single();
  }

  private JdbcClient.StatementSpec filtered(String sql, Filter filter) {
    return jdbc.sql(sql)
        .param("kind", filter.kindText())
        .param("model", filter.model())
        .param("run", filter.run());
  }

  /** A report's file, whether it is there or not. */
  Path file(String id, String ending) {
    return home.reports().resolve(id + ending);
  }

  /**
   * Keeps the newest reports of each kind about a model, HTML and JSON together, and deletes older
   * ones. Files of reports that no row knows, of an earlier database say, are counted by
   * themselves.
   *
   * @param keep of each kind, 1 and more
   * @return how many were deleted
   */
  int cleanUp(String model, int keep) {
    int deleted = 0;
    for (ReportKind kind : ReportKind.values()) {
      List<String> ofModel =
          jdbc.sql(
                  "SELECT id FROM mlops_report WHERE kind = :kind AND model = :model"
                      + " ORDER BY created_at DESC, id DESC")
              .param("kind", StoredReport.text(kind))
              .param("model", model)
              .query(String.class)
              .list();
      Set<String> known =
          new TreeSet<>(
              jdbc.sql("SELECT id FROM mlops_report WHERE kind = :kind")
                  .param("kind", StoredReport.text(kind))
                  .query(String.class)
                  .list());
      List<String> unknown = onDisk(kind).stream().filter(id -> !known.contains(id)).toList();
      List<String> old =
          Stream.concat(ofModel.stream().skip(keep), unknown.stream().skip(keep)).toList();
      old.forEach(this::deleteWithFiles);
      deleted += old.size();
    }
    return deleted;
  }

  /** Names of a kind's reports in the folder, newest first. */
  private List<String> onDisk(ReportKind kind) {
    if (!Files.isDirectory(home.reports())) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(home.reports())) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(HTML) || name.endsWith(JSON))
          .map(name -> name.substring(0, name.lastIndexOf('.')))
          .filter(id -> StoredReport.isNamed(kind, id))
          .distinct()
          .sorted(Comparator.reverseOrder())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot list %s: %s".formatted(home.reports(), e), e);
    }
  }

  private void deleteWithFiles(String id) {
    try {
      Files.deleteIfExists(file(id, HTML));
      Files.deleteIfExists(file(id, JSON));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot delete the report %s: %s".formatted(id, e), e);
    }
    delete(id);
  }

  private void delete(String id) {
    jdbc.sql("DELETE FROM mlops_report WHERE id = :id").param("id", id).update();
  }

  private static StoredReport report(ResultSet row, int number) throws SQLException {
    return new StoredReport(
        row.getString("id"),
        StoredReport.kind(row.getString("kind")).orElseThrow(),
        row.getString("run"),
        row.getString("model"),
        row.getInt("version"),
        row.getString("verdict"),
        row.getString("summary"),
        row.getTimestamp("created_at").toInstant());
  }
}
