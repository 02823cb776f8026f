package org.bpmnmlops.monitoring;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.bpmnmlops.artifact.Artifacts;
import org.bpmnmlops.artifact.Home;
import org.bpmnmlops.data.DataFolder;
import org.bpmnmlops.data.DatasetNotReadyException;
import org.bpmnmlops.data.InvalidDataException;
import org.bpmnmlops.production.ProductionData;
import org.bpmnmlops.production.ProductionRow;
import org.bpmnmlops.production.Source;
import org.bpmnmlops.registry.ModelVersion;
import org.bpmnmlops.report.Finding;
import org.bpmnmlops.wording.Words;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Takes files of other systems into production data, each content once. Rows and the file's hash
 * are written in the caller's transaction, and only when that is committed the file moves to {@code
 * production/imported}. After a crash in between the next run knows the hash and moves the file.
 */
@Component
class ProductionImport {

  static final String IMPORTED = "imported";

  private static final Logger LOG = LoggerFactory.getLogger(ProductionImport.class);
  private static final int ROWS_AT_ONCE = 1000;

  /**
   * What became of a file.
   *
   * @param rows that brought a prediction or an outcome now
   */
  record Imported(int rows, List<Finding> findings) {

    static Imported nothing(String file, String what) {
      return new Imported(0, List.of(new Finding(file, null, null, what)));
    }
  }

  private record Earlier(int rows, Instant at) {}

  private final JdbcClient jdbc;
  private final ProductionData production;
  private final DataFolder reader;
  private final Home home;
  private final Clock clock;

  ProductionImport(
      JdbcClient jdbc, ProductionData production, DataFolder reader, Home home, Clock clock) {
    this.jdbc = jdbc;
    this.production = production;
    this.reader = reader;
    this.home = home;
    this.clock = clock;
  }

  /**
   * Imports a file unless it is not there, or its content was imported before.
   *
   * @param run that asks
   * @param name of the file in the folder {@code production}
   * @param version whose predictions the file holds
   * @param from earliest prediction that the run looks at
   * @throws InvalidDataException when the file cannot be read; it stays as it is
   */
  Imported importFile(
      String run,
      String name,
      ModelVersion version,
      ProductionFile.Expected expected,
      Instant from) {
    Path file = home.production().resolve(name);
    if (Files.notExists(file)) {
      return new Imported(0, List.of());
    }
    if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
      throw new InvalidDataException(
          "production/%s is no file that this server may read; expected a CSV file. Mend it, or take it away"
              .formatted(name));
    }
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    ProductionFile.Content content;
    try {
      content =
          reader.readUnlessGrowing(
              name, file, path -> ProductionFile.read(path, name, expected, from, now, row -> {}));
    } catch (DatasetNotReadyException e) {
      return Imported.nothing(name, e.getMessage() + ". The next run takes it");
    }
    if (content.rows() == 0) {
      return new Imported(0, content.findings());
    }
    jdbc.sql("SELECT sha256 FROM mlops_import WHERE sha256 = '*' FOR UPDATE")
        .query(String.class)
        .single();
    Optional<Earlier> earlier = earlier(content.sha256(), version.name());
    moveWhenCommitted(file, name, content.sha256());
    if (earlier.isPresent()) {
      return Imported.nothing(
          name,
          "has the content of a file that was imported on %s (%s); it was not imported again"
              .formatted(Words.time(earlier.get().at()), Words.count(earlier.get().rows(), "row")));
    }
    Recording recording = record(file, name, content.sha256(), version, expected, from, now);
    int rows = recording.rows;
    note(content.sha256(), version.name(), name, rows, run, now);
    LOG.info("Imported {} rows of {} for {}", rows, name, version);
    List<Finding> findings = new ArrayList<>(content.findings());
    findings.addAll(recording.findings.all());
    return new Imported(rows, findings);
  }

  private Recording record(
      Path file,
      String name,
      String sha256,
      ModelVersion version,
      ProductionFile.Expected expected,
      Instant from,
      Instant now) {
    Recording recording = new Recording(name, sha256, version, now);
    String read = ProductionFile.read(file, name, expected, from, now, recording::add).sha256();
    recording.flush();
    if (!read.equals(sha256)) {
      throw new IllegalStateException(
          "production/%s changed while it was imported; nothing was imported, it is read again"
              .formatted(name));
    }
    return recording;
  }

  /** Takes lines into production data, many at once. */
  private final class Recording {

    private final String contentOfModel;
    private final ModelVersion version;
    private final Instant now;
    private final Findings findings;
    private final List<ImportedRow> waiting = new ArrayList<>();

    /** That brought a prediction or an outcome. */
    private int rows;

    Recording(String name, String sha256, ModelVersion version, Instant now) {
      this.contentOfModel = Artifacts.sha256(version.name() + "\n" + sha256);
      this.version = version;
      this.now = now;
      this.findings = new Findings(name);
    }

    void add(ImportedRow row) {
      waiting.add(row);
      if (waiting.size() == ROWS_AT_ONCE) {
        flush();
      }
    }

    void flush() {
      Map<UUID, ProductionData.Known> known =
          production.known(
              waiting.stream().flatMap(row -> row.id().stream()).map(ImportedRow.Id::id).toList());
      List<ProductionRow> taken =
          waiting.stream()
              .filter(row -> row.id().isEmpty() || isNew(row, known.get(row.id().get().id())))
              .map(this::row)
              .toList();
      production.record(taken);
      rows += taken.size();
      waiting.clear();
    }

    private boolean isNew(ImportedRow row, ProductionData.Known known) {
      if (known == null) {
        return true;
      }
      ImportedRow.Id id = row.id().orElseThrow();
      if (!known.model().equals(version.name())) {
        findings.addLine(
            known.model(),
            row.line(),
            id.column(),
            "'%s' is a prediction of the model '%s'; the line is left out"
                .formatted(id.text(), known.model()));
        return false;
      }
      if (known.actual() != null && row.actual() != null && !known.actual().equals(row.actual())) {
        findings.addLine(
            "outcome",
            row.line(),
            id.column(),
            "the outcome of '%s' is known as '%s', not '%s'; the known one stays. Correct it by feedback"
                .formatted(id.text(), known.actual(), row.actual()));
      }
      return known.actual() == null && row.actual() != null;
    }

    private ProductionRow row(ImportedRow row) {
      return new ProductionRow(
          row.id().map(ImportedRow.Id::id).orElseGet(() -> id(contentOfModel, row.line())),
          version.name(),
          version.version(),
          row.features(),
          row.prediction(),
          Map.of(),
          row.time() == null ? now : row.time(),
          row.actual(),
          row.actual() == null ? null : now,
          Source.IMPORT,
          null,
          null);
    }
  }

  /**
   * A hash, then the line (a UUID of version 8, RFC 9562): neighbours in the file are neighbours in
   * the table's index.
   */
  private static UUID id(String contentOfModel, long line) {
    long high = Long.parseUnsignedLong(contentOfModel.substring(0, 16), 16);
    return new UUID((high & ~0xF000L) | 0x8000L, Long.MIN_VALUE | line);
  }

  private Optional<Earlier> earlier(String sha256, String model) {
    return jdbc.sql(
            "SELECT imported_rows, imported_at FROM mlops_import"
                + " WHERE sha256 = :sha256 AND model = :model")
        .param("sha256", sha256)
        .param("model", model)
        .query(
            (row, number) ->
                new Earlier(
                    row.getInt("imported_rows"), row.getTimestamp("imported_at").toInstant()))
        .optional();
  }

  private void note(String sha256, String model, String name, int rows, String run, Instant now) {
    jdbc.sql(
            """
            INSERT INTO mlops_import (sha256, model, file, imported_rows, run, imported_at)
            VALUES (:sha256, :model, :file, :rows, :run, :now)
            """)
        .param("sha256", sha256)
        .param("model", model)
        .param("file", name)
        .param("rows", rows)
        .param("run", run)
        .param("now", Timestamp.from(now))
        .update();
  }

  private void moveWhenCommitted(Path file, String name, String sha256) {
    TransactionSynchronizationManager.registerSynchronization(
        new TransactionSynchronization() {
          @Override
          public void afterCommit() {
            move(file, name, sha256);
          }
        });
  }

  /** A file that cannot be moved is known by its hash: the next run tries again. */
  private void move(Path file, String name, String sha256) {
    Path folder = home.production().resolve(IMPORTED);
    try {
      if (!Artifacts.sha256(file).equals(sha256)) {
        LOG.info("production/{} has new content already; the next run takes it", name);
        return;
      }
      Files.createDirectories(folder);
      Files.move(
          file, folder.resolve(movedName(name, sha256)), StandardCopyOption.REPLACE_EXISTING);
    } catch (NoSuchFileException e) {
      LOG.info("production/{} was moved by another run", name);
    } catch (IOException e) {
      LOG.warn("Cannot move production/{}: {}; the next run tries again", name, e.toString());
    }
  }

  /** {@code prod_data_1f0c2a9b77d2.csv}: the name tells which content it is. */
  static String movedName(String name, String sha256) {
    int dot = name.lastIndexOf('.');
    String stem = dot > 0 ? name.substring(0, dot) : name;
    return stem + "_" + sha256.substring(0, 12) + (dot > 0 ? name.substring(dot) : "");
  }
}
