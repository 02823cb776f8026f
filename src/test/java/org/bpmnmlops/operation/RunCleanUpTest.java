package org.bpmnmlops.operation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import org.bpmnmlops.artifact.Home;
import org.bpmnmlops.artifact.RunFolders;
import org.flywaydb.core.Flyway;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

class RunCleanUpTest {

  private static final Instant NOW = Instant.parse("2026-11-22T04:30:00Z");

  @TempDir private Path folder;

  private final JdbcConnectionPool database =
      JdbcConnectionPool.create(
          "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", "sa", "");
  private final JdbcClient jdbc = JdbcClient.create(database);
  private RunCleanUp cleanUp;
  private Home home;

  @BeforeEach
  void create() {
    Flyway.configure().dataSource(database).load().migrate();
    jdbc.sql("CREATE TABLE ACT_HI_PROCINST (PROC_INST_ID_ VARCHAR(64))").update();
    home = new Home(folder, folder);
    cleanUp = new RunCleanUp(jdbc, Clock.fixed(NOW, ZoneOffset.UTC), new RunFolders(home));
  }

  @AfterEach
  void dispose() {
    database.dispose();
  }

  @Test
  void deletesWhatIsLeftOfRunsWithoutHistory() throws IOException {
    Path gone = run(Duration.ofDays(91));
    Path known = run(Duration.ofDays(30));
    jdbc.sql("INSERT INTO ACT_HI_PROCINST VALUES (?)").param(id(known)).update();

    cleanUp.cleanUp();

    assertThat(gone).doesNotExist();
    assertThat(known).exists();
  }

  @Test
  void keepsTheNewestSuccessfulRunOfEachPipeline() throws IOException {
    Path older = run(Duration.ofDays(200));
    Path newest = run(Duration.ofDays(100));
    Path failed = run(Duration.ofDays(95));
    Path other = run(Duration.ofDays(300));
    ended(older, "a", "success", 200);
    ended(newest, "a", "success", 100);
    ended(failed, "a", "failed", 95);
    ended(other, "b", "success", 300);

    cleanUp.cleanUp();

    assertThat(older).doesNotExist();
    assertThat(failed).doesNotExist();
    assertThat(newest).exists();
    assertThat(other).exists();
  }

  @Test
  void keepsARunWhoseModelIsInTheRegistry() throws IOException {
    Path registered = run(Duration.ofDays(400));
    jdbc.sql(
            """
            INSERT INTO mlops_model_version (name, version, run, pipeline, process, algorithm,
              accuracy, data_hash, fingerprint, model_hash, rows_file, separation_file,
              registered_at)
            VALUES ('a', 1, ?, 'a', 'a:1:1', 'xgboost', 0.9, 'd', 'f', 'm', 'r', 's', now())
            """)
        .param(id(registered))
        .update();

    cleanUp.cleanUp();

    assertThat(registered).exists();
  }

  @Test
  void keepsARunThatHasOnlyJustBegun() throws IOException {
    Path young = run(Duration.ofHours(23));

    cleanUp.cleanUp();

    assertThat(young).exists();
  }

  @Test
  void keepsFoldersThatAreNoRuns() throws IOException {
    Path notes = home.runs().resolve("my-notes");
    Files.createDirectories(notes);
    age(notes, Duration.ofDays(400));

    cleanUp.cleanUp();

    assertThat(notes).exists();
  }

  @Test
  void doesNothingBeforeTheFirstRun() {
    cleanUp.cleanUp();

    assertThat(home.runs()).doesNotExist();
  }

  private Path run(Duration age) throws IOException {
    Path run = home.runs().resolve(UUID.randomUUID().toString());
    Files.createDirectories(run);
    Files.writeString(run.resolve("model.pb"), "model");
    age(run, age);
    return run;
  }

  private static void age(Path path, Duration age) throws IOException {
    Files.setLastModifiedTime(path, FileTime.from(NOW.minus(age)));
  }

  private static String id(Path run) {
    return run.getFileName().toString();
  }

  private void ended(Path run, String pipeline, String outcome, int daysAgo) {
    jdbc.sql(
            """
            INSERT INTO mlops_run (id, pipeline, process_version, business_key, logical_date,
              priority, max_active, state, waiting, outcome, started_at, ended_at)
            VALUES (:id, :pipeline, 1, 'key', '2026-11-22', 0, 16, 'ended', FALSE, :outcome,
              :ended, :ended)
            """)
        .param("id", id(run))
        .param("pipeline", pipeline)
        .param("outcome", outcome)
        .param("ended", java.sql.Timestamp.from(NOW.minus(Duration.ofDays(daysAgo))))
        .update();
  }
}
