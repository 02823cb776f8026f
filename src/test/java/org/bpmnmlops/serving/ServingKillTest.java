package org.bpmnmlops.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Kills a real server while clients predict and feed back: what was answered is in its database.
 */
class ServingKillTest {

  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final int CLIENTS = 8;
  private static final int ENOUGH = 400;
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path home;

  private final Set<UUID> predicted = ConcurrentHashMap.newKeySet();
  private final Set<UUID> fedBack = ConcurrentHashMap.newKeySet();
  private final AtomicInteger refused = new AtomicInteger();
  private Process server;

  @AfterEach
  void kill() throws InterruptedException {
    server.destroyForcibly().waitFor();
  }

  @Test
  void losesNothingThatWasAnswered() throws Exception {
    start();
    ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
    for (int i = 0; i < CLIENTS; i++) {
      int client = i;
      clients.execute(() -> predictAndFeedBackUntilTheServerIsGone(client));
    }
    await().atMost(PATIENCE).until(() -> alive() && fedBack.size() >= ENOUGH);

    kill();
    clients.shutdown();
    assertThat(clients.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(refused).hasValue(0);
    assertThat(ids("SELECT id FROM mlops_prediction"))
        .as("killed while predictions were in the journal alone")
        .matches(table -> !table.containsAll(predicted));

    start();
    kill();

    Set<UUID> recorded = ids("SELECT id FROM mlops_prediction");
    assertThat(recorded).containsAll(predicted);
    assertThat(recorded.size() - predicted.size()).isBetween(0, CLIENTS);
    assertThat(ids("SELECT prediction_id FROM mlops_outcome")).containsAll(fedBack);
  }

  private Set<UUID> ids(String query) {
    JdbcDataSource database = new JdbcDataSource();
    database.setURL("jdbc:h2:file:" + home.resolve("db").resolve("mlops"));
    database.setUser("sa");
    return JdbcClient.create(database).sql(query).query(UUID.class).set();
  }

  /** Every other client only predicts, so that there is always something in the journal. */
  private void predictAndFeedBackUntilTheServerIsGone(int client) {
    HttpClient http = HttpClient.newHttpClient();
    try {
      for (int i = 0; ; i++) {
        JsonNode answer =
            post(
                http,
                "predict",
                "{\"TV\": %d, \"radio\": %d, \"newspaper\": 10}".formatted(i % 300, client));
        if (answer == null) {
          continue;
        }
        UUID id = UUID.fromString(answer.get("predictionId").textValue());
        predicted.add(id);
        if (client % 2 == 0
            && post(http, "feedback", "{\"predictionId\": \"%s\", \"actual\": 1}".formatted(id))
                != null) {
          fedBack.add(id);
        }
      }
    } catch (IOException e) {
      // The connection broke: the server is gone.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private JsonNode post(HttpClient http, String path, String body)
      throws IOException, InterruptedException {
    String login = "admin:" + Files.readString(home.resolve("admin-password")).strip();
    HttpResponse<String> answer =
        http.send(
            HttpRequest.newBuilder(
                    URI.create(
                        "http://127.0.0.1:%s/api/v1/%s"
                            .formatted(Files.readString(home.resolve("port")), path)))
                .header(
                    "Authorization",
                    "Basic "
                        + Base64.getEncoder()
                            .encodeToString(login.getBytes(StandardCharsets.UTF_8)))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build(),
            BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      refused.incrementAndGet();
      return null;
    }
    return JSON.readTree(answer.body());
  }

  private void start() throws IOException {
    Files.deleteIfExists(home.resolve("port"));
    ProcessBuilder java =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx384m",
            "-XX:+UseSerialGC",
            "-Duser.timezone=UTC",
            "-Dmlops.home=" + home,
            "-Dmlops.data-dir=" + Path.of("data").toAbsolutePath(),
            "-Dmlops.first-run=false",
            "-Dserver.port=0",
            ServingProcess.class.getName());
    java.environment().put("CLASSPATH", classPath());
    server = java.redirectErrorStream(true).redirectOutput(home.resolve("log").toFile()).start();
    await().atMost(PATIENCE).until(() -> alive() && Files.exists(home.resolve("port")));
  }

  private boolean alive() throws IOException {
    assertThat(server.isAlive()).as(Files.readString(home.resolve("log"))).isTrue();
    return true;
  }

  /** Surefire hides the class path in a jar and names it in a property, some entries twice. */
  private static String classPath() {
    String path =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return Arrays.stream(path.split(File.pathSeparator))
        .map(entry -> Path.of(entry).normalize().toString())
        .distinct()
        .collect(Collectors.joining(File.pathSeparator));
  }
}
