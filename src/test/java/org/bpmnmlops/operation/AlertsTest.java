package org.bpmnmlops.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.bpmnmlops.MlopsTest;
import org.bpmnmlops.Troubles;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What starts the process "incident-alert", seen on a process whose only step always fails. */
@MlopsTest
class AlertsTest {

  private static final Instant NOW = Instant.parse("2031-05-05T12:00:00Z");

  @Autowired private RuntimeService runtime;
  @Autowired private RepositoryService repository;
  @Autowired private ManagementService management;
  @Autowired private Watchdog watchdog;
  @Autowired private JdbcClient jdbc;

  private final List<String> deployed = new ArrayList<>();

  @BeforeEach
  void draw() {
    ClockUtil.setCurrentTime(Date.from(NOW));
    // Tests that share the engine may have left alerts about steps they let fail.
    alerts().forEach(alert -> runtime.deleteProcessInstance(alert.getId(), "another test's"));
    deployed.add(
        repository
            .createDeployment()
            .addModelInstance("broken.bpmn", broken("broken"))
            .addModelInstance("caller.bpmn", caller())
            .addModelInstance("alert.bpmn", process(Alerts.PROCESS).endEvent().done())
            .deploy()
            .getId());
  }

  @AfterEach
  void erase() {
    ClockUtil.reset();
    deployed.forEach(deployment -> repository.deleteDeployment(deployment, true, true));
    jdbc.sql("DELETE FROM mlops_alert WHERE subject <> '*'").update();
  }

  @Test
  void tellsWhatFailedWhyAndWhatToDoWhenNoRetryIsLeft() {
    String run = start("broken");
    fail(run);
    assertThat(alerts()).isEmpty();

    fail(run);

    assertThat(alerts()).hasSize(1);
    Troubles.assertTold(
        "A run waits with an incident", (String) variables(alerts().get(0)).get("alertSubject"));
    assertThat(variables(alerts().get(0)))
        .containsEntry("alertSubject", "broken: step \"Break\" failed and waits for help")
        .hasEntrySatisfying(
            "alertText",
            text ->
                assertThat((String) text)
                    .startsWith("There is no schedule 'nothing'; expected one of [daily, ")
                    .endsWith("Set mlops.schedule.nothing"))
        .containsEntry("alertPipeline", "broken")
        .containsEntry("alertStep", "Break")
        .containsEntry("alertRun", run)
        .hasEntrySatisfying(
            "alertAdvice",
            advice ->
                assertThat((String) advice)
                    .contains("Retry on the run's page", "'retry RUN'", "parameter", "Cockpit"));
  }

  @Test
  void sendsOneAlertPerStepAndHour() {
    failTwice(start("broken"));
    failTwice(start("broken"));
    assertThat(alerts()).hasSize(1);

    ClockUtil.setCurrentTime(Date.from(NOW.plus(Duration.ofMinutes(61))));
    failTwice(start("broken"));

    assertThat(alerts()).hasSize(2);
  }

  @Test
  void sendsOneAlertForTheRootOfIncidentsThatCallersInherit() {
    String caller = start("caller");
    execute(job(caller));
    ProcessInstance called =
        runtime.createProcessInstanceQuery().superProcessInstanceId(caller).singleResult();

    failTwice(called.getId());

    assertThat(runtime.createIncidentQuery().count()).isEqualTo(2);
    assertThat(alerts()).hasSize(1);
    assertThat(variables(alerts().get(0))).containsEntry("alertPipeline", "broken");
  }

  @Test
  void raisesNoneAboutItsOwnProcess() {
    deployed.add(
        repository
            .createDeployment()
            .addModelInstance("alert.bpmn", broken(Alerts.PROCESS))
            .deploy()
            .getId());

    failTwice(start(Alerts.PROCESS));

    assertThat(runtime.createIncidentQuery().count()).isEqualTo(1);
    assertThat(alerts()).hasSize(1);
  }

  @Test
  void keepsTheIncidentWhenAlertsArePaused() {
    repository.suspendProcessDefinitionByKey(Alerts.PROCESS);

    failTwice(start("broken"));

    assertThat(runtime.createIncidentQuery().count()).isEqualTo(1);
    assertThat(alerts()).isEmpty();
  }

  @Test
  void tellsOfAStepThatRunsLongerThanItsLimit() {
    String run = start("broken");
    running(run, Duration.ofMinutes(9));
    watchdog.check();
    assertThat(alertsAbout("broken")).isEmpty();

    running(run, Duration.ofMinutes(11));
    watchdog.check();
    watchdog.check();

    assertThat(alertsAbout("broken")).hasSize(1);
    assertThat(variables(alertsAbout("broken").get(0)))
        .containsEntry("alertSubject", "broken: step \"Break\" takes long")
        .containsEntry(
            "alertText",
            "The step has been running for 11 min; 10 min is the limit (parameter longStep)")
        .containsEntry("alertRun", run);
  }

  @Test
  void takesTheLimitOfTheRunForALongStep() {
    String run = start("broken");
    runtime.setVariable(run, "longStep", "PT1H");
    running(run, Duration.ofMinutes(59));
    watchdog.check();
    assertThat(alertsAbout("broken")).isEmpty();

    runtime.setVariable(run, "longStep", "an hour");
    watchdog.check();

    assertThat(alertsAbout("broken")).hasSize(1);
  }

  @Test
  void tellsOfAStartThatIsLateButNotOfAPausedOne() {
    deployed.add(
        repository.createDeployment().addModelInstance("late.bpmn", timed()).deploy().getId());
    // Nobody fires the timer of midnight: the job executor is off in tests.
    ClockUtil.setCurrentTime(Date.from(Instant.parse("2031-05-06T00:04:00Z")));
    watchdog.check();
    assertThat(alertsAbout("late")).isEmpty();

    ClockUtil.setCurrentTime(Date.from(Instant.parse("2031-05-06T00:06:00Z")));
    repository.suspendProcessDefinitionByKey("late");
    watchdog.check();
    assertThat(alertsAbout("late")).isEmpty();

    repository.activateProcessDefinitionByKey("late");
    watchdog.check();

    assertThat(alertsAbout("late")).hasSize(1);
    Troubles.assertTold(
        "A scheduled run does not start",
        (String) variables(alertsAbout("late").get(0)).get("alertSubject"));
    assertThat(variables(alertsAbout("late").get(0)))
        .containsEntry("alertSubject", "late: the start \"Every midnight\" did not come")
        .containsEntry("alertText", "The start due at 2031-05-06T00:00:00Z has not come")
        .containsEntry("alertRun", null);
  }

  private static org.camunda.bpm.model.bpmn.builder.StartEventBuilder process(String key) {
    return Bpmn.createExecutableProcess(key)
        .camundaHistoryTimeToLiveString("P1D")
        .startEvent()
        .camundaAsyncAfter();
  }

  private static BpmnModelInstance broken(String key) {
    return Bpmn.createExecutableProcess(key)
        .camundaHistoryTimeToLiveString("P1D")
        .startEvent()
        .serviceTask("serviceTask_break")
        .name("Break")
        .camundaExpression("${schedule.nothing}")
        .camundaAsyncBefore()
        .endEvent()
        .camundaAsyncBefore()
        .done();
  }

  private static BpmnModelInstance caller() {
    return process("caller")
        .callActivity("callActivity_call")
        .calledElement("broken")
        .camundaAsyncAfter()
        .endEvent()
        .camundaAsyncBefore()
        .done();
  }

  private static BpmnModelInstance timed() {
    return process("late")
        .name("Every midnight")
        .timerWithCycle("${schedule.daily}")
        .endEvent()
        .done();
  }

  private String start(String process) {
    return runtime.startProcessInstanceByKey(process).getId();
  }

  private Job job(String run) {
    return management.createJobQuery().processInstanceId(run).singleResult();
  }

  private void execute(Job job) {
    management.executeJob(job.getId());
  }

  private void fail(String run) {
    assertThat(catchThrowable(() -> execute(job(run)))).isNotNull();
  }

  private void failTwice(String run) {
    fail(run);
    fail(run);
  }

  /** As if the job executor had taken the run's job this long ago. */
  private void running(String run, Duration since) {
    long lock = 300_000; // of the engine's own job executor, which stands in where ours is off
    jdbc.sql(
            "UPDATE ACT_RU_JOB SET LOCK_OWNER_ = 'node', LOCK_EXP_TIME_ = :until"
                + " WHERE PROCESS_INSTANCE_ID_ = :run")
        .param("until", Timestamp.from(NOW.minus(since).plusMillis(lock)))
        .param("run", run)
        .update();
  }

  private List<ProcessInstance> alerts() {
    return runtime.createProcessInstanceQuery().processDefinitionKey(Alerts.PROCESS).list();
  }

  /** The application's own timers may be late too by the clock this test sets. */
  private List<ProcessInstance> alertsAbout(String pipeline) {
    return alerts().stream()
        .filter(alert -> pipeline.equals(runtime.getVariable(alert.getId(), "alertPipeline")))
        .toList();
  }

  private Map<String, Object> variables(ProcessInstance alert) {
    return runtime.getVariables(alert.getId());
  }
}
