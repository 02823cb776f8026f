package org.bpmnmlops.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.bpmnmlops.MlopsTest;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.history.HistoricActivityInstance;
import org.camunda.bpm.engine.history.HistoricVariableInstance;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What stays of a run, and for how long. */
@MlopsTest
class RunHistoryTest {

  private static final String PROCESS = "remembered";

  @Autowired private RuntimeService runtime;
  @Autowired private RepositoryService repository;
  @Autowired private ManagementService management;
  @Autowired private HistoryService history;
  @Autowired private JdbcClient jdbc;

  private String deployment;

  @BeforeEach
  void draw() {
    deployment =
        repository
            .createDeployment()
            .addModelInstance(
                PROCESS + ".bpmn",
                Bpmn.createExecutableProcess(PROCESS)
                    .camundaHistoryTimeToLiveString("P90D")
                    .startEvent()
                    .camundaAsyncAfter()
                    .serviceTask("serviceTask_double")
                    .camundaExpression("${number * 2}")
                    .camundaResultVariable("doubled")
                    .camundaAsyncBefore()
                    .endEvent("endEvent_done")
                    .camundaAsyncBefore()
                    .done())
            .deploy()
            .getId();
  }

  @AfterEach
  void erase() {
    ClockUtil.reset();
    repository.deleteDeployment(deployment, true, true);
  }

  @Test
  void keepsStepsAndVariablesOfARunThatWentWellAndNothingAboutItsJobs() {
    String run = runToItsEnd();

    assertThat(history.createHistoricActivityInstanceQuery().processInstanceId(run).list())
        .extracting(HistoricActivityInstance::getActivityId)
        .contains("serviceTask_double", "endEvent_done");
    assertThat(history.createHistoricVariableInstanceQuery().processInstanceId(run).list())
        .extracting(HistoricVariableInstance::getName, HistoricVariableInstance::getValue)
        .containsExactlyInAnyOrder(tuple("number", 21L), tuple("doubled", 42L));
    assertThat(history.createHistoricJobLogQuery().processInstanceId(run).count()).isZero();
    assertThat(history.createHistoricDetailQuery().processInstanceId(run).count()).isZero();
  }

  @Test
  void keepsEveryFailedAttemptWithItsStackTrace() {
    String run = runtime.startProcessInstanceByKey(PROCESS).getProcessInstanceId();
    management.executeJob(job(run).getId());

    String failing = job(run).getId();
    assertThatThrownBy(() -> management.executeJob(failing)).hasMessageContaining("number");

    var failure =
        history.createHistoricJobLogQuery().processInstanceId(run).failureLog().singleResult();
    assertThat(failure.getFailedActivityId()).isEqualTo("serviceTask_double");
    assertThat(history.getHistoricJobLogExceptionStacktrace(failure.getId())).contains("number");
  }

  @Test
  void forgetsARunWhenItsTimeToLiveHasPassedSinceItsEnd() {
    String run = runToItsEnd();

    ClockUtil.offset(Duration.ofDays(89).toMillis());
    cleanUp();
    assertThat(rowsOf(run)).isPositive();

    ClockUtil.offset(Duration.ofDays(91).toMillis());
    cleanUp();
    assertThat(rowsOf(run)).isZero();
  }

  /** Else every row of the run is updated once more when the run ends. */
  @Test
  void writesNoDayOfRemovalIntoTheRowsOfARun() {
    String run = runToItsEnd();

    assertThat(
            history
                .createHistoricProcessInstanceQuery()
                .processInstanceId(run)
                .singleResult()
                .getRemovalTime())
        .isNull();
  }

  private String runToItsEnd() {
    String run =
        runtime.startProcessInstanceByKey(PROCESS, Map.of("number", 21L)).getProcessInstanceId();
    for (Job job = job(run); job != null; job = job(run)) {
      management.executeJob(job.getId());
    }
    return run;
  }

  private Job job(String run) {
    return management.createJobQuery().processInstanceId(run).singleResult();
  }

  private void cleanUp() {
    history.cleanUpHistoryAsync(true);
    List<Job> jobs = history.findHistoryCleanupJobs();
    assertThat(jobs).isNotEmpty();
    jobs.forEach(job -> management.executeJob(job.getId()));
  }

  private long rowsOf(String run) {
    return List.of("ACT_HI_PROCINST", "ACT_HI_ACTINST", "ACT_HI_VARINST").stream()
        .mapToLong(
            table ->
                jdbc.sql("SELECT COUNT(*) FROM %s WHERE PROC_INST_ID_ = :run".formatted(table))
                    .param("run", run)
                    .query(Long.class)
                    .single())
        .sum();
  }
}
