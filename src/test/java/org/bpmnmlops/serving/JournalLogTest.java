package org.bpmnmlops.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.bpmnmlops.TestDatabase;
import org.bpmnmlops.production.PredictionJournal;
import org.bpmnmlops.production.ProductionDatabase;
import org.bpmnmlops.production.ProductionRows;
import org.bpmnmlops.production.StoredPrediction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

class JournalLogTest {

  private final SwitchedDatabase database = new SwitchedDatabase(TestDatabase.H2.create());
  private final List<JournalLog> logs = new ArrayList<>();

  @TempDir private Path folder;

  @AfterEach
  void close() throws IOException {
    database.down(false);
    for (JournalLog log : logs) {
      log.close();
    }
  }

  @Test
  void hasARowInItsJournalBeforeTheTableHasIt() throws IOException {
    database.down(true);
    StoredPrediction row = ProductionRows.served();

    start().record(List.of(row));

    assertThat(journaled()).containsExactly(row);
  }

  @Test
  void movesRowsIntoTheTableAndForgetsThem() throws IOException {
    List<StoredPrediction> rows = List.of(ProductionRows.served(), ProductionRows.served());

    start().record(rows);

    await().untilAsserted(() -> assertThat(recorded()).isEqualTo(ids(rows)));
    await().untilAsserted(() -> assertThat(journaled()).isEmpty());
  }

  @Test
  void showsARowToWhoeverSeeksIt() throws IOException {
    StoredPrediction row = ProductionRows.served();
    JournalLog log = start();
    log.record(List.of(row));

    log.settle(waiting -> waiting.id().equals(row.id()));

    assertThat(recorded()).containsExactly(row.id());
  }

  @Test
  void letsWhoeverReadsTheTableWaitForWhatWasAnswered() throws IOException {
    List<StoredPrediction> rows = List.of(ProductionRows.served(), ProductionRows.served());
    JournalLog log = start();
    log.record(rows);

    log.await();

    assertThat(recorded()).isEqualTo(ids(rows));
  }

  @Test
  void letsNobodyReadATableThatLacksWhatWasAnswered() throws IOException {
    JournalLog log = start();
    database.down(true);
    log.record(List.of(ProductionRows.served()));

    assertThatThrownBy(log::await).isInstanceOf(NotRecordedException.class);
  }

  @Test
  void beginsWithWhatAnEarlierProcessLeftAndDoublesNothing() throws IOException {
    StoredPrediction moved = ProductionRows.served();
    StoredPrediction left = ProductionRows.served();
    StoredPrediction newest = ProductionRows.served();
    ProductionDatabase.of(database).recordNew(List.of(moved));
    append(1, moved, left);
    append(2, newest);

    start();

    assertThat(recorded()).isEqualTo(ids(List.of(moved, left, newest)));
    assertThat(journaled()).isEmpty();
  }

  @Test
  void answersNobodyWhileTheTableTakesNothingAndGoesOnWhenItDoes() throws IOException {
    JournalLog log = start();
    database.down(true);
    StoredPrediction answered = ProductionRows.served();
    log.record(List.of(answered));
    assertThatThrownBy(() -> log.settle(row -> true)).isInstanceOf(NotRecordedException.class);

    assertThatThrownBy(() -> log.record(List.of(ProductionRows.served())))
        .isInstanceOf(NotRecordedException.class)
        .hasStackTraceContaining("out of reach");

    database.down(false);
    log.settle(row -> true);
    StoredPrediction later = ProductionRows.served();
    log.record(List.of(later));
    log.settle(row -> true);
    assertThat(recorded()).isEqualTo(ids(List.of(answered, later)));
  }

  @Test
  void answersNobodyWhenTheDiskIsFull() throws IOException {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.isWritable(full));
    StoredPrediction row = ProductionRows.served();
    Files.createSymbolicLink(file(1), full);

    JournalLog log = start();

    assertThatThrownBy(() -> log.record(List.of(row)))
        .isInstanceOf(NotRecordedException.class)
        .hasStackTraceContaining("No space left on device");
    log.settle(waiting -> true);
    assertThat(recorded()).isEmpty();
  }

  @Test
  void losesAndDoublesNothingOfWhatManyRecordAtOnce() throws Exception {
    JournalLog log = start();
    List<StoredPrediction> rows = new ArrayList<>();
    List<Callable<Void>> calls = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      StoredPrediction row = ProductionRows.served();
      boolean sought = i % 10 == 0;
      rows.add(row);
      calls.add(
          () -> {
            log.record(List.of(row));
            if (sought) {
              log.settle(waiting -> waiting.id().equals(row.id()));
              assertThat(recorded()).contains(row.id());
            }
            return null;
          });
    }
    ExecutorService callers = Executors.newFixedThreadPool(16);
    try {
      for (Future<Void> call : callers.invokeAll(calls)) {
        call.get();
      }
    } finally {
      callers.shutdown();
    }

    log.close();

    assertThat(recorded()).isEqualTo(ids(rows));
  }

  private JournalLog start() throws IOException {
    JournalLog log =
        new JournalLog(
            ProductionDatabase.of(database),
            new PredictionJournal(file(1)),
            new PredictionJournal(file(2)));
    logs.add(log);
    return log;
  }

  private Path file(int number) {
    return folder.resolve("predictions-" + number);
  }

  private void append(int number, StoredPrediction... rows) throws IOException {
    try (PredictionJournal journal = new PredictionJournal(file(number))) {
      journal.append(PredictionJournal.line(List.of(rows)));
    }
  }

  private List<StoredPrediction> journaled() throws IOException {
    List<StoredPrediction> rows = new ArrayList<>();
    for (int number = 1; number <= 2; number++) {
      try (PredictionJournal journal = new PredictionJournal(file(number))) {
        rows.addAll(journal.read());
      }
    }
    return rows;
  }

  private Set<UUID> recorded() {
    return JdbcClient.create(database)
        .sql("SELECT id FROM mlops_prediction")
        .query(UUID.class)
        .set();
  }

  private static Set<UUID> ids(List<StoredPrediction> rows) {
    return rows.stream().map(StoredPrediction::id).collect(Collectors.toSet());
  }
}
