package org.bpmnmlops.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.bpmnmlops.MlopsTest;
import org.bpmnmlops.Server;
import org.bpmnmlops.artifact.Home;
import org.bpmnmlops.data.NumericColumn;
import org.bpmnmlops.data.Table;
import org.bpmnmlops.production.ProductionData;
import org.bpmnmlops.production.Window;
import org.bpmnmlops.registry.DamagedModelException;
import org.bpmnmlops.registry.ModelRegistry;
import org.bpmnmlops.registry.TrainedRun;
import org.bpmnmlops.training.TrainedModel;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** A new champion comes while others ask. */
@MlopsTest
class ChampionSwapTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int CLIENTS = 16;
  private static final int VERSIONS = 6;

  @Autowired private Server server;
  @Autowired private ModelRegistry registry;
  @Autowired private ProductionData production;
  @Autowired private Home home;

  private final String name = "s-" + UUID.randomUUID();
  private final Map<Integer, TrainedModel> models = new ConcurrentHashMap<>();
  private final Set<Integer> seen = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean over = new AtomicBoolean();
  private final AtomicLong rows = new AtomicLong();
  private final AtomicLong outcomes = new AtomicLong();

  @Test
  void everyAnswerNamesItsVersionAndMatchesItThroughFiveSwaps() throws Exception {
    for (int version = 1; version <= VERSIONS; version++) {
      TrainedRun run = TrainedRun.of(home, name, version);
      registry.register(run.asked());
      models.put(version, run.model());
    }
    ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
    List<Future<?>> working = new ArrayList<>();
    try {
      for (int client = 0; client < CLIENTS; client++) {
        int seed = client;
        working.add(
            clients.submit(
                () -> {
                  predictAndFeedBack(seed);
                  return null;
                }));
      }
      awaitAnswerOf(1, working);
      for (int version = 2; version <= VERSIONS; version++) {
        registry.promote(name, version, "test", "swap");
        awaitAnswerOf(version, working);
      }
    } finally {
      over.set(true);
      clients.shutdown();
    }
    for (Future<?> client : working) {
      client.get();
    }

    assertThat(production.count(Window.of(name))).isEqualTo(rows.get());
    assertThat(production.count(Window.of(name).labelled())).isEqualTo(outcomes.get());
  }

  @Test
  void keepsTheChampionWhenTheFileOfTheNextIsDamaged() throws IOException {
    registry.register(TrainedRun.of(home, name, 1).asked());
    var second = registry.register(TrainedRun.of(home, name, 2).asked()).version();
    Path file = registry.file(second, "model.zip");
    byte[] right = Files.readAllBytes(file);
    assertThat(version()).isEqualTo(1);

    Files.write(file, Files.readAllBytes(Path.of("data", "advertising.csv")));
    org.assertj.core.api.Assertions.assertThatThrownBy(
            () -> registry.promote(name, 2, "test", "swap"))
        .isInstanceOf(DamagedModelException.class);
    assertThat(version()).isEqualTo(1);

    Files.write(file, right);
    registry.promote(name, 2, "test", "swap");
    Files.write(file, Files.readAllBytes(Path.of("data", "advertising.csv")));
    await().atMost(PATIENCE).until(() -> health().has("problem"));

    assertThat(version()).isEqualTo(1);
    assertThat(health().get("problem").textValue()).contains("SHA-256", second.modelHash());

    Files.write(file, right);
    await().atMost(PATIENCE).until(() -> version() == 2);
    assertThat(health().has("problem")).isFalse();
  }

  @Test
  void goesBackToTheChampionBefore() throws IOException {
    registry.register(TrainedRun.of(home, name, 1).asked());
    registry.register(TrainedRun.of(home, name, 2).asked());
    registry.promote(name, 2, "test", "swap");
    assertThat(version()).isEqualTo(2);

    registry.restore(name, 2, "test", "worse");

    await().atMost(PATIENCE).until(() -> version() == 1);
  }

  private void awaitAnswerOf(int version, List<Future<?>> working) {
    await()
        .atMost(PATIENCE)
        .until(() -> seen.contains(version) || working.stream().anyMatch(Future::isDone));
  }

  private void predictAndFeedBack(int seed) throws IOException {
    Server.Caller caller = server.admin();
    Random random = new Random(seed);
    while (!over.get()) {
      double[][] asked = new double[2][];
      for (int i = 0; i < asked.length; i++) {
        asked[i] = new double[] {random.nextInt(300), random.nextInt(50), random.nextInt(100)};
      }
      JsonNode answer =
          json(
              caller.post(
                  "/api/v1/predict?model=" + name,
                  "[%s, %s]".formatted(row(asked[0]), row(asked[1]))));
      rows.addAndGet(asked.length);
      int version = answer.get("version").intValue();
      for (int i = 0; i < asked.length; i++) {
        double[][] expected = models.get(version).probabilities(table(asked[i]));
        assertThat(answer.at("/predictions/%d/probabilities/1".formatted(i)).doubleValue())
            .as("version %d", version)
            .isEqualTo(expected[1][0]);
      }
      JsonNode fedBack =
          json(
              caller.post(
                  "/api/v1/feedback",
                  "{\"predictionId\": %s, \"actual\": 1}"
                      .formatted(answer.at("/predictions/0/predictionId"))));
      assertThat(fedBack.get("version").intValue()).isEqualTo(version);
      outcomes.incrementAndGet();
      seen.add(version);
    }
  }

  private int version() throws IOException {
    return json(server.admin().get("/api/v1/feature-names?model=" + name))
        .get("version")
        .intValue();
  }

  private JsonNode health() throws IOException {
    return json(server.admin().get("/api/v1/health?model=" + name));
  }

  private static String row(double[] values) {
    return "{\"TV\": %s, \"radio\": %s, \"newspaper\": %s}"
        .formatted(values[0], values[1], values[2]);
  }

  private static Table table(double[] values) {
    return new Table(
        "test",
        1,
        List.of(
            new NumericColumn("TV", new double[] {values[0]}),
            new NumericColumn("radio", new double[] {values[1]}),
            new NumericColumn("newspaper", new double[] {values[2]})));
  }

  private static JsonNode json(HttpResponse<String> answer) throws IOException {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JSON.readTree(answer.body());
  }
}
