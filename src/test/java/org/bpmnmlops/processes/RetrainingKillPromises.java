package org.bpmnmlops.processes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
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
          "serviceTask_sendRequest end",
          "userTask_approveModel end",
          "serviceTask_promoteModel end",
          "serviceTask_smokeTest end",
          "serviceTask_archiveProductionData end",
          "serviceTask_sendResult end",
          "serviceTask_reportResult end",
          "endEvent_modelPromoted end");

  /**
   * Also before every step: the one before has just been committed. Only the task for a person is
   * reached in one transaction with the decision to ask.
   */
  static final List<String> EVERYWHERE =
      IN_EVERY_STEP.stream()
          .flatMap(stop -> Stream.of(stop.replace(" end", " start"), stop))
          .filter(stop -> !stop.equals("userTask_approveModel start"))
          .toList();

  @TempDir Path home;

  private final List<UUID> merged = new ArrayList<>();
  private final List<UUID> afterwards = new ArrayList<>();
  private KilledServer server;

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
    server.kill();
  }

  @Test
  void endsAsIfNothingHadHappened() throws Exception {
    server = new KilledServer(home, "retraining", database());
    for (int i = 0; i < stops().size(); i++) {
      server.start(stops().get(i));
      await(server::isStopped);
      feedBack(i);
      server.kill();
    }
    server.start("nowhere");
    await(() -> server.hasEnded("model-retraining"));
    server.end();

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
    assertThat(server.files("outbox"))
        .satisfiesExactlyInAnyOrder(
            mail -> assertThat(mail).content().contains("advertising v2 needs your decision"),
            mail -> assertThat(mail).content().contains("advertising v2 is live"));
    assertThat(server.files("models/advertising"))
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
        .containsOnlyOnce("serviceTask_sendRequest")
        // Goes on beside the task, so it has no place in the order.
        .filteredOn(step -> !step.equals("serviceTask_sendRequest"))
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
    assertThat(server.files("production"))
        .singleElement()
        .satisfies(
            export -> assertThat(export).content().hasLineCount(1 + LABELLED + merged.size()));
  }

  /** An outcome must be taken wherever the run stands still. */
  private void feedBack(int stop) throws IOException, InterruptedException {
    UUID prediction = openRow(stop);
    HttpResponse<String> answer =
        server.send(
            server
                .request("/api/v1/feedback")
                .timeout(Duration.ofSeconds(20))
                .POST(
                    BodyPublishers.ofString(
                        "{\"predictionId\": \"%s\", \"actual\": 1}".formatted(prediction)))
                .build());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    int mergedAt = stops().lastIndexOf("serviceTask_mergeData end");
    (stop <= mergedAt ? merged : afterwards).add(prediction);
  }

  /** Approves where the run asks for it, and has mailed that it does. */
  private void await(Callable<Boolean> condition) {
    AtomicBoolean approved = new AtomicBoolean();
    Awaitility.await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(100))
        .until(
            () -> {
              if (!server.isUp()) {
                return false;
              }
              if (condition.call()) {
                return true;
              }
              if (!approved.get() && server.hasPassed("serviceTask_sendRequest")) {
                approved.set(approve());
              }
              return false;
            });
  }

  /** Without waiting for the answer: the server may stand still before it gives one. */
  private boolean approve() throws IOException, InterruptedException {
    JsonNode tasks = server.get("/engine-rest/task?processDefinitionKey=model-retraining");
    for (JsonNode task : tasks) {
      server.sendAsync(
          server
              .request("/engine-rest/task/" + task.get("id").textValue() + "/complete")
              .POST(
                  BodyPublishers.ofString(
                      """
                      {"variables": {"approved": {"value": true, "type": "Boolean"},
                                     "approvalReason": {"value": "fine", "type": "String"}}}
                      """))
              .build());
    }
    return !tasks.isEmpty();
  }
}
