package org.bpmnmlops.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.Date;
import org.bpmnmlops.MlopsTest;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A process that starts by {@code ${schedule.daily}}, across restarts and pauses. */
@MlopsTest
class SchedulesTest {

  private static final String TIMED = "timed";
  private static final Instant NOON = Instant.parse("2031-05-05T12:00:00Z");
  private static final Instant MIDNIGHT = Instant.parse("2031-05-06T00:00:00Z");

  @Autowired private RepositoryService repository;
  @Autowired private ManagementService management;
  @Autowired private HistoryService history;
  @Autowired private ScheduleRefresh refresh;
  @Autowired private JdbcClient jdbc;

  @BeforeEach
  void deployAtNoon() {
    ClockUtil.setCurrentTime(Date.from(NOON));
    deploy("first");
  }

  @AfterEach
  void erase() {
    ClockUtil.reset();
    repository
        .createDeploymentQuery()
        .deploymentName(TIMED)
        .list()
        .forEach(deployment -> repository.deleteDeployment(deployment.getId(), true, true));
  }

  @Test
  void isDueByTheScheduleTheModelNames() {
    assertThat(due()).isEqualTo(MIDNIGHT);
  }

  @Test
  void takesAChangedScheduleAtTheNextStart() {
    // As a schedule of an earlier start would have left it.
    setDue(Instant.parse("2031-05-05T18:00:00Z"));

    refresh.refresh();

    assertThat(due()).isEqualTo(MIDNIGHT);
  }

  @Test
  void keepsARunThatWasMissedAndStartsItOnce() {
    Instant tenDaysLater = Instant.parse("2031-05-15T12:00:00Z");
    ClockUtil.setCurrentTime(Date.from(tenDaysLater));

    refresh.refresh();

    assertThat(due()).isEqualTo(MIDNIGHT);
    management.executeJob(timer().getId());
    assertThat(history.createHistoricProcessInstanceQuery().processDefinitionKey(TIMED).count())
        .isEqualTo(1);
    assertThat(due()).isEqualTo("2031-05-16T00:00:00Z");
  }

  @Test
  void leavesATimerAloneThatIsAboutToFire() {
    ClockUtil.setCurrentTime(Date.from(MIDNIGHT.minusMillis(1)));
    setDue(MIDNIGHT.plusSeconds(1));

    refresh.refresh();

    assertThat(due()).isEqualTo(MIDNIGHT.plusSeconds(1));
  }

  @Test
  void staysPausedInANewVersionUntilSomebodyResumesIt() {
    repository.suspendProcessDefinitionByKey(TIMED);

    deploy("second");

    assertThat(latest().getVersion()).isEqualTo(2);
    assertThat(latest().isSuspended()).isTrue();
    assertThat(timer().isSuspended()).isTrue();

    repository.activateProcessDefinitionByKey(TIMED);

    assertThat(latest().isSuspended()).isFalse();
    assertThat(timer().isSuspended()).isFalse();
    management.executeJob(timer().getId());
    assertThat(
            history
                .createHistoricProcessInstanceQuery()
                .processDefinitionId(latest().getId())
                .count())
        .isEqualTo(1);
  }

  @Test
  void isNotPausedInANewVersionOfAProcessThatWasNot() {
    deploy("second");

    assertThat(latest().isSuspended()).isFalse();
    assertThat(timer().isSuspended()).isFalse();
  }

  private void deploy(String version) {
    BpmnModelInstance model =
        Bpmn.createExecutableProcess(TIMED)
            .name(version)
            .camundaHistoryTimeToLiveString("P1D")
            .startEvent("startEvent_daily")
            .timerWithCycle("${schedule.daily}")
            .camundaAsyncAfter()
            .endEvent()
            .camundaAsyncBefore()
            .done();
    repository.createDeployment().name(TIMED).addModelInstance("timed.bpmn", model).deploy();
  }

  private org.camunda.bpm.engine.repository.ProcessDefinition latest() {
    return repository
        .createProcessDefinitionQuery()
        .processDefinitionKey(TIMED)
        .latestVersion()
        .singleResult();
  }

  private Job timer() {
    return management.createJobQuery().processDefinitionKey(TIMED).timers().singleResult();
  }

  private Instant due() {
    return timer().getDuedate().toInstant();
  }

  private void setDue(Instant due) {
    jdbc.sql("UPDATE ACT_RU_JOB SET DUEDATE_ = :due WHERE ID_ = :id")
        .param("due", Timestamp.from(due))
        .param("id", timer().getId())
        .update();
  }
}
