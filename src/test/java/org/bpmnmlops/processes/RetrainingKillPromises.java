package org.bpmnmlops.processes;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * One retraining on a server that is killed again and again, at its steps and between them: in the
 * end it is as if nothing had happened. While a step stands still, feedback goes on.
 */
abstract class RetrainingKillPromises {

  /** Too few rows to decide upon, so that a person is asked too. */
  static final int LABELLED = 60;

  static final int OPEN = 80;

  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final ObjectMapper JSON = new ObjectMapper();

  /** In the middle of every step: its work is done and nothing of it committed. */
  static final List<String> IN_EVERY_STEP =
      List.of(
          "serviceTask_lookForApproval end",
          "serviceTask_admitRun end",
          "serviceTask_checkProductionData end",
          "serviceTask_detectDrift end",
          "businessRuleTask_decideRetraining end",
          "serviceTask_backUpModel end",
          "serviceTask_mergeData end",
          "serviceTask_preprocessData end",
          "serviceTask_separateData end",
          "serviceTask_buildModel end",
          "serviceTask_evaluateModel end",
          "serviceTask_recordCandidate end",
          "endEvent_candidateRecorded end",
          "serviceTask_pickWinner end",
          "serviceTask_compareWithChampion end",
          "serviceTask_registerModel end",
          "businessRuleTask_decidePromotion end",
          "userTask_approveModel end",
          "serviceTask_checkChampion end",
          "serviceTask_promoteModel end",
          "serviceTask_smokeTest end",
          "serviceTask_archiveProductionData end",
          "serviceTask_sendResult end",
          "serviceTask_reportResult end",
          "endEvent_modelPromoted end");

  /** Also before every step: the one before has just been committed. */
  static final List<String> EVERYWHERE =
      IN_EVERY_STEP.stream()
          .flatMap(stop -> Stream.of(stop.replace(" end", " start"), stop))
          .toList();

  @TempDir Path home;

  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
  private final List<UUID> merged = new ArrayList<>();
  private final List<UUID> afterwards = new ArrayList<>();
  private Process server;
  private Path log;

  /** Settings of the server. */
  abstract Map<String, String> database();

  /** The same database, once the server has ended. */
  abstract DataSource look();

  /** Where it is killed, in the order in which a run comes by. */
  abstract List<String> stops();

  static UUID openRow(long number) {
    return new UUID(99, number);
  }

  @AfterEach
  void kill() throws InterruptedException {
    server.destroyForcibly().waitFor();
  }

  @Test
  void endsAsIfNothingHadHappened() throws Exception {
    for (int i = 0; i < stops().size(); i++) {
      start(stops().get(i));
      await(() -> Files.exists(home.resolve("stopped")));
      feedBack(i);
      kill();
    }
    start("nowhere");
    await(this::hasEnded);
    server.destroy();
    server.waitFor();

    JdbcClient jdbc = JdbcClient.create(look());
    String run =
        jdbc.sql("SELECT id FROM mlops_run WHERE pipeline = 'model-retraining'")
            .query(String.class)
            .single();
    assertOneOutcome(jdbc, run);
    assertEveryStepOnce(jdbc, run);
    assertRowsNeitherLostNorDoubled(jdbc, run);
  }

  private void assertOneOutcome(JdbcClient jdbc, String run) throws IOException {
    assertThat(
            jdbc.sql("SELECT outcome FROM mlops_run WHERE id = :run")
                .param("run", run)
                .query(String.class)
                .single())
        .isEqualTo("success");
    assertThat(
            jdbc.sql("SELECT version FROM mlops_model_version ORDER BY version")
                .query(Integer.class)
                .list())
        .containsExactly(1, 2);
    assertThat(
            jdbc.sql(
                    "SELECT version FROM mlops_model_promotion WHERE undone_at IS NULL ORDER BY id")
                .query(Integer.class)
                .list())
        .containsExactly(1, 2);
    assertThat(
            jdbc.sql("SELECT algorithm FROM mlops_candidate WHERE failure IS NULL ORDER BY 1")
                .query(String.class)
                .list())
        .containsExactly("logistic-regression", "random-forest");
    assertThat(jdbc.sql("SELECT run FROM mlops_retraining").query(String.class).list())
        .containsExactly(run);
    assertThat(
            jdbc.sql("SELECT status FROM mlops_status WHERE dag_id = 'model-retraining'")
                .query(String.class)
                .list())
        .containsExactly("success");
    assertThat(files("outbox"))
        .singleElement()
        .satisfies(mail -> assertThat(mail).content().contains("advertising v2 is live"));
    assertThat(files("models/advertising"))
        .extracting(Path::toString)
        .allMatch(path -> path.endsWith("v1") || path.endsWith("v2"));
  }

  private static void assertEveryStepOnce(JdbcClient jdbc, String run) {
    assertThat(
            jdbc.sql(
                    """
                    SELECT ACT_ID_ FROM ACT_HI_ACTINST
                    WHERE ROOT_PROC_INST_ID_ = :run AND PROC_DEF_KEY_ = 'model-retraining'
                        AND ACT_TYPE_ IN ('serviceTask', 'businessRuleTask', 'userTask')
                    ORDER BY SEQUENCE_COUNTER_
                    """)
                .param("run", run)
                .query(String.class)
                .list())
        .containsExactly(
            "serviceTask_lookForApproval",
            "serviceTask_admitRun",
            "serviceTask_checkProductionData",
            "serviceTask_detectDrift",
            "businessRuleTask_decideRetraining",
            "serviceTask_backUpModel",
            "serviceTask_mergeData",
            "serviceTask_pickWinner",
            "serviceTask_compareWithChampion",
            "serviceTask_registerModel",
            "businessRuleTask_decidePromotion",
            "userTask_approveModel",
            "serviceTask_checkChampion",
            "serviceTask_promoteModel",
            "serviceTask_smokeTest",
            "serviceTask_archiveProductionData",
            "serviceTask_sendResult",
            "serviceTask_reportResult");
    assertThat(
            jdbc.sql(
                    """
                    SELECT ACT_ID_ FROM ACT_HI_ACTINST
                    WHERE PROC_DEF_KEY_ = 'candidate-training' AND ACT_TYPE_ = 'serviceTask'
                    ORDER BY 1
                    """)
                .query(String.class)
                .list())
        .containsExactly(
            "serviceTask_buildModel",
            "serviceTask_buildModel",
            "serviceTask_evaluateModel",
            "serviceTask_evaluateModel",
            "serviceTask_preprocessData",
            "serviceTask_preprocessData",
            "serviceTask_recordCandidate",
            "serviceTask_recordCandidate",
            "serviceTask_separateData",
            "serviceTask_separateData");
    assertThat(jdbc.sql("SELECT COUNT(*) FROM ACT_HI_INCIDENT").query(Long.class).single())
        .isZero();
  }

  private void assertRowsNeitherLostNorDoubled(JdbcClient jdbc, String run) throws IOException {
    assertThat(jdbc.sql("SELECT COUNT(*) FROM mlops_prediction").query(Integer.class).single())
        .isEqualTo(LABELLED + OPEN);
    assertThat(jdbc.sql("SELECT COUNT(*) FROM mlops_outcome").query(Integer.class).single())
        .isEqualTo(LABELLED + merged.size() + afterwards.size());
    assertThat(
            jdbc.sql("SELECT prediction_id FROM mlops_outcome WHERE archived_by = :run")
                .param("run", run)
                .query(UUID.class)
                .list())
        .hasSize(LABELLED + merged.size())
        .containsAll(merged);
    assertThat(
            jdbc.sql("SELECT prediction_id FROM mlops_outcome WHERE archived_by IS NULL")
                .query(UUID.class)
                .list())
        .containsExactlyInAnyOrderElementsOf(afterwards);
    assertThat(files("production"))
        .singleElement()
        .satisfies(
            export -> assertThat(export).content().hasLineCount(1 + LABELLED + merged.size()));
  }

  private List<Path> files(String folder) throws IOException {
    try (Stream<Path> files = Files.list(home.resolve(folder))) {
      return files.toList();
    }
  }

  /** An outcome must be taken wherever the run stands still. */
  private void feedBack(int stop) throws IOException, InterruptedException {
    UUID prediction = openRow(stop);
    HttpResponse<String> answer =
        http.send(
            request("/api/v1/feedback")
                .timeout(Duration.ofSeconds(20))
                .POST(
                    BodyPublishers.ofString(
                        "{\"predictionId\": \"%s\", \"actual\": 1}".formatted(prediction)))
                .build(),
            BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    int mergedAt = stops().lastIndexOf("serviceTask_mergeData end");
    (stop <= mergedAt ? merged : afterwards).add(prediction);
  }

  /** Approves where the run asks for it. */
  private void await(Callable<Boolean> condition) {
    AtomicBoolean approved = new AtomicBoolean();
    Awaitility.await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(100))
        .until(
            () -> {
              if (!isUp()) {
                return false;
              }
              if (condition.call()) {
                return true;
              }
              if (!approved.get()) {
                approved.set(approve());
              }
              return false;
            });
  }

  private boolean hasEnded() throws IOException, InterruptedException {
    return get("/engine-rest/history/process-instance/count?finished=true"
                + "&processDefinitionKey=model-retraining")
            .get("count")
            .intValue()
        == 1;
  }

  private boolean isUp() throws IOException {
    assertThat(server.isAlive()).as(() -> "The server ended: " + log()).isTrue();
    return Files.exists(home.resolve("port"));
  }

  /** Without waiting for the answer: the server may stand still before it gives one. */
  private boolean approve() throws IOException, InterruptedException {
    JsonNode tasks = get("/engine-rest/task?processDefinitionKey=model-retraining");
    for (JsonNode task : tasks) {
      http.sendAsync(
          request("/engine-rest/task/" + task.get("id").textValue() + "/complete")
              .POST(
                  BodyPublishers.ofString(
                      """
                      {"variables": {"approved": {"value": true, "type": "Boolean"},
                                     "approvalReason": {"value": "fine", "type": "String"}}}
                      """))
              .build(),
          BodyHandlers.ofString());
    }
    return !tasks.isEmpty();
  }

  private JsonNode get(String path) throws IOException, InterruptedException {
    HttpResponse<String> answer = http.send(request(path).GET().build(), BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JSON.readTree(answer.body());
  }

  private HttpRequest.Builder request(String path) throws IOException {
    String login = "admin:" + Files.readString(home.resolve("admin-password")).strip();
    return HttpRequest.newBuilder(
            URI.create("http://127.0.0.1:" + Files.readString(home.resolve("port")) + path))
        .header(
            "Authorization",
            "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8)))
        .header("Content-Type", "application/json");
  }

  private void start(String stop) throws IOException {
    Files.deleteIfExists(home.resolve("stopped"));
    Files.deleteIfExists(home.resolve("port"));
    log = home.resolve("log");
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx384m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Duser.timezone=UTC",
                "-Dmlops.home=" + home,
                "-Dmlops.data-dir=" + home.resolve("data"),
                "-Dmlops.first-run=false",
                "-Dcamunda.bpm.webapp.enabled=false",
                "-Dserver.port=0",
                "-Dstop=" + stop));
    database().forEach((name, value) -> command.add("-D" + name + "=" + value));
    command.add(StoppingServer.class.getName());
    ProcessBuilder java = new ProcessBuilder(command);
    java.environment().put("CLASSPATH", classPath());
    server =
        java.redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
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

  private String log() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      return e.toString();
    }
  }
}
