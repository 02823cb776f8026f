package org.bpmnmlops.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.bpmnmlops.TestDatabase;
import org.bpmnmlops.Troubles;
import org.bpmnmlops.artifact.Home;
import org.bpmnmlops.registry.ModelRegistry;
import org.bpmnmlops.registry.RegistryOnDisk;
import org.bpmnmlops.registry.TrainedRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.dao.DataAccessException;

/** Two nodes on one database; their clocks go when the test says so. */
class LiveModelsTest {

  private static final long SECOND = 1_000_000_000L;
  private static final String NAME = "advertising";

  @TempDir private Path folder;

  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - SECOND);
  private SwitchedDatabase database;
  private Home home;
  private ModelRegistry registry;
  private LiveModels one;
  private LiveModels other;

  @BeforeEach
  void start() {
    database = new SwitchedDatabase(TestDatabase.H2.create());
    home = new Home(folder, Path.of("data"));
    registry = RegistryOnDisk.of(home, database);
    one = new LiveModels(registry, now::get);
    other = new LiveModels(registry, now::get);
  }

  @Test
  void takeANewChampionOnEveryNodeWithinASecond() {
    registry.register(TrainedRun.of(home, NAME, 1).asked());
    registry.register(TrainedRun.of(home, NAME, 2).asked());
    assertThat(version(one)).isEqualTo(1);
    assertThat(version(other)).isEqualTo(1);

    registry.promote(NAME, 2, "test", "better");
    assertThat(version(one)).isEqualTo(1);
    now.addAndGet(SECOND);

    assertThat(version(one)).isEqualTo(2);
    assertThat(version(other)).isEqualTo(2);
  }

  @Test
  void askTheDatabaseOnceASecondHoweverManyAsk() {
    registry.register(TrainedRun.of(home, NAME, 1).asked());
    ServedModel first = one.find(NAME).orElseThrow();
    int before = database.connections();

    for (int i = 0; i < 1000; i++) {
      assertThat(one.find(NAME)).containsSame(first);
    }
    assertThat(database.connections()).isEqualTo(before);

    now.addAndGet(SECOND);
    assertThat(one.find(NAME)).containsSame(first);
    assertThat(database.connections()).isEqualTo(before + 1);
  }

  @Test
  void goOnWithTheChampionWhileTheDatabaseIsOutOfReach() {
    registry.register(TrainedRun.of(home, NAME, 1).asked());
    version(one);
    database.down(true);
    now.addAndGet(SECOND);

    assertThat(version(one)).isEqualTo(1);
    assertThatThrownBy(() -> other.find(NAME)).isInstanceOf(DataAccessException.class);
  }

  @Test
  void haveNoneBeforeTheFirstAndAfterTheLast() {
    assertThat(one.find(NAME)).isEmpty();
    Serving serving = new Serving(one, registry, null, null, new ServingSettings(NAME, 1), null);
    assertThatThrownBy(() -> serving.model(null))
        .isInstanceOf(NoModelException.class)
        .satisfies(
            e -> Troubles.assertTold("There is no model yet to predict with", e.getMessage()));

    TrainedRun run = TrainedRun.of(home, NAME, 1);
    registry.register(run.asked());
    assertThat(version(one)).isEqualTo(1);

    registry.withdraw(run.run(), true);
    now.addAndGet(SECOND);
    assertThat(one.find(NAME)).isEmpty();
  }

  private static int version(LiveModels models) {
    return models.find(NAME).orElseThrow().version().version();
  }
}
