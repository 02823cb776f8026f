package org.bpmnmlops.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.bpmnmlops.TestDatabase;
import org.bpmnmlops.artifact.Artifacts;
import org.bpmnmlops.artifact.Home;
import org.bpmnmlops.process.InvalidParameterException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What the registry promises on every database. */
abstract class ModelRegistryPromises {

  private static final String NAME = "advertising";
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

  @TempDir private Path folder;

  private Home home;
  private JdbcClient jdbc;
  private TransactionTemplate transaction;
  private ModelRegistry registry;
  private ModelHistory history;
  private ModelCleanUp cleanUp;

  private final TestDatabase kind;

  ModelRegistryPromises(TestDatabase kind) {
    this.kind = kind;
  }

  @BeforeEach
  void create() {
    DataSource database = kind.create();
    jdbc = JdbcClient.create(database);
    transaction = new TransactionTemplate(new DataSourceTransactionManager(database));
    home = new Home(folder, Path.of("data"));
    Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    history = new ModelHistory(jdbc, clock);
    registry = RegistryOnDisk.of(home, jdbc, clock);
    cleanUp =
        new ModelCleanUp(
            registry,
            new ModelFolders(home, new Artifacts(home)),
            new RegistrySettings(2),
            transaction,
            Clock.fixed(NOW.plus(Duration.ofDays(36_500)), ZoneOffset.UTC));
  }

  @Test
  void makesTheFirstModelChampionAndLaterOnesChallenger() {
    var first = register(TrainedRun.of(home, NAME, 1));
    var second = register(TrainedRun.of(home, NAME, 2));
    var third = register(TrainedRun.of(home, NAME, 3));

    assertThat(first.alias()).contains(Alias.CHAMPION);
    assertThat(second.alias()).contains(Alias.CHALLENGER);
    assertThat(third.alias()).contains(Alias.CHALLENGER);
    assertThat(registry.aliases(NAME))
        .extracting(ModelAlias::alias, ModelAlias::version)
        .containsExactly(tuple(Alias.CHAMPION, 1), tuple(Alias.CHALLENGER, 3));
    assertThat(registry.versions(NAME, 0, 2))
        .extracting(ModelVersion::version)
        .containsExactly(3, 2);
    assertThat(registry.versions(NAME, 1, 2)).containsExactly(first.version());
    assertThat(registry.names()).containsExactly(NAME);
  }

  @Test
  void keepsEverythingAVersionNeedsWhenItsRunIsGone() throws IOException {
    TrainedRun run = TrainedRun.of(home, NAME, 1);
    var version = register(run).version();
    try (var files = Files.list(home.runs().resolve(run.run()))) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }

    assertThat(registry.load(version).weights()).isEqualTo(run.model().weights());
    assertThat(registry.rows(version).testRows()).containsExactly(run.rows().data().testRows());
    assertThat(registry.file(version, "evaluation.json")).exists();
    assertThat(version.accuracy()).isBetween(0.75, 1.0);
    assertThat(version.algorithm()).isEqualTo("logistic-regression");
  }

  @Test
  void registersARunOnceHoweverOftenItAsks() {
    TrainedRun run = TrainedRun.of(home, NAME, 1);
    var first = register(run);
    var again = register(run);

    assertThat(again.version()).isEqualTo(first.version());
    assertThat(again.isNew()).isFalse();
    assertThat(registry.versions(NAME, 0, 10)).hasSize(1);
  }

  @Test
  void registersNothingNewForTheSameDataParametersAndSeed() {
    var first = register(TrainedRun.of(home, NAME, 1));
    var same = register(TrainedRun.of(home, NAME, 1));

    assertThat(same.version()).isEqualTo(first.version());
    assertThat(same.isNew()).isFalse();
    assertThat(same.alias()).contains(Alias.CHAMPION);
  }

  @Test
  void ofSixteenRunsAtOnceOneBecomesChampionAndEachGetsItsNumber() throws Exception {
    List<TrainedRun> runs =
        IntStream.range(0, 16).mapToObj(seed -> TrainedRun.of(home, NAME, seed)).toList();
    ExecutorService threads = Executors.newFixedThreadPool(16);
    try {
      List<Callable<ModelRegistry.Registered>> calls =
          runs.stream()
              .map(run -> (Callable<ModelRegistry.Registered>) () -> register(run))
              .toList();
      for (Future<ModelRegistry.Registered> call : threads.invokeAll(calls)) {
        assertThat(call.get().isNew()).isTrue();
      }
    } finally {
      threads.shutdown();
    }

    assertThat(registry.versions(NAME, 0, 20))
        .extracting(ModelVersion::version)
        .containsExactlyElementsOf(IntStream.rangeClosed(1, 16).map(i -> 17 - i).boxed().toList());
    assertThat(registry.aliases(NAME))
        .extracting(ModelAlias::alias, ModelAlias::version)
        .containsExactly(tuple(Alias.CHAMPION, 1), tuple(Alias.CHALLENGER, 16));
  }

  @Test
  void leavesNothingOfARegistrationThatIsRolledBackAndGivesItsNumberAgain() {
    TrainedRun cutOff = TrainedRun.of(home, NAME, 1);
    transaction.executeWithoutResult(
        status -> {
          registry.register(cutOff.asked());
          status.setRollbackOnly();
        });
    assertThat(registry.find(NAME, 1)).isEmpty();

    TrainedRun next = TrainedRun.of(home, NAME, 2);
    var version = register(next).version();

    assertThat(version.version()).isEqualTo(1);
    assertThat(registry.load(version).weights()).isEqualTo(next.model().weights());
  }

  @Test
  void withdrawsTheVersionOfARunThatFailedAndNeverGivesItsNumberAgain() {
    var kept = register(TrainedRun.of(home, NAME, 1)).version();
    TrainedRun failed = TrainedRun.of(home, NAME, 2);
    register(failed);
    promote(2, "table says so");

    withdraw(failed.run());

    assertThat(registry.find(NAME, 2)).isEmpty();
    assertThat(registry.aliases(NAME))
        .singleElement()
        .satisfies(alias -> assertThat(alias.alias()).isEqualTo(Alias.CHAMPION))
        .satisfies(alias -> assertThat(alias.version()).isEqualTo(kept.version()));
    assertThat(register(TrainedRun.of(home, NAME, 3)).version().version()).isEqualTo(3);
  }

  @Test
  void keepsTheVersionOfARunThatFailedWhereSomebodyElseMadeItChampion() {
    register(TrainedRun.of(home, NAME, 1));
    TrainedRun failed = TrainedRun.of(home, NAME, 2);
    register(failed);
    promote(2, "complaints since Monday");

    transaction.executeWithoutResult(status -> registry.withdraw(failed.run(), false));

    assertThat(registry.find(NAME, Alias.CHAMPION)).map(ModelVersion::version).contains(2);
  }

  @Test
  void letsTheOldestVersionLeftLeadWhenTheFirstIsWithdrawn() {
    TrainedRun failed = TrainedRun.of(home, NAME, 1);
    register(failed);
    register(TrainedRun.of(home, NAME, 2));

    withdraw(failed.run());

    assertThat(registry.find(NAME, Alias.CHAMPION)).map(ModelVersion::version).contains(2);
  }

  @Test
  void keepsAVersionThatAnotherRunStandsBehind() {
    TrainedRun first = TrainedRun.of(home, NAME, 1);
    TrainedRun same = TrainedRun.of(home, NAME, 1);
    register(first);
    register(same);

    withdraw(first.run());
    assertThat(registry.find(NAME, 1)).isPresent();
    withdraw(same.run());
    assertThat(registry.find(NAME, 1)).isEmpty();
    assertThat(registry.aliases(NAME)).isEmpty();
    withdraw(same.run());
  }

  @Test
  void promotesAndRestoresAsOftenAsAsked() {
    register(TrainedRun.of(home, NAME, 1));
    register(TrainedRun.of(home, NAME, 2));
    register(TrainedRun.of(home, NAME, 3));
    long before = registry.changes(NAME);

    promote(2, "better");
    promote(2, "again");
    assertThat(registry.aliases(NAME))
        .extracting(ModelAlias::alias, ModelAlias::version, ModelAlias::reason)
        .containsExactly(
            tuple(Alias.CHAMPION, 2, "better"),
            tuple(Alias.CHALLENGER, 3, "the newest version"),
            tuple(Alias.PREVIOUS, 1, "the first model of this name"));
    promote(3, "better still");
    assertThat(restore(3)).isTrue();
    assertThat(restore(3)).isFalse();
    assertThat(restore(2)).isTrue();

    assertThat(registry.aliases(NAME))
        .extracting(ModelAlias::alias, ModelAlias::version, ModelAlias::reason)
        .containsExactly(tuple(Alias.CHAMPION, 1, "worse after all"));
    assertThat(registry.changes(NAME)).isEqualTo(before + 4);
  }

  @Test
  void goesBackToAnotherVersionAlsoWhereTheOneBetweenWasWithdrawn() {
    register(TrainedRun.of(home, NAME, 1));
    register(TrainedRun.of(home, NAME, 2));
    TrainedRun third = TrainedRun.of(home, NAME, 3);
    register(third);
    promote(2, "better");
    promote(3, "better still");
    promote(2, "complaints about v3");
    withdraw(third.run());

    assertThat(registry.aliases(NAME))
        .extracting(ModelAlias::alias, ModelAlias::version)
        .containsExactly(tuple(Alias.CHAMPION, 2), tuple(Alias.PREVIOUS, 1));
    assertThat(restore(2)).isTrue();
    assertThat(registry.find(NAME, Alias.CHAMPION)).map(ModelVersion::version).contains(1);
  }

  @Test
  void promotesInPlaceOfTheVersionThatWasComparedAlone() {
    register(TrainedRun.of(home, NAME, 1));
    register(TrainedRun.of(home, NAME, 2));
    register(TrainedRun.of(home, NAME, 3));
    promote(3, "by hand");

    transaction.executeWithoutResult(
        status ->
            assertThatThrownBy(() -> registry.replace(NAME, 1, 2, "run-7", "better than v1"))
                .isInstanceOf(ChampionChangedException.class)
                .hasMessageContaining("advertising v1 is no longer live; v3 is"));
    assertThat(registry.find(NAME, Alias.CHAMPION)).map(ModelVersion::version).contains(3);

    transaction.executeWithoutResult(
        status -> assertThat(registry.replace(NAME, 3, 2, "run-7", "better than v3")).isTrue());
    assertThat(registry.find(NAME, Alias.CHAMPION)).map(ModelVersion::version).contains(2);
  }

  @Test
  void refusesToPromoteWhatIsNotThere() {
    register(TrainedRun.of(home, NAME, 1));

    assertThatThrownBy(() -> promote(7, "?"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("advertising")
        .hasMessageContaining("no version 7")
        .hasMessageContaining("[1]");
  }

  @Test
  void refusesADamagedModelAtRegistrationAndAtLoading() throws IOException {
    TrainedRun run = TrainedRun.of(home, NAME, 1);
    var version = register(run).version();
    Path file = registry.file(version, "model.zip");
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);

    assertThatThrownBy(() -> registry.load(version))
        .isInstanceOf(DamagedModelException.class)
        .hasMessageContaining("v1")
        .hasMessageContaining(version.modelHash());

    TrainedRun other = TrainedRun.of(home, NAME, 2);
    Files.writeString(home.home().resolve(other.asked().model()), "another file");
    assertThatThrownBy(() -> register(other)).isInstanceOf(DamagedModelException.class);
    assertThat(registry.versions(NAME, 0, 10)).containsExactly(version);
  }

  @Test
  void cleansUpWhatIsOldAndHasNoAlias() {
    TrainedRun goingOn = TrainedRun.of(home, NAME, 2);
    register(TrainedRun.of(home, NAME, 1));
    register(goingOn);
    register(TrainedRun.of(home, NAME, 3));
    TrainedRun withdrawn = TrainedRun.of(home, NAME, 4);
    register(withdrawn);
    withdraw(withdrawn.run());
    register(TrainedRun.of(home, NAME, 5));
    register(TrainedRun.of(home, NAME, 6));
    run(goingOn.run(), "active");

    cleanUp.cleanUp();

    assertThat(registry.versions(NAME, 0, 10))
        .extracting(ModelVersion::version)
        .containsExactly(6, 5, 2, 1);
    for (int version : List.of(1, 2, 5, 6)) {
      assertThat(home.models().resolve(NAME).resolve("v" + version)).exists();
    }
    assertThat(home.models().resolve(NAME).resolve("v3")).doesNotExist();
    assertThat(home.models().resolve(NAME).resolve("v4")).doesNotExist();
    assertThat(registry.aliases(NAME)).extracting(ModelAlias::version).containsExactly(1, 6);
  }

  @Test
  void writesACardThatTellsEverythingThatIsKnown() throws IOException {
    var version = register(TrainedRun.of(home, NAME, 1)).version();

    JsonNode card = new ObjectMapper().readTree(registry.file(version, "card.json").toFile());

    assertThat(card.at("/version/name").textValue()).isEqualTo(NAME);
    assertThat(card.at("/aliases/0").textValue()).isEqualTo("champion");
    assertThat(card.at("/data/dataset").textValue()).isEqualTo("advertising.csv");
    assertThat(card.at("/data/dataHash").textValue()).isEqualTo(version.dataHash());
    assertThat(card.at("/separation/trainRows").intValue()).isEqualTo(160);
    assertThat(card.at("/settings/seed").longValue()).isEqualTo(1);
    assertThat(card.at("/evaluation/accuracyLow").doubleValue()).isBetween(0.5, 1.0);
    assertThat(card.at("/evaluation/weights")).isNotEmpty();
    assertThat(card.at("/promotions/0/reason").textValue())
        .isEqualTo("the first model of this name");
    assertThat(card.at("/process").textValue()).isEqualTo("advertising-pipeline:1:1");
    assertThat(Files.readString(registry.file(version, "card.html")))
        .contains("advertising", "accuracy on 40 held-out rows", "newspaper", version.run());
  }

  @Test
  void addsToTheCardWhatHappensLater() {
    var version = register(TrainedRun.of(home, NAME, 1)).version();
    register(TrainedRun.of(home, NAME, 2));
    promote(2, "row 3 of promotion-decision");
    restore(2);
    history.note(NAME, 2, "Drift at training time", "share 0.25", "run-7");

    ModelCard card = registry.card(registry.find(NAME, 2).orElseThrow());

    assertThat(card.promotions())
        .singleElement()
        .returns("row 3 of promotion-decision", ModelHistory.Promotion::reason)
        .returns("run-7", ModelHistory.Promotion::by)
        .returns("worse after all", ModelHistory.Promotion::undoneReason);
    assertThat(card.notes())
        .containsExactly(
            new ModelHistory.Note("Drift at training time", "share 0.25", NOW, "run-7"));
    assertThat(card.aliases()).isEmpty();
    assertThat(registry.card(version).notes()).isEmpty();
  }

  @Test
  void refusesNamesThatLeadOutOfTheFolder() {
    TrainedRun run = TrainedRun.of(home, NAME, 1);
    var version = register(run).version();

    assertThatThrownBy(() -> TrainedRun.of(home, "../evil", 1))
        .isInstanceOf(InvalidParameterException.class)
        .hasMessageContaining("modelName");
    assertThatThrownBy(() -> registry.file(version, "../v2/model.zip"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private void run(String id, String state) {
    jdbc.sql(
            """
            INSERT INTO mlops_run (id, pipeline, process_version, business_key, logical_date,
              priority, max_active, state, waiting, started_at)
            VALUES (:id, 'advertising-pipeline', 1, 'key', '2026-11-22', 0, 16, :state, FALSE,
              CURRENT_TIMESTAMP)
            """)
        .param("id", id)
        .param("state", state)
        .update();
  }

  private ModelRegistry.Registered register(TrainedRun run) {
    return transaction.execute(status -> registry.register(run.asked()));
  }

  private void withdraw(String run) {
    transaction.executeWithoutResult(status -> registry.withdraw(run, true));
  }

  private void promote(int version, String reason) {
    transaction.executeWithoutResult(status -> registry.promote(NAME, version, "run-7", reason));
  }

  private boolean restore(int version) {
    return transaction.execute(
        status -> registry.restore(NAME, version, "operator", "worse after all"));
  }

  private static org.assertj.core.groups.Tuple tuple(Object... values) {
    return org.assertj.core.groups.Tuple.tuple(values);
  }
}
