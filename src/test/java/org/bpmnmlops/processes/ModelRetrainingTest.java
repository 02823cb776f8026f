package org.bpmnmlops.processes;

import static java.time.temporal.ChronoUnit.HOURS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.bpmnmlops.production.ProductionData;
import org.bpmnmlops.production.ProductionRow;
import org.bpmnmlops.production.Window;
import org.bpmnmlops.registry.Alias;
import org.bpmnmlops.registry.ModelHistory;
import org.bpmnmlops.registry.ModelVersion;
import org.bpmnmlops.registry.TrainedRun;
import org.bpmnmlops.training.TrainingSettings.Algorithm;
import org.camunda.bpm.engine.BadUserRequestException;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Every way through retraining and rollback: real data, mail server and status API. */
class ModelRetrainingTest extends ProcessTest {

  private static final String RETRAINING = "model-retraining";
  private static final String ROLLBACK = "model-rollback";
  private static final String MODEL = "advertising";
  private static final List<String> PROCESSES = List.of(RETRAINING, ROLLBACK, "candidate-training");

  /** The ends of links, of which the engine makes one flow, and events that wait for an undo. */
  private static final String NO_TRACE =
      ".*(event_(compareAgain|challengerRegistered|notTrained)|Undone$|multiInstanceBody).*";

  private static Path data;

  ModelRetrainingTest() {
    super(PROCESSES, NO_TRACE);
  }

  @DynamicPropertySource
  static void surroundings(DynamicPropertyRegistry settings) throws IOException {
    data = Files.createTempDirectory(Path.of("target"), "data-");
    surround(settings, "retraining");
    settings.add("mlops.data-dir", data::toString);
  }

  @Autowired private TaskService tasks;
  @Autowired private ModelHistory cards;
  @Autowired private ProductionData production;

  @BeforeEach
  void startAfresh() {
    for (String table :
        List.of(
            "mlops_prediction",
            "mlops_outcome",
            "mlops_retraining",
            "mlops_candidate",
            "mlops_model_note",
            "mlops_model_promotion",
            "mlops_model_run",
            "mlops_model_version")) {
      jdbc.sql("DELETE FROM " + table).update();
    }
    jdbc.sql("UPDATE mlops_model SET last_version = 0").update();
  }

  @Test
  void trainsComparesAndPromotesWhatIsBetter() {
    champion();
    feedBack(1, 1200, true);

    ProcessInstance run = start(Map.of("candidates", "logistic-regression,random-forest,xgboost"));
    work();

    assertThat(run)
        .isEnded()
        .hasPassedInOrder(
            "serviceTask_lookForApproval",
            "serviceTask_admitRun",
            "serviceTask_checkProductionData",
            "serviceTask_detectDrift",
            "businessRuleTask_decideRetraining",
            "serviceTask_backUpModel",
            "serviceTask_mergeData",
            "callActivity_trainCandidates",
            "serviceTask_pickWinner",
            "serviceTask_compareWithChampion",
            "serviceTask_registerModel",
            "businessRuleTask_decidePromotion",
            "serviceTask_promoteModel",
            "serviceTask_smokeTest",
            "serviceTask_archiveProductionData",
            "serviceTask_sendResult",
            "serviceTask_reportResult",
            "endEvent_modelPromoted");
    assertThat(live().version()).isEqualTo(2);
    assertThat(registry.find(MODEL, Alias.PREVIOUS)).map(ModelVersion::version).contains(1);
    assertThat(variable(run, "reason")).isEqualTo("1200 new labelled rows");
    assertThat((Double) variable(run, "gainLow")).isPositive();
    assertThat(candidates(run))
        .containsExactlyInAnyOrder("logistic-regression", "random-forest", "xgboost");
    assertThat(production.count(Window.of(MODEL).unarchived().labelled())).isZero();
    assertThat(home.home().resolve((String) variable(run, "archiveFile")))
        .isRegularFile()
        .content()
        .startsWith("TV,radio,newspaper,prediction,actual,predictionId")
        .hasLineCount(1201);
    assertThat((String) variable(run, "archiveFile"))
        .matches("production/prod_data_archived_\\d{8}_\\d{6}\\.csv");
    assertThat(mails()).singleElement().asString().contains("advertising v2 is live");
    JsonNode comparison = json((String) variable(run, "comparison"));
    assertThat(comparison.at("/champion/trainRows").intValue()).isEqualTo(320);
    assertThat(comparison.at("/challenger/trainRows").intValue()).isGreaterThan(320);
    assertThat(STATUS.heard()).singleElement().asString().contains("success");
    assertThat(row(run)).containsEntry("outcome", "success");
  }

  @Test
  void learnsFromTheRowsOfEveryEarlierRetraining() {
    champion();
    feedBack(1, 1200, true);
    start(Map.of());
    work();
    feedBack(2, 1100, true);

    ProcessInstance second = start(Map.of());
    work();

    assertThat(variable(second, "referenceRows")).isEqualTo(1600L);
    assertThat(variable(second, "newRows")).isEqualTo(1100L);
  }

  @Test
  void leavesFeedbackThatComesMeanwhileToTheNextRetraining() {
    champion();
    feedBack(1, 1200, true);
    ProcessInstance run = start(Map.of());
    workUntil("serviceTask_archiveProductionData");
    var corrected = new UUID(71, 3);
    var late = new UUID(72, 0);
    String other = production.find(corrected).orElseThrow().actual().equals("1") ? "0" : "1";
    production.label(corrected, other, Instant.now());
    production.record(AdvertisingCases.production(MODEL, 1, 1, 72, true, Instant.now()));

    work();

    assertThat(variable(run, "archivedRows")).isEqualTo(1199L);
    assertThat(home.home().resolve((String) variable(run, "archiveFile")))
        .content()
        .hasLineCount(1200);
    assertThat(production.count(Window.of(MODEL).unarchived().labelled())).isEqualTo(2);
    assertThat(production.find(corrected).orElseThrow())
        .satisfies(row -> assertThat(row.actual()).isEqualTo(other))
        .satisfies(row -> assertThat(row.archivedBy()).isNull());
    assertThat(production.find(late).orElseThrow().archivedBy()).isNull();
  }

  @Test
  void keepsTheModelWhenNothingAsksForAnother() {
    champion();
    feedBack(1, 40, false);

    ProcessInstance run = start(Map.of());
    work();

    assertThat(run).isEnded().hasPassed("endEvent_modelKept");
    assertThat((String) variable(run, "reason")).startsWith("Only 40 new labelled rows");
    assertThat(registry.versions(MODEL, 0, 10)).hasSize(1);
    assertThat(mails()).isEmpty();
    assertThat(row(run)).containsEntry("outcome", "success");
  }

  @Test
  void failsWithTheFactsWhereNoRuleOfTheTableFits() throws IOException {
    champion();
    feedBack(1, 60, false);
    String edited = withoutLastRule("retraining-decision");
    try {
      ProcessInstance run = start(Map.of());
      work();

      assertThat(run).isEnded().hasPassed("event_noRuleFits", "endEvent_runFailed");
      assertThat(variable(run, "failureCode")).isEqualTo("UNDECIDED");
      assertThat((String) variable(run, "failureMessage"))
          .contains("retraining-decision", "newLabelledRows 60");
      assertThat(row(run)).containsEntry("outcome", "failed");
      assertThat(mails())
          .singleElement()
          .asString()
          .contains("Retraining of advertising failed: UNDECIDED");
      assertThat(live().version()).isEqualTo(1);
    } finally {
      repository.deleteDeployment(edited, true);
    }
  }

  @Test
  void asksAPersonWhereNoRuleOfTheTableFits() throws IOException {
    champion();
    feedBack(1, 60, false);
    String edited = withoutLastRule("promotion-decision");
    try {
      ProcessInstance run = start(Map.of("forced", true));
      workUntil("businessRuleTask_decidePromotion");
      runtime.setVariable(run.getId(), "commonRows", 500L);
      runtime.setVariable(run.getId(), "gainLow", -0.01);
      runtime.setVariable(run.getId(), "gainHigh", 0.01);
      work();

      assertThat(run).isWaitingAt("userTask_approveModel");
      assertThat((String) variable(run, "promotionReason")).startsWith("No rule of the table");
    } finally {
      repository.deleteDeployment(edited, true);
    }
  }

  @Test
  void hasNothingToRetrainWithoutAModel() {
    ProcessInstance run = start(Map.of());
    work();

    assertThat(run).isEnded().hasPassed("endEvent_nothingToRetrain");
    assertThat((String) variable(run, "reason")).contains("No version of the model 'advertising'");
    assertThat(row(run)).containsEntry("outcome", "success");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "model.zip",
        "preprocessed_cases.csv",
        "preprocessed_cases.json",
        "separation.csv",
        "separation.json"
      })
  void failsWhenAFileOfTheChampionIsGoneOrDamaged(String name) throws Exception {
    champion();
    feedBack(1, 60, false);
    Path file = registry.file(live(), name);
    truncate(file);

    assertNothingToCompareWith(name);
    MAIL.purgeEmailFromAllMailboxes();
    Files.delete(file);

    assertNothingToCompareWith(name);
  }

  private void assertNothingToCompareWith(String file) {
    ProcessInstance run = start(Map.of());
    work();

    assertThat(run).hasPassed("boundaryEvent_detectDriftNoReference");
    assertFailed(run, "NO_REFERENCE", file);
    assertThat((String) variable(run, "failureMessage"))
        .contains("advertising v1 cannot be compared with", "from a backup");
    assertThat(live().version()).isEqualTo(1);
  }

  @Test
  void startsWhenEnoughFeedbackCameIn() {
    champion();

    runtime
        .createMessageCorrelation("FeedbackReceived")
        .setVariable("modelName", MODEL)
        .correlateStartMessage();
    ProcessInstance run =
        runtime.createProcessInstanceQuery().processDefinitionKey(RETRAINING).singleResult();
    work();

    assertThat(run).isEnded().hasPassed("startEvent_feedbackReceived", "endEvent_modelKept");
  }

  @Test
  void runsEveryNightByItself() {
    Job timer =
        management
            .createJobQuery()
            .timers()
            .processDefinitionKey(RETRAINING)
            .activityId("startEvent_dailyOrOnRequest")
            .singleResult();
    management.executeJob(timer.getId());
    ProcessInstance run =
        runtime.createProcessInstanceQuery().processDefinitionKey(RETRAINING).singleResult();
    work();

    assertThat(run).isEnded();
  }

  @Test
  void neverTrainsOnTheSameRowsTwiceUnlessForced() {
    champion();
    feedBack(1, 60, false);
    ProcessInstance first = start(Map.of("forced", true));
    work();
    decide(first, false, "not yet");
    work();
    assertThat(first).isEnded().hasPassed("endEvent_challengerKeptBack");
    // Feedback that changes nothing: the same rows, told once more.
    jdbc.sql("UPDATE mlops_outcome SET actual_at = actual_at + INTERVAL '1' DAY").update();
    jdbc.sql("UPDATE mlops_prediction SET predicted_at = predicted_at").update();

    ProcessInstance second = start(Map.of());
    workUntil("businessRuleTask_decideRetraining");
    runtime.setVariable(second.getId(), "newLabelledRows", 1000L);
    work();

    assertThat(second).isEnded().hasPassed("endEvent_rowsKnown");
    assertThat((String) variable(second, "reason")).contains(first.getId());

    ProcessInstance forced = start(Map.of("forced", true));
    work();
    assertThat(forced).hasPassed("serviceTask_pickWinner");
  }

  @Test
  void asksAPersonWhenThereAreFewRowsAndKeepsWhatTheySaid() {
    champion();
    feedBack(1, 60, false);
    ProcessInstance run = start(Map.of("forced", true));
    work();
    Task task = task(run);
    assertThat(task.getDueDate()).isNotNull();
    assertThat((String) variable(run, "promotionReason")).contains("held-out rows to compare on");

    engine.getIdentityService().setAuthentication("olga", List.of("camunda-admin"));
    try {
      tasks.complete(task.getId(), Map.of("approved", true, "approvalReason", "looks sound"));
    } finally {
      engine.getIdentityService().clearAuthentication();
    }
    work();

    assertThat(mails())
        .singleElement()
        .asString()
        .contains("What happened\r\n  looks sound\r\n")
        .containsPattern("Decided by: +olga");
    assertThat(run).isEnded().hasPassed("endEvent_modelPromoted");
    assertThat(registry.aliases(MODEL).get(0))
        .satisfies(
            alias -> {
              assertThat(alias.version()).isEqualTo(2);
              assertThat(alias.by()).isEqualTo("olga");
              assertThat(alias.reason()).isEqualTo("looks sound");
            });
  }

  @Test
  void mailsAtOnceAndOnceThatADecisionIsNeededWithALinkToTheTask() {
    champion();
    feedBack(1, 60, false);
    ProcessInstance run = start(Map.of("forced", true));
    work();

    fire("boundaryEvent_approvalRequest", 0);

    assertThat(run).isWaitingAt("userTask_approveModel").hasPassed("endEvent_requested");
    assertThat(management.createJobQuery().activityId("boundaryEvent_approvalRequest").count())
        .isZero();
    assertThat(mails())
        .singleElement()
        .asString()
        .contains(
            "Subject: Approval is needed: advertising v2",
            "advertising v2 needs your decision",
            "/camunda/app/tasklist/default/#/?task=" + task(run).getId());
  }

  @Test
  void takesNoAnswerThatIsNone() {
    champion();
    feedBack(1, 60, false);
    ProcessInstance run = start(Map.of("forced", true));
    work();

    assertRefused(
        run,
        Map.of(),
        "Variable 'approved' is missing; expected true or false. "
            + "Variable 'approvalReason' is missing; expected a text that says why");
    assertRefused(
        run,
        Map.of("approved", "yes", "approvalReason", "fine"),
        "Variable 'approved' is 'yes'; expected true or false");
    assertRefused(
        run,
        Map.of("approved", true, "approvalReason", " "),
        "Variable 'approvalReason' is ' '; expected a text that says why");
    assertThat(cards.notes(MODEL, 2))
        .extracting(ModelHistory.Note::topic)
        .doesNotContain("Approval");
    assertThat(run).isWaitingAt("userTask_approveModel");
  }

  private void assertRefused(ProcessInstance run, Map<String, Object> answer, String finding) {
    assertThatThrownBy(() -> tasks.complete(task(run).getId(), answer))
        .isExactlyInstanceOf(BadUserRequestException.class)
        .hasMessage(finding);
  }

  @Test
  void keepsTheChallengerBackWhenAPersonRejectsIt() {
    champion();
    feedBack(1, 60, false);
    ProcessInstance run = start(Map.of("forced", true));
    work();

    decide(run, false, "too few rows");
    work();

    assertThat(run).isEnded().hasPassed("endEvent_challengerKeptBack");
    assertThat(cards.notes(MODEL, 2))
        .extracting(ModelHistory.Note::topic, ModelHistory.Note::text)
        .containsExactly(
            tuple("Retraining decision", "It was forced"),
            tuple("Drift at training time", "no column could be judged"),
            tuple("Promotion decision", "ask: " + variable(run, "promotionReason")),
            tuple("Approval", "rejected: too few rows"));
    assertThat(live().version()).isEqualTo(1);
    assertThat(registry.find(MODEL, Alias.CHALLENGER)).map(ModelVersion::version).contains(2);
    assertThat(production.count(Window.of(MODEL).unarchived())).isEqualTo(60);
    assertThat(mails()).singleElement().asString().contains("was kept back");
    assertThat(row(run)).containsEntry("outcome", "success");
  }

  @Test
  void keepsTheChallengerBackWhenTheTableRejectsIt() {
    champion();
    feedBack(1, 60, false);
    ProcessInstance run = start(Map.of("forced", true));
    workUntil("businessRuleTask_decidePromotion");
    runtime.setVariable(run.getId(), "commonRows", 500L);
    runtime.setVariable(run.getId(), "gainHigh", -0.01);
    runtime.setVariable(run.getId(), "championAccuracy", 0.9);
    runtime.setVariable(run.getId(), "accuracy", 0.85);
    work();

    assertThat(run)
        .isEnded()
        .hasPassed("endEvent_challengerKeptBack")
        .hasNotPassed("userTask_approveModel");
  }

  @Test
  void remindsEscalatesAndAtLastRejects() {
    champion();
    feedBack(1, 60, false);
    ProcessInstance run = start(Map.of("forced", true));
    work();

    fire("boundaryEvent_approvalReminder", 4);
    fire("boundaryEvent_approvalEscalation", 24);
    assertThat(run).isWaitingAt("userTask_approveModel");
    assertThat(mails())
        .satisfiesExactlyInAnyOrder(
            mail -> assertThat(mail).contains("Approval is still open: advertising v2"),
            mail -> assertThat(mail).contains("Approval is urgent: advertising v2"))
        .allSatisfy(mail -> assertThat(mail).doesNotContain("Decided by"))
        .allSatisfy(mail -> assertThat(mail).contains("#/?task=" + task(run).getId()));
    fire("boundaryEvent_approvalDeadline", 72);

    assertThat(run).isEnded().hasPassed("endEvent_challengerKeptBack");
    assertThat(variable(run, "approvalReason")).isEqualTo("nobody decided in time");
    assertThat(live().version()).isEqualTo(1);
  }

  @Test
  void losesNoApprovalWhenTheMailServerIsDown() {
    champion();
    feedBack(1, 60, false);
    ProcessInstance run = start(Map.of("forced", true));
    work();
    MAIL.stop();
    try {
      fire("boundaryEvent_approvalRequest", 0);
      fire("boundaryEvent_approvalReminder", 4);
      fire("boundaryEvent_approvalEscalation", 24);
    } finally {
      MAIL.start();
    }

    assertThat(run)
        .hasPassed(
            "boundaryEvent_sendRequestFailed",
            "boundaryEvent_sendReminderFailed",
            "boundaryEvent_sendEscalationFailed")
        .isWaitingAt("userTask_approveModel");
  }

  @Test
  void endsAtOnceWhileAnotherRunWaitsForApproval() {
    champion();
    feedBack(1, 60, false);
    ProcessInstance first = start(Map.of("forced", true));
    work();
    assertThat(first).isWaitingAt("userTask_approveModel");

    ProcessInstance second = start(Map.of("forced", true));
    work();

    assertThat(second).isEnded().hasPassed("endEvent_approvalPending");
    assertThat(variable(second, "reason")).isEqualTo("approval pending");
    assertThat(row(second)).containsEntry("outcome", "success");
    assertThat(first).isWaitingAt("userTask_approveModel");
  }

  @Test
  void waitsForARetrainingUnderWay() {
    champion();
    ProcessInstance first = start(Map.of());
    workUntil("serviceTask_checkProductionData");
    ProcessInstance second = start(Map.of());
    execute("startEvent_dailyOrOnRequest", second);
    execute("serviceTask_lookForApproval", second);
    execute("serviceTask_admitRun", second);
    assertThat(second).isWaitingAt("event_slotGranted");

    work();

    assertThat(first).isEnded();
    assertThat(second).isEnded().hasPassed("event_slotGranted", "endEvent_modelKept");
  }

  @Test
  void comparesAgainWhenTheChampionChangedMeanwhile() {
    champion();
    feedBack(1, 60, false);
    ProcessInstance run = start(Map.of("forced", true));
    work();
    TrainedRun other = trained(2);
    registry.register(other.asked());
    registry.promote(MODEL, 3, "olga", "by hand");

    decide(run, true, "better than v1");
    work();

    assertThat(run).isWaitingAt("userTask_approveModel");
    assertThat(variable(run, "championVersion")).isEqualTo(3L);
    assertRefused(
        run,
        Map.of("approved", true),
        "Variable 'approvalReason' is missing; expected a text that says why");
    decide(run, true, "better than v3");
    work();
    assertThat(run).isEnded().hasPassed("endEvent_modelPromoted");
    assertThat(live().version()).isEqualTo(2);
    assertThat(registry.find(MODEL, Alias.PREVIOUS)).map(ModelVersion::version).contains(3);
  }

  @Test
  void comparesAgainWhenTheChampionChangesRightBeforeThePromotion() {
    champion();
    feedBack(1, 1200, true);
    ProcessInstance run = start(Map.of());
    workUntil("serviceTask_promoteModel");
    TrainedRun other = trained(2);
    registry.register(other.asked());
    registry.promote(MODEL, 3, "olga", "by hand");
    work();

    assertThat(run)
        .isEnded()
        .hasPassedInOrder(
            "boundaryEvent_promoteModelChampionChanged",
            "serviceTask_compareWithChampion",
            "endEvent_modelPromoted");
    assertThat(variable(run, "championVersion")).isEqualTo(3L);
    assertThat(registry.find(MODEL, Alias.PREVIOUS)).map(ModelVersion::version).contains(3);
    assertThat(row(run)).containsEntry("outcome", "success");
    assertThat((String) row(run).get("warnings")).isNullOrEmpty();
  }

  @Test
  void asksNobodyAboutAModelThatAnswersAsTheChampionDoes() {
    champion();
    ProcessInstance run = start(Map.of("forced", true));
    work();

    assertThat(run).isEnded().hasPassed("endEvent_challengerKeptBack");
    assertThat(variable(run, "promotionReason"))
        .isEqualTo("The challenger answers as the champion does");
    assertThat(live().version()).isEqualTo(1);

    registry.promote(MODEL, 2, "olga", "the same");
    ProcessInstance again = start(Map.of("forced", true));
    work();

    assertThat(again).isEnded().hasPassed("endEvent_challengerKeptBack");
    assertThat(variable(again, "modelIsNew")).isEqualTo(false);
    assertThat(mails()).last().asString().contains("Subject: advertising v2 stays live");
  }

  @Test
  void leavesOutACandidateThatFailsAndNamesIt() {
    champion();
    feedBack(1, 60, false);
    ProcessInstance run =
        start(Map.of("forced", true, "candidates", "logistic-regression,xgboost"));
    workUntil("serviceTask_buildModel");
    breakCandidate("xgboost");
    work();

    assertThat(variable(run, "winner")).isEqualTo("logistic-regression");
    assertThat((String) variable(run, "failedCandidates")).startsWith("xgboost: ");
    assertThat(run).isWaitingAt("userTask_approveModel");
  }

  @Test
  void failsWhenAllCandidatesFail() {
    champion();
    feedBack(1, 60, false);
    ProcessInstance run = start(Map.of("forced", true, "candidates", "xgboost"));
    workUntil("serviceTask_buildModel");
    breakCandidate("xgboost");
    work();

    assertFailed(run, "TRAINING_FAILED", "All candidates failed");
    assertThat(run).hasPassed("boundaryEvent_pickWinnerFailed");
  }

  @Test
  void failsWhenProductionRowsCannotBeMerged() {
    champion();
    feedBack(1, 60, false);
    ProcessInstance run = start(Map.of("forced", true, "referenceWindow", "all"));
    workUntil("serviceTask_mergeData");
    ModelVersion champion = live();
    truncate(registry.file(champion, "preprocessed_cases.csv"));
    work();

    assertFailed(run, "DATA_INVALID", "preprocessed_cases.csv");
    assertThat(run).hasPassed("boundaryEvent_mergeDataInvalid");
  }

  @Test
  void failsWhenChampionAndChallengerCannotBeCompared() {
    champion();
    feedBack(1, 60, false);
    ProcessInstance run = start(Map.of("forced", true));
    workUntil("serviceTask_compareWithChampion");
    write("other.csv", "TV,radio,conversion\n" + lines(AdvertisingCases.csv(200, 9)));
    registry.register(
        TrainedRun.of(home, MODEL, "other.csv", "conversion", Algorithm.LOGISTIC_REGRESSION, 1)
            .asked());
    registry.promote(MODEL, 2, "olga", "fewer columns");
    work();

    assertFailed(run, "COMPARISON_FAILED", "cannot be compared");
    assertThat(run).hasPassed("boundaryEvent_compareWithChampionFailed");
  }

  @Test
  void takesThePromotionBackWhenTheNewChampionAnswersBadly() {
    champion();
    feedBack(1, 1200, true);
    ProcessInstance run = start(Map.of());
    workUntil("serviceTask_smokeTest");
    assertThat(live().version()).isEqualTo(2);
    truncate(registry.file(live(), "model.zip"));
    work();

    assertFailed(run, "SMOKE_TEST_FAILED", "model.zip");
    assertThat(run)
        .hasPassed(
            "boundaryEvent_smokeTestFailed", "event_undoPromotion", "serviceTask_restoreChampion");
    assertThat(live().version()).isEqualTo(1);
    assertThat(registry.versions(MODEL, 0, 10)).hasSize(1);
    assertThat(production.count(Window.of(MODEL).unarchived())).isEqualTo(1200);
    assertThat(mails().get(0)).contains("advertising v1 is live again");
  }

  @Test
  void saysInPerCentsAndRowsHowMuchWorseANewChampionAnswers() {
    champion();
    feedBack(1, 1200, true);
    ProcessInstance run = start(Map.of());
    workUntil("serviceTask_smokeTest");
    jdbc.sql("UPDATE mlops_model_version SET accuracy = 1 WHERE version = 2").update();
    work();

    assertFailed(run, "SMOKE_TEST_FAILED", "advertising v2 is right on ");
    assertThat((String) variable(run, "failureMessage"))
        .containsPattern(
            "on \\d+ of its (\\d+) held-out rows \\(\\d\\d(\\.\\d)? %\\);"
                + " when it was registered, on \\1 \\(100 %\\)");
  }

  @Test
  void letsAnOperatorTakeEverythingBack() {
    champion();
    feedBack(1, 1200, true);
    ProcessInstance run = start(Map.of());
    workUntil("serviceTask_sendResult");
    String export = (String) variable(run, "archiveFile");
    assertThat(live().version()).isEqualTo(2);

    runtime.createMessageCorrelation("TakeBack").processInstanceId(run.getId()).correlate();
    work();

    assertThat(run)
        .isEnded()
        .hasPassedInOrder(
            "startEvent_takeBack",
            "serviceTask_putProductionDataBack",
            "serviceTask_restoreChampion",
            "serviceTask_sendTakenBack",
            "endEvent_takenBack");
    assertThat(live().version()).isEqualTo(1);
    assertThat(production.count(Window.of(MODEL).unarchived())).isEqualTo(1200);
    assertThat(home.home().resolve(export)).doesNotExist();
    assertThat(row(run))
        .containsEntry("outcome", "failed")
        .containsEntry("failure_code", "TAKEN_BACK");
    assertThat(mails()).singleElement().asString().contains("v1 is live again");
  }

  @Test
  void takesBackNoPromotionThatSomebodyElseMade() {
    champion();
    feedBack(1, 60, false);
    ProcessInstance run = start(Map.of("forced", true));
    work();
    registry.promote(MODEL, 2, "olga", "by hand");

    decide(run, true, "better than v1");
    workUntil("serviceTask_archiveProductionData");
    assertThat(run).hasNotPassed("event_compareAgain");
    runtime.createMessageCorrelation("TakeBack").processInstanceId(run.getId()).correlate();
    work();

    assertThat(run).isEnded().hasPassed("serviceTask_restoreChampion", "endEvent_takenBack");
    assertThat(live().version()).isEqualTo(2);
    assertThat(mails()).singleElement().asString().doesNotContain("is live again");
  }

  @Test
  void saysNothingIsLiveAgainWhereARollbackCameBeforeTheTakingBack() {
    champion();
    feedBack(1, 1200, true);
    registry.register(trained(2).asked());
    ProcessInstance run = start(Map.of());
    workUntil("serviceTask_archiveProductionData");
    assertThat(live().version()).isEqualTo(3);
    registry.promote(MODEL, 2, "olga", "complaints about v3");
    runtime.createMessageCorrelation("TakeBack").processInstanceId(run.getId()).correlate();
    work();

    assertThat(live().version()).isEqualTo(2);
    assertThat(registry.find(MODEL, Alias.PREVIOUS)).map(ModelVersion::version).contains(1);
    assertThat(variable(run, "takenBack")).isEqualTo(false);
    assertThat(variable(run, "failureMessage")).isEqualTo("An operator took the run back.");
    assertThat(mails())
        .singleElement()
        .asString()
        .contains("what it had promoted is not live any more")
        .doesNotContain("is live again");
  }

  @Test
  void letsAnOperatorTakeBackARunThatIsStuckAfterThePromotion() {
    champion();
    feedBack(1, 1200, true);
    ProcessInstance run = start(Map.of());
    workUntil("serviceTask_archiveProductionData");
    STATUS.answers(500);
    MAIL.stop();
    try {
      runtime.createMessageCorrelation("TakeBack").processInstanceId(run.getId()).correlate();
      work();
    } finally {
      MAIL.start();
    }

    assertThat(run)
        .isEnded()
        .hasPassed(
            "boundaryEvent_sendTakenBackFailed",
            "boundaryEvent_reportTakenBackFailed",
            "endEvent_takenBack");
    assertThat(live().version()).isEqualTo(1);
  }

  @Test
  void losesNoResultWhenMailAndStatusServerAreDown() {
    champion();
    feedBack(1, 1200, true);
    ProcessInstance run = start(Map.of());
    workUntil("serviceTask_sendResult");
    STATUS.answers(500);
    MAIL.stop();
    try {
      work();
      fire("event_sendResultWait", 0);
      fire("event_reportResultWait", 0);
    } finally {
      MAIL.start();
    }

    assertThat(run).isEnded().hasPassed("endEvent_modelPromoted");
    assertThat((String) row(run).get("warnings")).contains("sendResult: ", "reportResult: ");
  }

  @Test
  void rollsBackToTheChampionBefore() {
    champion();
    registry.register(trained(2).asked());
    registry.promote(MODEL, 2, "olga", "better");

    ProcessInstance run = runtime.startProcessInstanceByKey(ROLLBACK);
    work();

    assertThat(run)
        .isEnded()
        .hasPassedInOrder(
            "serviceTask_chooseVersion",
            "serviceTask_promoteModel",
            "serviceTask_smokeTest",
            "endEvent_rolledBack");
    assertThat(live().version()).isEqualTo(1);
    assertThat(registry.find(MODEL, Alias.PREVIOUS)).map(ModelVersion::version).contains(2);
    assertThat(mails()).singleElement().asString().contains("advertising v1 is live again");
  }

  @Test
  void tellsWhoAskedForARollbackAndWhy() {
    champion();
    registry.register(trained(2).asked());
    registry.promote(MODEL, 2, "olga", "better");

    engine.getIdentityService().setAuthentication("rollo", List.of("camunda-admin"));
    try {
      runtime.startProcessInstanceByKey(
          ROLLBACK, Map.<String, Object>of("rollbackReason", "back to one"));
    } finally {
      engine.getIdentityService().clearAuthentication();
    }
    work();

    assertThat(registry.aliases(MODEL).get(0))
        .satisfies(
            alias -> {
              assertThat(alias.version()).isEqualTo(1);
              assertThat(alias.by()).isEqualTo("rollo");
              assertThat(alias.reason()).isEqualTo("back to one");
            });
    assertThat(mails())
        .singleElement()
        .asString()
        .contains("What happened\r\n  back to one\r\n")
        .containsPattern("Decided by: +rollo");
  }

  @Test
  void failsToRollBackTheFirstModel() {
    champion();

    ProcessInstance run = runtime.startProcessInstanceByKey(ROLLBACK);
    workUntil("serviceTask_sendResult");
    STATUS.answers(500);
    MAIL.stop();
    try {
      work();
      fire("event_sendResultWait", 0);
      fire("event_reportResultWait", 0);
    } finally {
      MAIL.start();
    }

    assertThat(run).isEnded().hasPassed("boundaryEvent_chooseVersionNone", "endEvent_runFailed");
    assertThat(row(run)).containsEntry("failure_code", "NO_VERSION");
  }

  @Test
  void takesARollbackBackWhenTheOldVersionIsDamaged() {
    champion();
    registry.register(trained(2).asked());
    registry.promote(MODEL, 2, "olga", "better");

    ProcessInstance run = runtime.startProcessInstanceByKey(ROLLBACK);
    workUntil("serviceTask_smokeTest");
    truncate(registry.file(live(), "model.zip"));
    work();

    assertThat(run).isEnded().hasPassed("serviceTask_restoreChampion", "endEvent_runFailed");
    assertThat(live().version()).isEqualTo(2);
  }

  @Test
  void leavesAloneWhatWentLiveSinceTheRollbackChose() {
    champion();
    registry.register(trained(2).asked());
    registry.register(trained(3).asked());
    registry.promote(MODEL, 2, "olga", "better");
    ProcessInstance run = runtime.startProcessInstanceByKey("model-rollback");
    workUntil("serviceTask_promoteModel");
    registry.promote(MODEL, 3, "olga", "better still");
    work();

    assertThat(run)
        .isEnded()
        .hasPassed("boundaryEvent_promoteModelChampionChanged", "endEvent_runFailed");
    assertThat(live().version()).isEqualTo(3);
    assertThat(mails())
        .singleElement()
        .asString()
        .contains("Rollback of advertising failed", "advertising v2 is no longer live; v3 is");
  }

  @Test
  void rollsBackOneAfterTheOther() {
    champion();
    registry.register(trained(2).asked());
    registry.promote(MODEL, 2, "olga", "better");
    ProcessInstance first = runtime.startProcessInstanceByKey(ROLLBACK);
    workUntil("serviceTask_chooseVersion");
    ProcessInstance second =
        runtime.startProcessInstanceByKey(ROLLBACK, Map.<String, Object>of("toVersion", 2));
    execute("startEvent_rollbackAsked", second);
    execute("serviceTask_admitRun", second);
    assertThat(second).isWaitingAt("event_slotGranted");

    work();

    assertThat(first).isEnded();
    assertThat(second).isEnded().hasPassed("endEvent_rolledBack");
    assertThat(live().version()).isEqualTo(2);
  }

  private void assertFailed(ProcessInstance run, String code, String message) {
    assertThat(run).isEnded().hasPassed("endEvent_runFailed");
    assertThat(variable(run, "failureCode")).isEqualTo(code);
    assertThat((String) variable(run, "failureMessage")).contains(message);
    assertThat(mails()).singleElement().asString().contains(code);
    assertThat(STATUS.heard()).last().asString().contains("failed");
    assertThat(row(run)).containsEntry("outcome", "failed");
  }

  /** The first version of the model, of 400 rows of the old world. */
  private void champion() {
    registry.register(trained(1).asked());
  }

  private TrainedRun trained(long seed) {
    write("cases.csv", AdvertisingCases.csv(400, 1));
    return TrainedRun.of(
        home, MODEL, "cases.csv", "conversion", Algorithm.LOGISTIC_REGRESSION, seed);
  }

  private void feedBack(int version, int rows, boolean changed) {
    List<ProductionRow> cases =
        AdvertisingCases.production(MODEL, version, rows, 70 + version, changed, Instant.now());
    production.record(cases);
  }

  private void breakCandidate(String algorithm) {
    ProcessInstance candidate =
        runtime
            .createProcessInstanceQuery()
            .processDefinitionKey("candidate-training")
            .variableValueEquals("algorithm", algorithm)
            .singleResult();
    workUntil(candidate, "serviceTask_buildModel");
    // As if something else had overwritten the record of the sides.
    write(
        home.home().resolve("runs/" + candidate.getId() + "/separation.csv"),
        "identity,side\n00,left\n");
  }

  private JsonNode json(String reference) {
    try {
      return new ObjectMapper().readTree(home.home().resolve(reference).toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ModelVersion live() {
    return registry.find(MODEL, Alias.CHAMPION).orElseThrow();
  }

  private ProcessInstance start(Map<String, Object> parameters) {
    Map<String, Object> all = new HashMap<>(parameters);
    // One candidate is enough to go every way, and the quickest one at that.
    all.putIfAbsent("candidates", "logistic-regression");
    return runtime.startProcessInstanceByKey(RETRAINING, all);
  }

  private void decide(ProcessInstance run, boolean approved, String reason) {
    tasks.complete(task(run).getId(), Map.of("approved", approved, "approvalReason", reason));
  }

  private Task task(ProcessInstance run) {
    return tasks.createTaskQuery().processInstanceId(run.getId()).singleResult();
  }

  /** Executes all steps of all runs until they end or wait for a timer, a message or a person. */
  private void work() {
    for (List<Job> jobs = steps(); !jobs.isEmpty(); jobs = steps()) {
      management.executeJob(jobs.get(0).getId());
    }
  }

  /** Executes steps until this one is the next of a run. */
  private void workUntil(String step) {
    while (management.createJobQuery().activityId(step).messages().count() == 0) {
      management.executeJob(steps().get(0).getId());
    }
  }

  private List<Job> steps() {
    return management.createJobQuery().messages().withRetriesLeft().listPage(0, 1);
  }

  /** Lets this many hours pass, and the timer be due. */
  private void fire(String timer, int hours) {
    Job job = management.createJobQuery().timers().activityId(timer).singleResult();
    assertThat(job.getDuedate().toInstant())
        .isCloseTo(job.getCreateTime().toInstant().plus(hours, HOURS), within(1, HOURS));
    management.executeJob(job.getId());
    work();
  }

  private List<String> candidates(ProcessInstance run) {
    return jdbc.sql("SELECT algorithm FROM mlops_candidate WHERE run = :run")
        .param("run", run.getId())
        .query(String.class)
        .list();
  }

  private void write(String dataset, String content) {
    write(data.resolve(dataset), content);
  }

  private static void write(Path file, String content) {
    try {
      Files.writeString(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Cuts a file off in the middle, and leaves other names of it alone. */
  private static void truncate(Path file) {
    try {
      byte[] whole = Files.readAllBytes(file);
      Files.delete(file);
      Files.write(file, Arrays.copyOf(whole, whole.length / 2));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String lines(String csv) {
    return csv.lines()
        .skip(1)
        .map(line -> line.split(","))
        .map(cells -> cells[0] + "," + cells[1] + "," + cells[3])
        .collect(Collectors.joining("\n"));
  }

  /** Deploys an edited table; the id of the deployment. */
  private String withoutLastRule(String decision) throws IOException {
    String table = Files.readString(Path.of("processes", decision + ".dmn"));
    String rule = table.substring(table.lastIndexOf("<rule "), table.lastIndexOf("</rule>") + 7);
    return repository
        .createDeployment()
        .name("test")
        .addString(decision + ".dmn", table.replace(rule, ""))
        .deploy()
        .getId();
  }
}
