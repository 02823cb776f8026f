package org.bpmnmlops.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
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
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.StreamSupport;
import org.bpmnmlops.MlopsApplication;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Real servers, started together on one new PostgreSQL and one home. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("kill")
class TwoServersTest {

  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final String PIPELINE = "advertising-pipeline";

  @TempDir private static Path home;

  private final ObjectMapper json = new ObjectMapper();
  private final HttpClient client = HttpClient.newHttpClient();
  private EmbeddedPostgres postgres;
  private JdbcClient jdbc;
  private Server first;
  private Server second;

  /** A server and where it listens. */
  private record Server(String name, Process process, int port, Path log) {}

  @BeforeAll
  void startBoth() throws IOException {
    postgres = EmbeddedPostgres.start();
    jdbc = JdbcClient.create(postgres.getPostgresDatabase());
    first = start("first");
    second = start("second");
    awaitAnswer(first);
    awaitAnswer(second);
  }

  @AfterAll
  void stopBoth() throws IOException, InterruptedException {
    for (Server server : List.of(first, second)) {
      server.process().destroyForcibly().waitFor();
    }
    postgres.close();
  }

  @Test
  void doEveryRunOnceAndTellOfItAlike() throws IOException {
    List<String> runs = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      runs.add(trigger(first, "{}"));
      runs.add(trigger(second, "{}"));
    }
    runs.forEach(run -> awaitEnd(second, run));

    for (String run : runs) {
      assertThat(get(first, "/api/v1/runs/" + run).at("/run/status").asText()).isEqualTo("success");
      assertThat(
              get(first, "/engine-rest/history/activity-instance?processInstanceId=" + run)
                  .findValuesAsText("activityId"))
          .doesNotHaveDuplicates()
          .contains("serviceTask_buildModel", "endEvent_modelReady");
      for (String page :
          List.of(
              "", "/steps", "/log", "/log?step=buildModel", "/files", "/files/evaluation.json")) {
        String path = "/api/v1/runs/" + run + page;
        assertThat(ask(first, path).statusCode()).as(path).isEqualTo(200);
        assertThat(ask(first, path).body()).as(path).isEqualTo(ask(second, path).body());
      }
      assertThat(get(second, "/api/v1/runs/" + run + "/log?step=buildModel").toString())
          .containsOnlyOnce("Trained logistic-regression");
    }
    assertThat(ask(first, "/camunda/app/cockpit/default/").statusCode()).isEqualTo(200);
    assertThat(ask(second, "/camunda/app/cockpit/default/").statusCode()).isEqualTo(200);
  }

  @Test
  void knowOfEachOthersPauses() throws IOException {
    post(first, "/api/v1/pipelines/model-monitoring/pause", "{}");

    assertThat(get(second, "/api/v1/pipelines/model-monitoring").at("/pipeline/paused").asBoolean())
        .isTrue();
    assertThat(post(second, "/api/v1/pipelines/model-monitoring/start", "{}").statusCode())
        .isEqualTo(409);
    post(second, "/api/v1/pipelines/model-monitoring/resume", "{}");
    assertThat(get(first, "/api/v1/pipelines/model-monitoring").at("/pipeline/paused").asBoolean())
        .isFalse();
  }

  @Test
  void answerWithTheModelThatIsLiveWhicheverPutItThere() throws IOException {
    for (String seed : List.of("1", "2")) {
      awaitEnd(
          first,
          trigger(
              first,
              "{\"parameters\": {\"modelName\": \"shared\", \"seed\": %s}}".formatted(seed)));
    }
    assertThat(predicting(first)).isEqualTo(1);
    assertThat(predicting(second)).isEqualTo(1);

    String promotion =
        start(
            second,
            "model-rollback",
            "{\"parameters\": {\"modelName\": \"shared\", \"toVersion\": 2}}");
    awaitEnd(second, promotion);

    await().atMost(PATIENCE).until(() -> predicting(first) == 2);
    await().atMost(PATIENCE).until(() -> predicting(second) == 2);
  }

  @Test
  void leaveNoDayOfABackfillUndoneWhenOneIsKilled() throws IOException, InterruptedException {
    Server doomed = start("doomed");
    awaitAnswer(doomed);
    String backfill =
        json.readTree(
                post(
                        doomed,
                        "/api/v1/backfills",
                        "{\"pipeline\": \"%s\", \"from\": \"2025-03-01\", \"to\": \"2025-03-12\", \"parallel\": 4}"
                            .formatted(PIPELINE))
                    .body())
            .get("id")
            .asText();
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                jdbc.sql("SELECT COUNT(*) FROM ACT_RU_JOB WHERE LOCK_OWNER_ = 'doomed'")
                        .query(Long.class)
                        .single()
                    > 0);

    doomed.process().destroyForcibly().waitFor();

    await()
        .atMost(PATIENCE)
        .until(
            () ->
                get(second, "/api/v1/backfills/" + backfill).get("state").asText().equals("ended"));
    JsonNode over = get(first, "/api/v1/backfills/" + backfill);
    assertThat(over.at("/counts/success").asInt()).as(over.toString()).isEqualTo(12);
    List<String> days =
        jdbc.sql("SELECT logical_date FROM mlops_run WHERE logical_date LIKE '2025-03-%'")
            .query(String.class)
            .list();
    assertThat(days).hasSize(12).doesNotHaveDuplicates();
    StreamSupport.stream(over.get("dates").spliterator(), false)
        .map(day -> day.get("run").asText())
        .forEach(
            run ->
                assertThat(ask(first, "/api/v1/runs/" + run + "/log").body())
                    .contains("Trained logistic-regression"));
  }

  private Server start(String name) throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    Path log = home.resolve(name + ".log");
    ProcessBuilder java =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx384m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Dserver.port=" + port,
            MlopsApplication.class.getName());
    java.environment().put("CLASSPATH", KillTest.classPath());
    java.environment().put("MLOPS_HOME", home.toString());
    java.environment().put("MLOPS_NODE", name);
    java.environment().put("MLOPS_FIRST_RUN", "false");
    java.environment().put("MLOPS_DB_URL", postgres.getJdbcUrl("postgres", "postgres"));
    java.environment().put("MLOPS_DB_USER", "postgres");
    Process process = java.redirectErrorStream(true).redirectOutput(log.toFile()).start();
    return new Server(name, process, port, log);
  }

  private void awaitAnswer(Server server) {
    await()
        .atMost(PATIENCE)
        .ignoreExceptionsInstanceOf(UncheckedIOException.class)
        .until(
            () -> {
              if (!server.process().isAlive()) {
                throw new AssertionError(
                    server.name() + " ended: " + Files.readString(server.log()));
              }
              return ask(server, "/api/v1/pipelines").statusCode() == 200;
            });
  }

  private String trigger(Server server, String body) throws IOException {
    return start(server, PIPELINE, body);
  }

  private String start(Server server, String pipeline, String body) throws IOException {
    return json.readTree(post(server, "/api/v1/pipelines/" + pipeline + "/start", body).body())
        .get("run")
        .asText();
  }

  private void awaitEnd(Server server, String run) {
    await()
        .atMost(PATIENCE)
        .until(() -> get(server, "/api/v1/runs/" + run).at("/run/state").asText().equals("ended"));
  }

  private int predicting(Server server) throws IOException {
    return json.readTree(
            post(
                    server,
                    "/api/v1/predict?model=shared",
                    "{\"features\": {\"TV\": 1, \"radio\": 2, \"newspaper\": 3}}")
                .body())
        .get("version")
        .asInt();
  }

  private JsonNode get(Server server, String path) throws IOException {
    return json.readTree(ask(server, path).body());
  }

  private HttpResponse<String> ask(Server server, String path) {
    return send(request(server, path).GET());
  }

  private HttpResponse<String> post(Server server, String path, String body) {
    return send(
        request(server, path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body)));
  }

  private HttpRequest.Builder request(Server server, String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
        .header("Authorization", "Basic " + login());
  }

  private String login() {
    try {
      String password = Files.readString(home.resolve("admin-password")).strip();
      return Base64.getEncoder()
          .encodeToString(("admin:" + password).getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return client.send(request.timeout(Duration.ofSeconds(60)).build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
