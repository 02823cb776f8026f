package org.bpmnmlops.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.util.Map;
import org.bpmnmlops.MlopsTest;
import org.bpmnmlops.artifact.Home;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/** A drawn process in the whole application: it reports to its own server and sends its mail. */
@MlopsTest
class ReportAndMailTest {

  private static final String MODEL =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
          xmlns:camunda="http://camunda.org/schema/1.0/bpmn" targetNamespace="test">
        <bpmn:process id="report-and-mail" isExecutable="true" camunda:historyTimeToLive="P1D">
          <bpmn:startEvent id="start" camunda:asyncAfter="true"/>
          <bpmn:sequenceFlow id="f1" sourceRef="start" targetRef="serviceTask_callStatusApi"/>
          <bpmn:serviceTask id="serviceTask_callStatusApi" camunda:asyncBefore="true">
            <bpmn:extensionElements>
              <camunda:connector>
                <camunda:inputOutput>
                  <camunda:inputParameter name="url">${statusApi.url()}</camunda:inputParameter>
                  <camunda:inputParameter name="method">POST</camunda:inputParameter>
                  <camunda:inputParameter name="headers">${statusApi.headers(execution)}</camunda:inputParameter>
                  <camunda:inputParameter name="payload">${statusApi.report(execution, 'success')}</camunda:inputParameter>
                  <camunda:inputParameter name="request-config">${httpOptions.standard()}</camunda:inputParameter>
                  <camunda:outputParameter name="statusAnswer">${statusApi.answer(statusCode, response)}</camunda:outputParameter>
                </camunda:inputOutput>
                <camunda:connectorId>http-connector</camunda:connectorId>
              </camunda:connector>
            </bpmn:extensionElements>
          </bpmn:serviceTask>
          <bpmn:sequenceFlow id="f2" sourceRef="serviceTask_callStatusApi" targetRef="serviceTask_sendMail"/>
          <bpmn:serviceTask id="serviceTask_sendMail" camunda:asyncBefore="true">
            <bpmn:extensionElements>
              <camunda:connector>
                <camunda:inputOutput>
                  <camunda:inputParameter name="message">${mails.runSucceeded(execution)}</camunda:inputParameter>
                </camunda:inputOutput>
                <camunda:connectorId>mail-send</camunda:connectorId>
              </camunda:connector>
            </bpmn:extensionElements>
          </bpmn:serviceTask>
          <bpmn:sequenceFlow id="f3" sourceRef="serviceTask_sendMail" targetRef="end"/>
          <bpmn:endEvent id="end" camunda:asyncBefore="true"/>
        </bpmn:process>
      </bpmn:definitions>
      """;

  @Autowired private RepositoryService repository;
  @Autowired private RuntimeService runtime;
  @Autowired private ManagementService management;
  @Autowired private HistoryService history;
  @Autowired private StatusHistory reports;
  @Autowired private JdbcTemplate database;
  @Autowired private Home home;

  private String deployment;

  @AfterEach
  void erase() {
    repository.deleteDeployment(deployment, true, true);
    database.update("DELETE FROM mlops_status WHERE dag_id = 'report-and-mail'");
  }

  @Test
  void reportsToTheServerItRunsOnAndWritesItsMailToTheOutbox() throws Exception {
    String run = start(MODEL);

    for (var job = job(run); job != null; job = job(run)) {
      management.executeJob(job);
    }

    assertThat(
            history.createHistoricProcessInstanceQuery().processInstanceId(run).completed().count())
        .isOne();
    assertThat(reports.latest("report-and-mail"))
        .hasValueSatisfying(
            latest -> {
              assertThat(latest.status()).isEqualTo("success");
              assertThat(latest.runId()).isEqualTo("manual__1");
              assertThat(latest.accuracy()).isEqualTo(0.9);
            });
    assertThat(Files.readString(home.outbox().resolve(run + ".serviceTask_sendMail.eml")))
        .contains("Subject: report-and-mail succeeded: accuracy 90 %");
  }

  @Test
  void takesItsReportBackWithTheStepThatFailsAfterIt() {
    String failing =
        MODEL
            .replace(
                "serviceTask_sendMail\" camunda:asyncBefore=\"true\"", "serviceTask_sendMail\"")
            .replace("${mails.runSucceeded(execution)}", "${nobodyKnowsThis}");
    String run = start(failing);
    management.executeJob(job(run));

    assertThatThrownBy(() -> management.executeJob(job(run)))
        .hasMessageContaining("nobodyKnowsThis");

    assertThat(reports.latest("report-and-mail")).isEmpty();
  }

  @Test
  void countsTheReportOfAStepThatIsDoneAgainOnce() {
    String run = start(MODEL);
    management.executeJob(job(run));
    management.executeJob(job(run));

    runtime
        .createProcessInstanceModification(run)
        .cancelAllForActivity("serviceTask_sendMail")
        .startBeforeActivity("serviceTask_callStatusApi")
        .execute();
    management.executeJob(job(run));

    assertThat(
            database.queryForObject(
                "SELECT COUNT(*) FROM mlops_status WHERE dag_id = 'report-and-mail'", Long.class))
        .isOne();
  }

  @Test
  void tellsAModelWhatItsOwnServerCannotRead() {
    String wrong =
        MODEL.replace(
            "${statusApi.report(execution, 'success')}",
            "{\"dag_id\": \"report-and-mail\", \"accuracy\": 90}");
    String run = start(wrong);
    management.executeJob(job(run));

    assertThatThrownBy(() -> management.executeJob(job(run)))
        .hasStackTraceContaining("it answered 400")
        .hasStackTraceContaining("accuracy");
  }

  private String start(String model) {
    deployment =
        repository.createDeployment().addString("report-and-mail.bpmn", model).deploy().getId();
    return runtime
        .startProcessInstanceByKey("report-and-mail", "manual__1", Map.of("accuracy", 0.9))
        .getProcessInstanceId();
  }

  private String job(String run) {
    return management.createJobQuery().processInstanceId(run).list().stream()
        .findFirst()
        .map(job -> job.getId())
        .orElse(null);
  }
}
