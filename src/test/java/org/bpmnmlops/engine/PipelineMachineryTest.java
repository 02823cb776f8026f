package org.bpmnmlops.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.bpmnmlops.MlopsTest;
import org.bpmnmlops.Server;
import org.bpmnmlops.process.RecordedParameters;
import org.camunda.bpm.engine.BadUserRequestException;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.history.HistoricActivityInstance;
import org.camunda.bpm.engine.history.HistoricVariableInstance;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What every pipeline gets without a line of Java, seen on one that is drawn in memory. */
@MlopsTest
class PipelineMachineryTest {

  private static final String WEATHER = "weather-pipeline";

  @Autowired private RuntimeService runtime;
  @Autowired private Server server;
  @Autowired private RepositoryService repository;
  @Autowired private ManagementService management;
  @Autowired private HistoryService history;
  @Autowired private JdbcClient jdbc;

  private DrawnPipeline pipeline;

  @BeforeEach
  void draw() {
    pipeline =
        new DrawnPipeline(
            repository, jdbc, WEATHER, Map.of("city", "Kassel", "maxActiveRuns", "2"));
  }

  @AfterEach
  void erase() {
    pipeline.erase();
  }

  @Test
  void recordsEveryParameterTypedWhateverWayTheRunStarts() {
    String run = start(Map.of("misses", "0"));

    assertThat(RecordedParameters.with(variables(run)))
        .containsEntry("city", "Kassel")
        .containsEntry("misses", 0L)
        .containsEntry("maxActiveRuns", 2L)
        .containsEntry("retryDelay", "PT5M");
  }

  @Test
  void onlyParametersThatSomebodyGaveOrTheModelMentionsAreVariablesOfTheirOwn() {
    String run = start(Map.of("misses", "0"));

    assertThat(variables(run))
        .containsOnlyKeys("misses", "maxAttempts", "retryDelay", "logicalDate", "parameters");
  }

  @Test
  void aVariableSetWhileTheRunGoesOnWinsOverWhatWasRecorded() {
    String run = start(Map.of());
    runtime.setVariable(run, "city", "Ulm");

    work();

    assertThat(variable(run, "weather")).isEqualTo("sunny in Ulm");
  }

  @Test
  void whatTheRecordCannotHoldIsAVariableOfItsOwn() {
    pipeline.erase();
    pipeline = new DrawnPipeline(repository, jdbc, WEATHER, Map.of("city", "K".repeat(3990)));

    String run = start(Map.of());

    assertThat(variables(run)).containsEntry("city", "K".repeat(3990));
    assertThat(RecordedParameters.with(variables(run)))
        .containsEntry("misses", 0L)
        .containsEntry("maxActiveRuns", 16L);
  }

  @Test
  void aStartCannotSetTheRecord() {
    String run = start(Map.of("parameters", "{\"city\":\"Ulm\"}"));

    assertThat(RecordedParameters.with(variables(run))).containsEntry("city", "Kassel");
  }

  @Test
  void runsAStepThatNobodyToldTheEngineAbout() {
    String run = start(Map.of("city", "Ulm"));

    work();

    assertThat(variable(run, "weather")).isEqualTo("sunny in Ulm");
    assertThat(row(run)).containsEntry("state", "ended").containsEntry("outcome", "success");
    assertThat(row(run).get("warnings")).isNull();
  }

  @Test
  void namesEveryParameterThatCannotBeUsedInOneAnswer() {
    Map<String, Object> wrong = Map.of("misses", "many", "retryDelay", "soon");

    assertThatThrownBy(() -> start(wrong))
        .isInstanceOf(BadUserRequestException.class)
        .hasMessageContaining("Parameter 'misses' is 'many'; expected a whole number from 0 to 9")
        .hasMessageContaining("Parameter 'retryDelay' is 'soon'; expected a duration such as PT5M");
    assertThat(count()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "value": "{}", "type": "Object", "valueInfo": {"serializationDataFormat": "application/json", "objectTypeName": "java.util.HashMap"} | Object
          "value": "bWFueQ==", "type": "Bytes" | Bytes
          "value": "bWFueQ==", "type": "File", "valueInfo": {"filename": "x"} | File
          """)
  void refusesAnObjectOrAFileAsAParameter(String value, String type) {
    var answer =
        server
            .admin()
            .post(
                "/engine-rest/process-definition/key/%s/start".formatted(WEATHER),
                "{\"variables\": {\"misses\": {%s}}}".formatted(value));

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body())
        .containsIgnoringCase("'misses' is of type " + type)
        .contains("; expected ");
  }

  @ParameterizedTest
  @CsvSource({
    "retryDelay, P400D, 'expected a duration such as PT5M, at most P366D'",
    "logicalDate, +999999-01-01, expected a date such as 2026-11-22"
  })
  void refusesATimeThatNoDatabaseHolds(String parameter, String value, String expected) {
    assertThatThrownBy(() -> start(Map.of(parameter, value)))
        .hasMessageContaining("Parameter '%s' is '%s'; %s".formatted(parameter, value, expected));
  }

  @Test
  void writesADurationAsTheEnginesTimersReadIt() {
    assertThat(variable(start(Map.of("retryDelay", "pt5m")), "retryDelay")).isEqualTo("PT5M");
  }

  @Test
  void doesNotRunWithTheDefaultWhenAParameterIsMisspelled() {
    assertThatThrownBy(() -> start(Map.of("retrydelay", "PT1M")))
        .hasMessageContaining("There is no parameter 'retrydelay'; did you mean 'retryDelay'?");
  }

  @Test
  void waitsAndTriesAgainAndForgetsTheFaultWhenTheStepSucceeds() {
    String run = start(Map.of("misses", 1));
    work();

    assertThat(variable(run, "fault_fetchWeather")).isEqualTo("no weather at attempt 1");

    fireTimer();
    work();

    assertThat(variable(run, "attempts_fetchWeather")).isEqualTo(2L);
    assertThat(row(run)).containsEntry("outcome", "success");
    assertThat(row(run).get("warnings")).isNull();
  }

  @Test
  void failsWithTheReasonTheDiagramStatesWhenNoAttemptIsLeft() {
    String run = start(Map.of("misses", 9));
    work();
    fireTimer();
    work();

    assertThat(visited(run)).contains("event_noWeather", "endEvent_failed");
    assertThat(row(run))
        .containsEntry("outcome", "failed")
        .containsEntry("failure_code", "NO_WEATHER")
        .containsEntry("failure_message", "No weather: no weather at attempt 2");
  }

  @Test
  void countsFromOneAgainWhenAnOperatorContinuesFromTheStep() {
    String run = start(Map.of("misses", 9));
    work();
    assertThat(variable(run, "attempts_fetchWeather")).isEqualTo(1L);
    fireTimer();

    runtime
        .createProcessInstanceModification(run)
        .cancelAllForActivity("serviceTask_fetchWeather")
        .startBeforeActivity("serviceTask_fetchWeather")
        .execute();
    runtime.setVariable(run, "misses", 0L);
    work();

    assertThat(row(run)).containsEntry("outcome", "success");
  }

  @Test
  void letsRunsBeyondTheLimitWaitInOrderOfArrival() {
    List<String> runs =
        IntStream.range(0, 5).mapToObj(i -> start(Map.of("city", "City " + i))).toList();
    List<Job> admissions =
        new ArrayList<>(management.createJobQuery().processDefinitionKey(WEATHER).list());
    for (int i = admissions.size() - 1; i >= 0; i--) {
      management.executeJob(admissions.get(i).getId());
    }
    due("serviceTask_admitRun").stream()
        .sorted((a, b) -> b.getProcessInstanceId().compareTo(a.getProcessInstanceId()))
        .forEach(job -> management.executeJob(job.getId()));

    assertThat(states(runs)).containsExactly("active", "active", "queued", "queued", "queued");
    assertThat(visited(runs.get(2))).contains("event_slotGranted");

    finish(runs.get(1));
    assertThat(states(runs)).containsExactly("active", "ended", "active", "queued", "queued");

    runtime.deleteProcessInstance(runs.get(0), "not needed");
    assertThat(states(runs)).containsExactly("ended", "ended", "active", "active", "queued");
    assertThat(row(runs.get(0))).containsEntry("outcome", "cancelled");

    work();
    assertThat(states(runs)).containsOnly("ended");
  }

  @Test
  void letsOtherRunsPassABackfill() {
    String first = start(Map.of());
    String second = start(Map.of());
    work("startEvent_onRequest", "serviceTask_admitRun");
    String backfill = runtime.startProcessInstanceByKey(WEATHER, "backfill__2026-01-01").getId();
    String later = start(Map.of());
    work("startEvent_onRequest", "serviceTask_admitRun");

    finish(first);

    assertThat(states(List.of(second, backfill, later)))
        .containsExactly("active", "queued", "active");
  }

  @ParameterizedTest
  @ValueSource(strings = {"event_slotGranted", "serviceTask_fetchWeather", "endEvent_done"})
  void startsNoRunInTheMiddle(String activity) {
    var answer =
        server
            .admin()
            .post(
                "/engine-rest/process-definition/key/%s/start".formatted(WEATHER),
                "{\"startInstructions\": [{\"type\": \"startBeforeActivity\", \"activityId\": \"%s\"}]}"
                    .formatted(activity));

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("A run of a pipeline begins at its start event");
    assertThat(count()).isZero();
  }

  @Test
  void restartsAFailedRunFromAStepWithWhatItHadByThen() {
    String failed =
        start(Map.of("misses", 1, "maxAttempts", 1, "city", "Ulm", "logicalDate", "2026-02-01"));
    work();
    assertThat(row(failed)).containsEntry("outcome", "failed");

    String restarted = restart(failed, "event_wait");
    fireTimer();
    work();

    assertThat(variable(restarted, "city")).isEqualTo("Ulm");
    assertThat(variable(restarted, "restartedFrom")).isEqualTo(failed);
    assertThat(variable(restarted, "attempts_fetchWeather")).isEqualTo(2L);
    assertThat(visited(restarted)).doesNotContain("serviceTask_admitRun");
    assertThat(row(restarted)).containsEntry("outcome", "success");
    assertThat(row(restarted).get("failure_code")).isNull();
    assertThat(row(restarted).get("admitted_at")).isNotNull();
    assertThat(row(restarted)).containsEntry("logical_date", "2026-02-01");
  }

  @Test
  void keepsWhatEarlierStepsSetWhenARunIsRestartedBehindThem() {
    String ended = start(Map.of("city", "Ulm"));
    work();

    String restarted = restart(ended, "endEvent_failed");

    assertThat(variable(restarted, "weather")).isEqualTo("sunny in Ulm");
  }

  @Test
  void countsNoRestartAsASuccessThatBeganAtItsEnd() {
    String ended = start(Map.of());
    work();

    String restarted = restart(ended, "endEvent_done");
    work();

    assertThat(row(restarted)).containsEntry("outcome", "cancelled");
  }

  @Test
  void restartsNothingWhileNoSlotIsFree() {
    String ended = start(Map.of());
    work();
    start(Map.of());
    start(Map.of());
    work("startEvent_onRequest", "serviceTask_admitRun");

    var answer = restartOverRest(ended, "serviceTask_fetchWeather");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("No slot is free for a restart");
  }

  @Test
  void movesNoRunThatHasASlotToWhereItWouldWaitForOne() {
    String run = start(Map.of());
    work("startEvent_onRequest", "serviceTask_admitRun");

    var answer =
        server
            .admin()
            .post(
                "/engine-rest/process-instance/%s/modification".formatted(run),
                """
                {"instructions": [
                  {"type": "cancel", "activityId": "serviceTask_fetchWeather",
                   "cancelCurrentActiveActivityInstances": true},
                  {"type": "startBeforeActivity", "activityId": "event_slotGranted"}]}
                """);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("The run has its slot already");
    work();
    assertThat(row(run)).containsEntry("outcome", "success");
  }

  @Test
  void givesARunThatIsMovedPastTheQueueASlot() {
    List<String> runs = IntStream.range(0, 3).mapToObj(i -> start(Map.of())).toList();
    work("startEvent_onRequest", "serviceTask_admitRun");
    assertThat(states(runs)).containsExactly("active", "active", "queued");

    runtime
        .createProcessInstanceModification(runs.get(2))
        .cancelAllForActivity("event_slotGranted")
        .startBeforeActivity("serviceTask_fetchWeather")
        .execute();

    assertThat(states(runs)).containsOnly("active");
    work();
    assertThat(runs).allMatch(run -> "success".equals(row(run).get("outcome")));
  }

  @Test
  void countsNoRunAsASuccessThatWasNeverAdmitted() {
    String run = start(Map.of());
    String job = management.createJobQuery().processInstanceId(run).singleResult().getId();

    runtime
        .createProcessInstanceModification(run)
        .startBeforeActivity("endEvent_done")
        .cancelTransitionInstance(
            runtime.getActivityInstance(run).getChildTransitionInstances()[0].getId())
        .execute();
    work();

    assertThat(management.createJobQuery().jobId(job).count()).isZero();
    assertThat(row(run)).containsEntry("outcome", "cancelled");
  }

  @Test
  void letsARunEndAlthoughTheNextInTheQueueIsGoneFromWhereItWaits() {
    List<String> runs = IntStream.range(0, 3).mapToObj(i -> start(Map.of())).toList();
    work("startEvent_onRequest", "serviceTask_admitRun");
    jdbc.sql("DELETE FROM ACT_RU_EVENT_SUBSCR WHERE PROC_INST_ID_ = :run")
        .param("run", runs.get(2))
        .update();

    finish(runs.get(0));

    assertThat(states(runs)).containsExactly("ended", "active", "active");
  }

  private long count() {
    return jdbc.sql("SELECT COUNT(*) FROM mlops_run WHERE pipeline = :pipeline")
        .param("pipeline", WEATHER)
        .query(Long.class)
        .single();
  }

  private String restart(String ended, String activity) {
    assertThat(restartOverRest(ended, activity).statusCode()).isEqualTo(204);
    return jdbc.sql(
            "SELECT id FROM mlops_run WHERE pipeline = :pipeline"
                + " ORDER BY place DESC FETCH FIRST 1 ROW ONLY")
        .param("pipeline", WEATHER)
        .query(String.class)
        .single();
  }

  private HttpResponse<String> restartOverRest(String ended, String activity) {
    return server
        .admin()
        .post(
            "/engine-rest/process-definition/%s/restart"
                .formatted(
                    history
                        .createHistoricProcessInstanceQuery()
                        .processInstanceId(ended)
                        .singleResult()
                        .getProcessDefinitionId()),
            """
            {"processInstanceIds": ["%s"],
             "instructions": [{"type": "startBeforeActivity", "activityId": "%s"}]}
            """
                .formatted(ended, activity));
  }

  @Test
  void takesFromAStartNothingThatOnlyAStepMaySet() {
    String run = start(Map.of("weather", "rain", "failureCode", "MADE_UP"));
    work();

    assertThat(variable(run, "weather")).isEqualTo("sunny in Kassel");
    assertThat(row(run)).containsEntry("outcome", "success");
  }

  @Test
  void takesFromAStartNothingThatTheRunCountsOrRemembersByItself() {
    String run =
        start(
            Map.of(
                "misses",
                1,
                "fault_other",
                "made up",
                "attempts_fetchWeather",
                7,
                "again_fetchWeather",
                true,
                "restartedFrom",
                "nowhere"));
    work();

    assertThat(variables(run))
        .containsEntry("attempts_fetchWeather", 1L)
        .doesNotContainKey("restartedFrom");
    fireTimer();
    work();
    assertThat(row(run)).containsEntry("outcome", "success");
    assertThat(row(run).get("warnings")).isNull();
  }

  @Test
  void cancelsARunWhateverItsVariablesHold() {
    String run = start(Map.of());
    runtime.setVariable(run, "failureCode", "F".repeat(300));
    runtime.setVariable(run, "failureMessage", 5);
    runtime.setVariable(run, "accuracy", "x");
    runtime.setVariable(run, "logicalDate", "some day");

    runtime.deleteProcessInstance(run, "not needed");

    assertThat(row(run)).containsEntry("outcome", "cancelled").containsEntry("accuracy", null);
  }

  @Test
  void letsADeploymentGoWithItsRuns() {
    String run = start(Map.of());

    pipeline.delete();
    draw();

    assertThat(row(run)).containsEntry("outcome", "cancelled");
  }

  @Test
  void neverForgetsARunWhenItsHistoryIsDeleted() {
    String run = start(Map.of());
    work();

    history.deleteHistoricProcessInstance(run);

    assertThat(row(run)).containsEntry("outcome", "success");
  }

  private String start(Map<String, Object> variables) {
    ProcessInstance run = runtime.startProcessInstanceByKey(WEATHER, variables);
    return run.getId();
  }

  /** Executes jobs until none is left, timers aside; of these activities only, if any are named. */
  private void work(String... activities) {
    for (List<Job> jobs = due(activities); !jobs.isEmpty(); jobs = due(activities)) {
      management.executeJob(jobs.get(0).getId());
    }
  }

  private List<Job> due(String... activities) {
    List<Job> jobs = management.createJobQuery().processDefinitionKey(WEATHER).messages().list();
    if (activities.length == 0) {
      return jobs;
    }
    return jobs.stream()
        .filter(
            job ->
                List.of(activities)
                    .contains(
                        management
                            .createJobDefinitionQuery()
                            .jobDefinitionId(job.getJobDefinitionId())
                            .singleResult()
                            .getActivityId()))
        .toList();
  }

  private void finish(String run) {
    for (Job job = next(run); job != null; job = next(run)) {
      management.executeJob(job.getId());
    }
  }

  private Job next(String run) {
    return management.createJobQuery().processInstanceId(run).list().stream()
        .findFirst()
        .orElse(null);
  }

  private void fireTimer() {
    Job timer = management.createJobQuery().processDefinitionKey(WEATHER).timers().singleResult();
    management.executeJob(timer.getId());
  }

  private Map<String, Object> variables(String run) {
    return history.createHistoricVariableInstanceQuery().processInstanceId(run).list().stream()
        .collect(
            Collectors.toMap(
                HistoricVariableInstance::getName, HistoricVariableInstance::getValue));
  }

  private Object variable(String run, String name) {
    HistoricVariableInstance variable =
        history
            .createHistoricVariableInstanceQuery()
            .processInstanceId(run)
            .variableName(name)
            .singleResult();
    return variable == null ? null : variable.getValue();
  }

  private List<String> visited(String run) {
    return history.createHistoricActivityInstanceQuery().processInstanceId(run).list().stream()
        .map(HistoricActivityInstance::getActivityId)
        .toList();
  }

  private List<String> states(List<String> runs) {
    return runs.stream().map(run -> (String) row(run).get("state")).toList();
  }

  private Map<String, Object> row(String run) {
    return jdbc.sql("SELECT * FROM mlops_run WHERE id = :id").param("id", run).query().singleRow();
  }
}
