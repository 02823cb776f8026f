package org.bpmnmlops.modeler;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.bpmnmlops.MlopsTest;
import org.bpmnmlops.Server;
import org.bpmnmlops.Troubles;
import org.camunda.bpm.engine.ActivityTypes;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.history.HistoricVariableInstance;
import org.camunda.bpm.engine.runtime.Job;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The way of somebody who draws a pipeline for data of their own, after the Modeler. */
@MlopsTest
class DrawYourOwnTest {

  private static final Path EXAMPLES = Path.of("src/test/resources/examples");

  @Autowired private Server server;
  @Autowired private RepositoryService repository;
  @Autowired private ManagementService management;
  @Autowired private HistoryService history;
  @Autowired private JdbcClient jdbc;

  private final ObjectMapper json = new ObjectMapper();

  @AfterEach
  void removeWhatWasDeployed() {
    repository
        .createDeploymentQuery()
        .deploymentName("machine-failures")
        .list()
        .forEach(deployment -> repository.deleteDeployment(deployment.getId(), true));
    jdbc.sql("DELETE FROM mlops_run WHERE pipeline = :pipeline")
        .param("pipeline", "machine-failures")
        .update();
    jdbc.sql("DELETE FROM mlops_model_run WHERE name = 'machine-failures'").update();
    jdbc.sql("DELETE FROM mlops_model_promotion WHERE name = 'machine-failures'").update();
    jdbc.sql("DELETE FROM mlops_model_version WHERE name = 'machine-failures'").update();
    jdbc.sql("DELETE FROM mlops_model WHERE name = 'machine-failures'").update();
  }

  @Test
  void whatTheTemplatesGiveIsDeployedAndLearns() throws IOException {
    assertThat(deploy("machine-failures.bpmn").statusCode()).isEqualTo(200);

    String run = start("{}");
    work(run);

    assertThat(variable(run, "testRows")).isEqualTo(48L);
    assertThat((Double) variable(run, "accuracy"))
        .isGreaterThan((Double) variable(run, "baselineAccuracy"));
    assertThat(ended(run)).isEqualTo("endEvent_modelReady");
  }

  @Test
  void aStartVariableWinsOverTheFieldOfTheTemplate() throws IOException {
    deploy("machine-failures.bpmn");

    String run =
        start(
            """
            {"algorithm": {"value": "xgboost"}, "target": {"value": "colour"}}""");
    work(run);

    assertThat(variable(run, "algorithm")).isEqualTo("xgboost");
    assertThat(ended(run)).isEqualTo("endEvent_runFailed");
    assertThat((String) variable(run, "failureMessage")).contains("machine-failures.csv", "colour");
  }

  @Test
  void everythingToChangeComesInOneAnswer() throws IOException {
    String model =
        Files.readString(EXAMPLES.resolve("machine-failures.bpmn"))
            .replace("${buildModelDelegate}", "${buildModellDelegate}")
            .replace(
                "name=\"minimumAccuracy\" value=\"0.7\"", "name=\"minimumAccuracy\" value=\"much\"")
            .replaceFirst("name=\"On request\" camunda:asyncAfter=\"true\"", "name=\"On request\"")
            .replaceFirst(
                "name=\"Model ready\" camunda:asyncBefore=\"true\"", "name=\"Model ready\"");

    HttpResponse<String> answer = deployText(model);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(json.readTree(answer.body()).get("message").asText())
        .contains("did you mean 'buildModelDelegate'?")
        .contains("Parameter 'minimumAccuracy' is 'much'; expected a number")
        .contains("startEvent_onRequest 'On request': tick asynchronous after")
        .contains("endEvent_modelReady 'Model ready': tick asynchronous before");
    Troubles.assertTold("The model is refused at deployment", answer.body());
  }

  private HttpResponse<String> deploy(String file) throws IOException {
    return deployText(Files.readString(EXAMPLES.resolve(file)));
  }

  private HttpResponse<String> deployText(String model) {
    String boundary = "part-of-a-deployment";
    String body =
        String.join(
            "\r\n",
            "--" + boundary,
            "Content-Disposition: form-data; name=\"deployment-name\"",
            "",
            "machine-failures",
            "--" + boundary,
            "Content-Disposition: form-data; name=\"data\"; filename=\"machine-failures.bpmn\"",
            "",
            model,
            "--" + boundary + "--",
            "");
    var caller = server.admin();
    return caller.send(
        caller
            .request("/engine-rest/deployment/create")
            .header("Content-Type", "multipart/form-data; boundary=" + boundary)
            .POST(BodyPublishers.ofString(body)));
  }

  private String start(String variables) throws IOException {
    HttpResponse<String> answer =
        server
            .admin()
            .post(
                "/engine-rest/process-definition/key/machine-failures/start",
                "{\"variables\": " + variables + "}");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return json.readTree(answer.body()).get("id").asText();
  }

  private void work(String run) {
    for (List<Job> jobs = jobs(run); !jobs.isEmpty(); jobs = jobs(run)) {
      management.executeJob(jobs.get(0).getId());
    }
  }

  private List<Job> jobs(String run) {
    return management.createJobQuery().processInstanceId(run).withRetriesLeft().list();
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

  private String ended(String run) {
    return history
        .createHistoricActivityInstanceQuery()
        .processInstanceId(run)
        .activityType(ActivityTypes.END_EVENT_NONE)
        .orderByHistoricActivityInstanceEndTime()
        .desc()
        .list()
        .get(0)
        .getActivityId();
  }
}
