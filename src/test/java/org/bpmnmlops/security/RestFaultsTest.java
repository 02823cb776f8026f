package org.bpmnmlops.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.bpmnmlops.MlopsTest;
import org.bpmnmlops.Server;
import org.bpmnmlops.Troubles;
import org.camunda.bpm.engine.BadUserRequestException;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.rest.dto.ExceptionDto;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.CannotCreateTransactionException;

@MlopsTest
class RestFaultsTest {

  private static final String START = "/engine-rest/process-definition/key/picky/start";
  private static final String BAD =
      """
      {"variables": {"testShare": {"value": 7}}}
      """;

  /** Stands for the check of parameters at the start of a run. */
  public static class Picky implements ExecutionListener {
    @Override
    public void notify(DelegateExecution execution) {
      if (execution.hasVariable("testShare")) {
        throw new BadUserRequestException("Parameter 'testShare' is '7'");
      }
      if (execution.hasVariable("overtaken")) {
        throw new OptimisticLockingException("somebody was faster");
      }
      if (execution.hasVariable("deadlock")) {
        throw new ProcessEngineException(
            "Exception while executing Database Operation", new SQLException("deadlock", "40P01"));
      }
      if (execution.hasVariable("defect")) {
        throw new IllegalStateException("a defect");
      }
    }
  }

  @Autowired Server server;
  @Autowired RepositoryService repository;
  @Autowired TaskService tasks;

  private String deployment;

  @BeforeEach
  void deploy() {
    var model =
        Bpmn.createExecutableProcess("picky")
            .camundaHistoryTimeToLive(1)
            .startEvent()
            .camundaExecutionListenerClass("start", Picky.class)
            .userTask("decide")
            .camundaExecutionListenerClass("end", Picky.class)
            .endEvent()
            .done();
    deployment =
        repository.createDeployment().addModelInstance("picky.bpmn", model).deploy().getId();
  }

  @AfterEach
  void undeploy() {
    repository.deleteDeployment(deployment, true);
  }

  @Test
  void startsWhatIsRight() {
    assertThat(server.admin().post(START, "{}").statusCode()).isEqualTo(200);
  }

  @Test
  void namesTheBadParameterOfAStart() {
    var answer = server.admin().post(START, BAD);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body())
        .contains("\"type\":\"BadUserRequestException\"", "\"message\":\"Parameter 'testShare' is");
  }

  @Test
  void namesTheBadParameterOfAFormToo() {
    var answer = server.admin().post("/engine-rest/process-definition/key/picky/submit-form", BAD);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("Parameter 'testShare' is '7'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"complete", "submit-form"})
  void namesTheBadVariableOfAnAnswer(String how) {
    server.admin().post(START, "{}");
    String task = tasks.createTaskQuery().processDefinitionKey("picky").singleResult().getId();

    var answer = server.admin().post("/engine-rest/task/" + task + "/" + how, BAD);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body())
        .contains("\"type\":\"BadUserRequestException\"", "\"message\":\"Parameter 'testShare' is");
  }

  @Test
  void namesTheBadParameterToCockpitAndTasklist() {
    var browser = WebappBrowser.signIn(server, "admin", server.adminPassword());

    var answer =
        browser
            .caller()
            .post(
                "/camunda/api/engine/engine/default/process-definition/key/picky/start",
                BAD,
                "X-XSRF-TOKEN",
                browser.token());

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("Parameter 'testShare' is '7'");
  }

  @Test
  void saysThatAPausedPipelineTakesNoRuns() {
    repository.suspendProcessDefinitionByKey("picky");

    var answer = server.admin().post(START, "{}");
    var byId =
        server
            .admin()
            .post(
                "/engine-rest/process-definition/%s/start"
                    .formatted(
                        repository
                            .createProcessDefinitionQuery()
                            .processDefinitionKey("picky")
                            .singleResult()
                            .getId()),
                "{}");

    assertThat(answer.statusCode()).isEqualTo(409);
    assertThat(answer.body()).contains("paused", "POST /api/v1/pipelines/picky/resume");
    assertThat(byId.statusCode()).isEqualTo(409);
    assertThat(byId.body()).contains("paused", "POST /api/v1/pipelines/picky/resume");
  }

  @ParameterizedTest
  @ValueSource(strings = {"overtaken", "deadlock"})
  void asksToTryAgainWhereAnotherChangeCameFirst(String reason) {
    var answer =
        server.admin().post(START, "{\"variables\": {\"%s\": {\"value\": 1}}}".formatted(reason));

    assertThat(answer.statusCode()).isEqualTo(409);
    assertThat(answer.body())
        .contains("Nothing was done: try again")
        .doesNotContain("Exception wh");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          process-definition/key/picky/start    | {"variables": {"seed": null}}
          message                               | {"messageName": "m", "processVariables": {"seed": null}}
          signal                                | {"name": "s", "variables": {"seed": null}}
          """)
  void namesAVariableThatIsNull(String path, String body) {
    var answer = server.admin().post("/engine-rest/" + path, body);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("Variable 'seed' is null; expected an object such as");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"variables": {"x": {"value": {"a": 1}}}}     | Variable 'x' is an object or a list
          {"variables": {"x": {"value": [1]}}}          | Variable 'x' is an object or a list
          {"variables": {"x": {"value": "a\\u0000b"}}} | Variable 'x' has 3 characters; expected at most 4000
          {"variables": {"": {"value": 1}}}             | A variable's name has 0 characters; expected 1 to 255
          {"variables": {"a\\u0000": {"value": 1}}}    | A variable's name has 2 characters; expected 1 to 255
          {"startInstructions": [null]}                 | A start instruction is null
          """)
  void refusesWhatTheEngineCannotKeep(String body, String message) {
    var answer = server.admin().post(START, body);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"variables": {"seed": 7}}                     | 'variables.seed' cannot be read
          {"variables": {"seed": [7]}}                   | 'variables.seed' cannot be read
          {"variables": []}                              | 'variables' cannot be read
          {"variables": "seed"}                          | 'variables' cannot be read
          [1]                                            | The body cannot be read
          null                                           | The body is null
          """)
  void saysHowVariablesAreWritten(String body, String message) throws IOException {
    var answer = server.admin().post(START, body);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(new ObjectMapper().readTree(answer.body()).get("message").asText())
        .isEqualTo(message + "; expected {\"variables\": {\"seed\": {\"value\": 7}}}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Number", "number", "Object"})
  void refusesTypesThatNoValueHas(String type) {
    var answer =
        server
            .admin()
            .post(
                START,
                "{\"variables\": {\"x\": {\"value\": 7, \"type\": \"%s\"}}}".formatted(type));

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body())
        .contains("Variable 'x' is of type %s; expected an object".formatted(type));
  }

  @Test
  void refusesTextsAndNamesThatAreTooLong() {
    var text =
        server
            .admin()
            .post(
                START, "{\"variables\": {\"x\": {\"value\": \"%s\"}}}".formatted("t".repeat(4001)));
    var name =
        server
            .admin()
            .post(START, "{\"variables\": {\"%s\": {\"value\": 1}}}".formatted("n".repeat(256)));

    assertThat(text.statusCode()).isEqualTo(400);
    assertThat(text.body()).contains("Variable 'x' has 4001 characters; expected at most 4000");
    assertThat(name.statusCode()).isEqualTo(400);
    assertThat(name.body()).contains("A variable's name has 256 characters");
  }

  @Test
  void saysThatTheDatabaseDoesNotAnswer() {
    var answer =
        FaultAnswers.of(
            new CannotCreateTransactionException(
                "no transaction", new SQLTransientConnectionException("no connection")),
            START);

    assertThat(answer.getStatus()).isEqualTo(503);
    Troubles.assertTold("The database went away", ((ExceptionDto) answer.getEntity()).getMessage());
  }

  @Test
  void leavesOtherAnswersToCamunda() {
    var unknown = server.admin().post("/engine-rest/process-definition/key/nothing/start", "{}");
    var defect = server.admin().post(START, "{\"variables\": {\"defect\": {\"value\": true}}}");

    assertThat(unknown.statusCode()).isEqualTo(404);
    assertThat(unknown.body()).contains("\"type\":\"RestException\"", "nothing");
    assertThat(defect.statusCode()).isEqualTo(500);
    assertThat(defect.body()).contains("\"message\":\"").doesNotContain("at org.");
  }
}
