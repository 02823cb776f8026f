package org.bpmnmlops.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Every way through the advertising pipeline: real data, a real mail server, a real status API. */
class AdvertisingPipelineTest extends ProcessTest {

  private static final String PIPELINE = "advertising-pipeline";
  private static Path data;

  AdvertisingPipelineTest() {
    super(PIPELINE);
  }

  @DynamicPropertySource
  static void surroundings(DynamicPropertyRegistry settings) throws IOException {
    data = Files.createTempDirectory(Path.of("target"), "data-");
    Files.copy(Path.of("data", "advertising.csv"), data.resolve("advertising.csv"));
    surround(settings, "advertising");
    settings.add("mlops.data-dir", data::toString);
  }

  @Test
  void makesAModelOfTheShippedDataAndTellsEverybody() throws Exception {
    ProcessInstance run = start(Map.of());

    work(run);

    assertThat(run)
        .isEnded()
        .hasPassedInOrder(
            "startEvent_dailyOrOnRequest",
            "serviceTask_reportStart",
            "serviceTask_admitRun",
            "serviceTask_loadData",
            "serviceTask_preprocessData",
            "serviceTask_separateData",
            "serviceTask_buildModel",
            "serviceTask_evaluateModel",
            "serviceTask_registerModel",
            "serviceTask_sendSuccessNotification",
            "serviceTask_callStatusApi",
            "endEvent_modelReady");
    assertThat(variable(run, "seed")).isNull();
    assertThat((String) variable(run, "parameters"))
        .contains("\"seed\":42", "\"C\":1.0", "\"algorithm\":\"logistic-regression\"")
        .doesNotContain("minimumAccuracy", "maxAttempts", "retryDelay");
    assertThat(variable(run, "rows")).isEqualTo(200L);
    assertThat(variable(run, "trainRows")).isEqualTo(160L);
    assertThat(variable(run, "testRows")).isEqualTo(40L);
    assertThat((Double) variable(run, "accuracy")).isBetween(0.75, 1.0);
    assertThat(MAIL.getReceivedMessages()).hasSize(1);
    assertThat(mails().get(0)).contains(run.getId());
    assertThat(STATUS.heard())
        .satisfiesExactly(
            first -> assertThat(first).contains("\"status\":\"running\"", PIPELINE),
            last ->
                assertThat(last)
                    .contains(
                        "\"status\":\"success\"", "\"accuracy\":" + variable(run, "accuracy")));
    assertThat(row(run)).containsEntry("outcome", "success").containsEntry("warnings", null);
  }

  @Test
  void makesTheSameModelOfTheSameDataAndSeed() {
    ProcessInstance first = start(Map.of());
    work(first);
    ProcessInstance second = start(Map.of());
    work(second);

    assertThat(variable(second, "dataHash")).isEqualTo(variable(first, "dataHash"));
    assertThat(variable(second, "accuracy")).isEqualTo(variable(first, "accuracy"));
  }

  @Test
  void namesTheVersionThatTheSameDataParametersAndSeedMadeBefore() throws Exception {
    ProcessInstance first = start(Map.of("seed", 4711));
    work(first);
    MAIL.purgeEmailFromAllMailboxes();
    ProcessInstance second = start(Map.of("seed", 4711));
    work(second);

    assertThat(variable(first, "modelIsNew")).isEqualTo(true);
    assertThat(variable(second, "modelIsNew")).isEqualTo(false);
    assertThat(variable(second, "modelVersion")).isEqualTo(variable(first, "modelVersion"));
    assertThat(mails().get(0))
        .contains(
            "advertising v%s".formatted(variable(first, "modelVersion")),
            "made before of the same data");
  }

  @Test
  void withdrawsTheVersionOfARunThatIsCancelledAfterRegistering() {
    ProcessInstance run = start(Map.of("seed", 4712));
    workUntil(run, "serviceTask_sendSuccessNotification");
    int version = ((Long) variable(run, "modelVersion")).intValue();
    assertThat(registry.find("advertising", version)).isPresent();

    runtime.deleteProcessInstance(run.getId(), "no longer wanted");

    assertThat(registry.find("advertising", version)).isEmpty();
  }

  @Test
  void runsDailyByItselfForTheDayItIsDue() {
    Job timer =
        management
            .createJobQuery()
            .timers()
            .processDefinitionKey(PIPELINE)
            .activityId("startEvent_dailyOrOnRequest")
            .singleResult();
    management.executeJob(timer.getId());
    ProcessInstance run =
        runtime.createProcessInstanceQuery().processDefinitionKey(PIPELINE).singleResult();

    work(run);

    assertThat(run).isEnded().hasPassed("startEvent_dailyOrOnRequest", "endEvent_modelReady");
  }

  @Test
  void waitsForADataSetThatIsNotThereYet() throws Exception {
    ProcessInstance run = start(Map.of("dataset", "late.csv"));
    work(run);
    assertThat(run).isWaitingAt("event_loadDataWait");

    Files.copy(data.resolve("advertising.csv"), data.resolve("late.csv"));
    execute("event_loadDataWait", run);
    work(run);

    assertThat(run).isEnded().hasPassed("endEvent_modelReady");
    assertThat(variable(run, "attempts_loadData")).isEqualTo(2L);
    assertThat(row(run)).containsEntry("outcome", "success").containsEntry("warnings", null);
  }

  @Test
  void failsWhenTheDataSetNeverComes() throws Exception {
    ProcessInstance run = start(Map.of("dataset", "never.csv"));
    work(run);
    execute("event_loadDataWait", run);
    work(run);

    assertFailed(run, "DATA_NOT_READY", "never.csv");
    assertThat(run).hasPassed("event_dataSetMissing");
  }

  @Test
  void failsAtOnceWhenTheDataSetCannotBeTrainedOn() throws Exception {
    Files.writeString(data.resolve("broken.csv"), "TV,radio,conversion\n1,2,0\n1,2\n3,4,1\n");
    ProcessInstance run = start(Map.of("dataset", "broken.csv", "interactions", ""));
    work(run);

    assertFailed(run, "DATA_INVALID", "broken.csv", "line 3");
    assertThat(run).hasPassed("boundaryEvent_loadDataInvalid").hasNotPassed("event_loadDataWait");
  }

  @Test
  void failsWhenPreparationFindsNoWayToTrain() throws Exception {
    ProcessInstance run = start(Map.of("interactions", "TV*television"));
    work(run);

    assertFailed(run, "DATA_INVALID", "television");
    assertThat(run).hasPassed("boundaryEvent_prepareAndTrainFailed");
  }

  @Test
  void refusesAModelBelowTheBar() throws Exception {
    ProcessInstance run = start(Map.of("minimumAccuracy", 1.0, "C", 0.000001));
    work(run);

    assertFailed(run, "MODEL_BELOW_BAR", "minimumAccuracy");
    assertThat(run).hasPassed("event_modelBelowBar");
  }

  @Test
  void losesNeitherModelNorStatusWhenTheMailServerIsDown() {
    ProcessInstance run = start(Map.of());
    workUntil(run, "serviceTask_sendSuccessNotification");
    MAIL.stop();
    try {
      work(run);
      assertThat(run).isWaitingAt("event_sendSuccessNotificationWait");
      execute("event_sendSuccessNotificationWait", run);
      work(run);
    } finally {
      MAIL.start();
    }

    assertThat(run).isEnded().hasPassed("serviceTask_callStatusApi", "endEvent_modelReady");
    assertThat(STATUS.heard()).last().asString().contains("\"status\":\"success\"");
    assertThat(row(run)).containsEntry("outcome", "success");
    assertThat((String) row(run).get("warnings"))
        .startsWith("sendSuccessNotification: ")
        .contains("localhost");
  }

  @Test
  void sendsTheMailLaterWhenTheMailServerComesBack() {
    ProcessInstance run = start(Map.of());
    workUntil(run, "serviceTask_sendSuccessNotification");
    MAIL.stop();
    work(run);
    MAIL.start();
    execute("event_sendSuccessNotificationWait", run);
    work(run);

    assertThat(MAIL.getReceivedMessages()).hasSize(1);
    assertThat(row(run)).containsEntry("warnings", null);
  }

  @Test
  void losesNoModelWhenTheStatusServerIsDown() {
    STATUS.answers(500);
    ProcessInstance run = start(Map.of());
    work(run);
    assertThat(run)
        .hasPassed("boundaryEvent_reportStartFailed")
        .isWaitingAt("event_callStatusApiWait");
    execute("event_callStatusApiWait", run);
    work(run);

    assertThat(run).isEnded().hasPassed("endEvent_modelReady");
    assertThat((String) row(run).get("warnings"))
        .contains("callStatusApi: ", "reportStart: ", "500");
  }

  @Test
  void endsAFailedRunAlsoWhenNobodyCanBeTold() throws Exception {
    Files.writeString(data.resolve("empty.csv"), "");
    ProcessInstance run = start(Map.of("dataset", "empty.csv"));
    workUntil(run, "serviceTask_sendFailureNotification");
    MAIL.stop();
    STATUS.answers(500);
    try {
      work(run);
      execute("event_sendFailureNotificationWait", run);
      work(run);
      execute("event_reportFailureWait", run);
      work(run);
    } finally {
      MAIL.start();
    }

    assertThat(run).isEnded().hasPassed("endEvent_runFailed");
    assertThat(row(run))
        .containsEntry("outcome", "failed")
        .containsEntry("failure_code", "DATA_INVALID");
    assertThat((String) row(run).get("warnings"))
        .contains("sendFailureNotification: ", "reportFailure: ");
  }

  @Test
  void waitsForASlotAndGoesOnWhenItGetsOne() {
    ProcessInstance first = start(Map.of("maxActiveRuns", 1));
    workUntil(first, "serviceTask_loadData");
    ProcessInstance second = start(Map.of("maxActiveRuns", 1));
    work(second);
    assertThat(second).isWaitingAt("event_slotGranted");

    work(first);
    work(second);

    assertThat(second).isEnded().hasPassed("endEvent_modelReady");
  }

  @Test
  void reportsACancelledRunAsFailed() {
    ProcessInstance run = start(Map.of());
    workUntil(run, "serviceTask_loadData");
    STATUS.heard();

    runtime.deleteProcessInstance(run.getId(), "no longer wanted");
    ProcessInstance report =
        runtime.createProcessInstanceQuery().processDefinitionKey("cancelled-run").singleResult();
    work(report);

    assertThat(STATUS.heard())
        .singleElement()
        .asString()
        .contains("\"status\":\"failed\"", PIPELINE, run.getBusinessKey());
    assertThat(row(run)).containsEntry("outcome", "cancelled");
  }

  @Test
  void readsTheDataSetOfItsDay() throws Exception {
    Files.copy(data.resolve("advertising.csv"), data.resolve("spend-2026-11-01.csv"));

    ProcessInstance run =
        start(Map.of("dataset", "spend-{logicalDate}.csv", "logicalDate", "2026-11-01"));
    work(run);

    assertThat(run).isEnded().hasPassed("endEvent_modelReady");
    assertThat(mails().get(0)).contains("spend-2026-11-01.csv");
  }

  private void assertFailed(ProcessInstance run, String code, String... message) throws Exception {
    assertThat(run).isEnded().hasPassed("endEvent_runFailed").hasNotPassed("endEvent_modelReady");
    assertThat(variable(run, "failureCode")).isEqualTo(code);
    assertThat((String) variable(run, "failureMessage")).contains(message);
    assertThat(STATUS.heard()).last().asString().contains("\"status\":\"failed\"");
    assertThat(MAIL.getReceivedMessages()).hasSize(1);
    assertThat(mails().get(0)).contains(code);
    assertThat(row(run)).containsEntry("outcome", "failed").containsEntry("failure_code", code);
  }

  private ProcessInstance start(Map<String, Object> parameters) {
    return runtime.startProcessInstanceByKey(PIPELINE, new HashMap<>(parameters));
  }
}
