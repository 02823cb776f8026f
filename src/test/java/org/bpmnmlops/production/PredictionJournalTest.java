package org.bpmnmlops.production;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PredictionJournalTest {

  private final StoredPrediction first = ProductionRows.served();
  private final StoredPrediction second = ProductionRows.served();
  private final StoredPrediction third = ProductionRows.served();

  @TempDir private Path folder;

  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("journal");
  }

  @Test
  void givesBackTheRowsOfEarlierProcesses() throws IOException {
    append(List.of(first, second));
    append(List.of(third));

    assertThat(read()).containsExactly(first, second, third);
  }

  @Test
  void forgetsWhatWasClearedAndGoesOn() throws IOException {
    try (PredictionJournal journal = new PredictionJournal(file)) {
      journal.append(PredictionJournal.line(List.of(first)));
      journal.clear();
      assertThat(journal.read()).isEmpty();
      journal.append(PredictionJournal.line(List.of(second)));
    }

    assertThat(read()).containsExactly(second);
  }

  @Test
  void leavesOutALastLineThatIsNotCompleteWhereverItWasCutOff() throws IOException {
    append(List.of(first));
    int complete = (int) Files.size(file);
    append(List.of(second, third));
    byte[] all = Files.readAllBytes(file);

    for (int length = 0; length < all.length; length++) {
      Files.write(file, Arrays.copyOf(all, length));
      assertThat(read())
          .as("%d bytes", length)
          .isEqualTo(length < complete ? List.of() : List.of(first));
    }
  }

  @Test
  void refusesAJournalOfAnotherVersionAndSaysWhatToDo() throws IOException {
    Files.writeString(file, "bpmn-mlops predictions 2\nwhatever\n");

    assertThatThrownBy(this::read)
        .isInstanceOf(UnusableJournalException.class)
        .hasMessageContaining(file + ", line 1 does not begin with 'bpmn-mlops predictions 1'")
        .extracting(e -> ((UnusableJournalException) e).advice())
        .asString()
        .contains("start and stop that one once");
  }

  @Test
  void namesTheLineThatIsDamaged() throws IOException {
    append(List.of(first));
    append(List.of(second));
    String text = Files.readString(file);
    Files.writeString(file, text.replaceFirst("advertising", "Advertising"));

    assertThatThrownBy(this::read)
        .isInstanceOf(UnusableJournalException.class)
        .hasMessageContaining(file + ", line 2 does not match its checksum");
  }

  @Test
  void refusesAFileItCannotWrite() throws IOException {
    Files.createDirectory(file);

    assertThatThrownBy(() -> new PredictionJournal(file))
        .isInstanceOf(UnusableJournalException.class)
        .hasMessageContaining("cannot be written")
        .hasMessageContaining(file.toString());
  }

  @Test
  void goesOnBehindTheLastCompleteLineOnceItIsReadAndCleared() throws IOException {
    append(List.of(first));
    Files.writeString(file, "0123", StandardCharsets.US_ASCII, StandardOpenOption.APPEND);

    try (PredictionJournal journal = new PredictionJournal(file)) {
      assertThat(journal.read()).containsExactly(first);
      journal.clear();
      journal.append(PredictionJournal.line(List.of(second)));
    }

    assertThat(read()).containsExactly(second);
  }

  private void append(List<StoredPrediction> rows) throws IOException {
    try (PredictionJournal journal = new PredictionJournal(file)) {
      journal.append(PredictionJournal.line(rows));
    }
  }

  private List<StoredPrediction> read() throws IOException {
    try (PredictionJournal journal = new PredictionJournal(file)) {
      return journal.read();
    }
  }
}
