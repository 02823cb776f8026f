package org.bpmnmlops.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.bpmnmlops.TestDatabase;
import org.bpmnmlops.artifact.Artifacts;
import org.bpmnmlops.artifact.Home;
import org.bpmnmlops.data.Column;
import org.bpmnmlops.data.ColumnType;
import org.bpmnmlops.data.DataFolders;
import org.bpmnmlops.data.InvalidDataException;
import org.bpmnmlops.data.NumericColumn;
import org.bpmnmlops.data.Schema;
import org.bpmnmlops.data.Schema.ColumnSchema;
import org.bpmnmlops.production.ProductionData;
import org.bpmnmlops.production.ProductionDatabase;
import org.bpmnmlops.production.ProductionRow;
import org.bpmnmlops.production.Window;
import org.bpmnmlops.registry.ModelVersion;
import org.bpmnmlops.report.Finding;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What the import of production files promises on every database: each content once. */
abstract class ProductionImportPromises {

  private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
  private static final String NAME = "prod_data.csv";
  private static final String CSV = "TV,prediction,target,time\n1,1,1,\n2,0,1,\n3,0,,2026-11-24\n";

  @TempDir private Path folder;

  private final TestDatabase kind;
  private Home home;
  private ProductionData data;
  private ProductionImport files;
  private TransactionTemplate transaction;

  ProductionImportPromises(TestDatabase kind) {
    this.kind = kind;
  }

  @BeforeEach
  void create() {
    DataSource database = kind.create();
    transaction = new TransactionTemplate(new DataSourceTransactionManager(database));
    home = new Home(folder, Path.of("data"));
    data = ProductionDatabase.of(database);
    files =
        new ProductionImport(
            JdbcClient.create(database),
            data,
            DataFolders.of(home),
            home,
            Clock.fixed(NOW, ZoneOffset.UTC));
  }

  @Test
  void takesTheRowsAndMovesTheFile() throws IOException {
    String sha256 = put(CSV);

    var imported = importFile();

    assertThat(imported.rows()).isEqualTo(3);
    assertThat(imported.findings()).isEmpty();
    assertThat(data.count(Window.of("ads").ofVersion(3))).isEqualTo(3);
    assertThat(data.count(Window.of("ads").labelled())).isEqualTo(2);
    assertThat(data.count(Window.of("ads").until(NOW))).isEqualTo(1);
    assertThat(home.production().resolve(NAME)).doesNotExist();
    assertThat(moved(sha256)).hasContent(CSV.strip());
  }

  @Test
  void doesNothingWithoutAFile() {
    assertThat(importFile()).isEqualTo(new ProductionImport.Imported(0, List.of()));
  }

  @Test
  void losesNothingWhenTheTransactionFails() throws IOException {
    put(CSV);

    assertThatThrownBy(
            () ->
                transaction.executeWithoutResult(
                    status -> {
                      files.importFile("run", NAME, version("ads"), expected("ads"), Instant.EPOCH);
                      throw new IllegalStateException("the server died before the commit");
                    }))
        .hasMessageContaining("died");
    assertThat(data.count(Window.of("ads"))).isZero();
    assertThat(home.production().resolve(NAME)).hasContent(CSV.strip());

    assertThat(importFile().rows()).isEqualTo(3);
    assertThat(data.count(Window.of("ads"))).isEqualTo(3);
  }

  @Test
  void doublesNothingWhenTheServerDiesBetweenCommitAndMove() throws IOException {
    String sha256 = put(CSV);
    Path imported = home.production().resolve(ProductionImport.IMPORTED);
    Files.writeString(imported, "in the way, so that nothing can be moved");
    importFile();
    assertThat(home.production().resolve(NAME)).exists();
    Files.delete(imported);

    var again = importFile();

    assertThat(again.rows()).isZero();
    assertThat(again.findings())
        .singleElement()
        .extracting(Finding::what)
        .asString()
        .contains("was imported on 2026-11-25 12:00:00 UTC (3 rows)");
    assertThat(data.count(Window.of("ads"))).isEqualTo(3);
    assertThat(moved(sha256)).exists();
    assertThat(home.production().resolve(NAME)).doesNotExist();
  }

  @Test
  void takesAContentOnceHoweverOftenItIsPut() throws IOException {
    put(CSV);
    importFile();
    put(CSV);
    importFile();

    assertThat(data.count(Window.of("ads"))).isEqualTo(3);
    assertThat(home.production().resolve(NAME)).doesNotExist();
  }

  @Test
  void takesALongerFileOfTheSameCasesWithoutDoublingThem() throws IOException {
    put("id,TV,prediction\na,1,1\nb,2,0\n");
    importFile();
    put("id,TV,prediction\na,1,1\nb,2,0\nc,3,0\n");

    assertThat(importFile().rows()).isEqualTo(1);
    assertThat(data.count(Window.of("ads"))).isEqualTo(3);
  }

  @Test
  void takesALineAboutAServedPredictionForItsOutcome() throws IOException {
    ProductionRow served = served("ads");
    put("id,TV,prediction,target\n%s,1,1,0\nb,2,1,\n".formatted(served.id()));

    assertThat(importFile()).isEqualTo(new ProductionImport.Imported(2, List.of()));
    assertThat(data.count(Window.of("ads"))).isEqualTo(2);
    assertThat(data.find(served.id()).orElseThrow().actual()).isEqualTo("0");
  }

  @Test
  void tellsOfAnOutcomeThatIsKnownOtherwise() throws IOException {
    ProductionRow served = served("ads");
    data.label(served.id(), "1", NOW);
    put("predictionId,TV,prediction,target\n%s,1,1,0\nb,2,1,\n".formatted(served.id()));

    assertThat(importFile())
        .isEqualTo(
            new ProductionImport.Imported(
                1,
                List.of(
                    new Finding(
                        NAME,
                        2L,
                        "predictionId",
                        "the outcome of '%s' is known as '1', not '0'; the known one stays. Correct it by feedback"
                            .formatted(served.id())))));
    assertThat(data.find(served.id()).orElseThrow().actual()).isEqualTo("1");
  }

  @Test
  void leavesOutLinesAboutPredictionsOfAnotherModel() throws IOException {
    ProductionRow served = served("mails");
    put("id,TV,prediction,target\nb,2,0,1\n%s,1,1,0\n".formatted(served.id()));

    assertThat(importFile())
        .isEqualTo(
            new ProductionImport.Imported(
                1,
                List.of(
                    new Finding(
                        NAME,
                        3L,
                        "id",
                        "'%s' is a prediction of the model 'mails'; the line is left out"
                            .formatted(served.id())))));
    assertThat(data.count(Window.of("ads"))).isEqualTo(1);
    assertThat(data.find(served.id()).orElseThrow().actual()).isNull();
  }

  @Test
  void takesTheSameFileForTwoModels() throws IOException {
    for (String model : List.of("ads", "mails")) {
      put(CSV);

      assertThat(importFile(model).rows()).isEqualTo(3);

      assertThat(data.count(Window.of(model))).isEqualTo(3);
      assertThat(data.count(Window.of(model).labelled())).isEqualTo(2);
    }
  }

  @Test
  void importsOnceWhenTwoRunsFindTheFileAtOnce() throws Exception {
    put(CSV);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      Callable<Integer> task = () -> importFile().rows();
      int rows = 0;
      for (Future<Integer> done : threads.invokeAll(List.of(task, task, task, task))) {
        rows += done.get();
      }
      assertThat(rows).isEqualTo(3);
    } finally {
      threads.shutdown();
    }
    assertThat(data.count(Window.of("ads"))).isEqualTo(3);
  }

  @Test
  void takesMoreRowsThanOneBatch() throws IOException {
    StringBuilder csv = new StringBuilder("TV,prediction\n");
    for (int i = 0; i < 2500; i++) {
      csv.append(i).append(",1\n");
    }
    put(csv.toString());

    assertThat(importFile().rows()).isEqualTo(2500);
    assertThat(data.count(Window.of("ads"))).isEqualTo(2500);
    Schema tv = new Schema(List.of(new ColumnSchema("TV", ColumnType.NUMERICAL)));
    Column column = data.read(Window.of("ads"), tv).features().column("TV");
    assertThat(((NumericColumn) column).values())
        .as("of one moment: in the order of the file")
        .isSorted();
  }

  @Test
  void leavesAFileThatItCannotUseWhereItIs() throws IOException {
    for (String content : List.of("", "\n", "1,1,1,\n2,0,1,\n", "TV,prediction\n")) {
      put(content);

      assertThat(importFile().findings()).isNotEmpty();

      assertThat(Files.readString(home.production().resolve(NAME))).isEqualTo(content);
    }
    assertThat(data.count(Window.of("ads"))).isZero();
  }

  @Test
  void refusesAFolderAndWhatIsNoText() throws IOException {
    Files.createDirectories(home.production().resolve(NAME));
    assertThatThrownBy(this::importFile)
        .isInstanceOf(InvalidDataException.class)
        .hasMessageContaining("production/prod_data.csv");

    Files.delete(home.production().resolve(NAME));
    Files.write(home.production().resolve(NAME), new byte[] {0x1F, (byte) 0x8B, 8, 0});
    assertThatThrownBy(this::importFile)
        .isInstanceOf(InvalidDataException.class)
        .hasMessageContaining("gzip");
    assertThat(Files.readAllBytes(home.production().resolve(NAME))).hasSize(4);
  }

  private ProductionRow served(String model) {
    ProductionRow row =
        ProductionRow.served(
            model, 3, Map.of("TV", 1.0), "1", Map.of(), NOW.minusSeconds(60), null);
    data.record(List.of(row));
    return row;
  }

  private ProductionImport.Imported importFile() {
    return importFile("ads");
  }

  private ProductionImport.Imported importFile(String model) {
    return transaction.execute(
        status -> files.importFile("run", NAME, version(model), expected(model), Instant.EPOCH));
  }

  private static ModelVersion version(String model) {
    return new ModelVersion(
        model, 3, "run", "pipeline", "xgboost", 0.9, "data", "fingerprint", "model", NOW);
  }

  private static ProductionFile.Expected expected(String model) {
    return new ProductionFile.Expected(
        model,
        List.of(new ColumnSchema("TV", ColumnType.NUMERICAL)),
        "conversion",
        List.of("0", "1"),
        Map.of());
  }

  private String put(String content) throws IOException {
    Files.createDirectories(home.production());
    Path file = Files.writeString(home.production().resolve(NAME), content);
    return Artifacts.sha256(file);
  }

  private Path moved(String sha256) throws IOException {
    Path imported = home.production().resolve(ProductionImport.IMPORTED);
    try (Stream<Path> all = Files.list(imported)) {
      assertThat(all).containsExactly(imported.resolve(ProductionImport.movedName(NAME, sha256)));
    }
    return imported.resolve(ProductionImport.movedName(NAME, sha256));
  }
}
