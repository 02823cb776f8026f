package org.bpmnmlops.decision;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.bpmnmlops.MlopsTest;
import org.bpmnmlops.Server;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.identity.User;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** A model owner changes a table; everything that could strand a run is refused before. */
@MlopsTest
class DecisionControllerTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ID = "retraining-decision";
  private static final String PATH = "/api/v1/decisions/" + ID;
  private static final String PASSWORD = "Correct-Horse-7";
  private static final String DECIDES = "decides";

  @Autowired private Server server;
  @Autowired private IdentityService identity;
  @Autowired private RepositoryService repository;
  @Autowired private RuntimeService runtime;

  private Server.Caller owner;
  private Server.Caller viewer;
  private Server.Caller operator;
  private String shipped;

  @BeforeEach
  void people() throws IOException {
    owner = member("mona", "model-owners");
    viewer = member("vera", "pipeline-viewers");
    operator = member("oskar", "pipeline-operators");
    shipped = Files.readString(Path.of("processes", ID + ".dmn"));
  }

  @AfterEach
  void leave() {
    for (String user : new String[] {"mona", "vera", "oskar"}) {
      identity.deleteUser(user);
    }
    for (String name : new String[] {Decisions.DEPLOYMENT, DECIDES}) {
      repository
          .createDeploymentQuery()
          .deploymentName(name)
          .list()
          .forEach(deployment -> repository.deleteDeployment(deployment.getId(), true));
    }
  }

  @Test
  void changesATableAndTellsWhoDidIt() throws IOException {
    int before = json(owner.get(PATH), 200).get("version").intValue();

    JsonNode answer = json(put(owner, PATH, shipped.replace("&gt;= 1000", "&gt;= 800")), 200);

    assertThat(answer.get("deployed").booleanValue()).isTrue();
    assertThat(answer.at("/version/version").intValue()).isEqualTo(before + 1);
    JsonNode live = json(viewer.get(PATH), 200);
    assertThat(live.get("changedBy").textValue()).isEqualTo("mona");
    assertThat(live.at("/rules/2/inputs/1").textValue()).isEqualTo(">= 800");
    JsonNode versions = json(viewer.get(PATH + "/versions"), 200);
    assertThat(versions.get(0).get("changedBy").textValue()).isEqualTo("mona");
    assertThat(versions.get(0).get("changedAt").textValue()).isNotBlank();
    assertThat(versions.get(1).has("changedBy")).isFalse();
    assertThat(viewer.get(PATH + "/versions/" + before, "Accept", "application/xml").body())
        .contains("&gt;= 1000");
    assertThat((Object) decide(facts(900)).get("action")).isEqualTo("retrain");
  }

  @Test
  void tellsWhoMayChangeATable() throws IOException {
    for (Server.Caller caller : List.of(owner, viewer)) {
      JsonNode tables = json(caller.get("/api/v1/decisions"), 200);

      assertThat(tables).hasSizeGreaterThanOrEqualTo(2);
      assertThat(tables)
          .allMatch(table -> table.get("mayChange").booleanValue() == (caller == owner));
    }
  }

  @Test
  void handsOutTheFileThatItTakesBack() throws IOException {
    HttpResponse<String> file = owner.get(PATH, "Accept", "application/xml");

    assertThat(file.body()).isEqualTo(shipped);
    assertThat(viewer.get(PATH + "/file", "Accept", "*/*").body()).isEqualTo(shipped);
    JsonNode answer = json(put(owner, PATH, file.body()), 200);
    assertThat(answer.get("deployed").booleanValue()).isFalse();
    assertThat(json(owner.get(PATH + "/versions"), 200)).hasSize(1);
  }

  @Test
  void takesAFileWhateverTypeTheCallerGivesIt() {
    for (String type : new String[] {"application/x-www-form-urlencoded", "application/json"}) {
      HttpResponse<String> answer =
          owner.send(
              owner
                  .request(PATH + "?dryRun=true", "Content-Type", type)
                  .PUT(BodyPublishers.ofString(shipped)));

      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }
  }

  @Test
  void onlyTriesOnRequest() throws IOException {
    JsonNode answer =
        json(put(owner, PATH + "?dryRun=true", shipped.replace("&lt; 50", "&lt; 60")), 200);

    assertThat(answer.get("deployed").booleanValue()).isFalse();
    assertThat(json(owner.get(PATH + "/versions"), 200)).hasSize(1);
  }

  @Test
  void showsWhichPastRunsWouldNowBeDecidedOtherwise() throws IOException {
    String kept = run(facts(900));
    run(facts(1000));
    run(facts(100));

    JsonNode trial =
        json(put(owner, PATH + "?dryRun=true", shipped.replace("&gt;= 1000", "&gt;= 800")), 200)
            .get("trial");

    assertThat(trial.get("tried").intValue()).isEqualTo(3);
    assertThat(trial.get("same").intValue()).isEqualTo(2);
    assertThat(trial.get("changes")).hasSize(1);
    JsonNode change = trial.at("/changes/0");
    assertThat(change.get("run").textValue()).isEqualTo(kept);
    assertThat(change.at("/inputs/newLabelledRows").longValue()).isEqualTo(900);
    assertThat(change.at("/before/action").textValue()).isEqualTo("keep");
    assertThat(change.at("/now/action").textValue()).isEqualTo("retrain");
    assertThat(change.at("/now/reason").textValue()).isEqualTo("900 new labelled rows");
  }

  @Test
  void triesWithWhatTheRunKnewBesidesTheColumns() throws IOException {
    Map<String, Object> facts = promotionFacts();
    run("promotion-decision", facts);
    String table = Files.readString(Path.of("processes", "promotion-decision.dmn"));

    JsonNode same = json(put(owner, promotion("?dryRun=true"), table), 200).get("trial");
    JsonNode stricter =
        json(
                put(
                    owner,
                    promotion("?dryRun=true"),
                    table.replace("&lt; minimumAccuracy", "&lt; minimumAccuracy + 0.1")),
                200)
            .get("trial");

    assertThat(same.get("tried").intValue()).isEqualTo(1);
    assertThat(same.get("changes")).isEmpty();
    assertThat(stricter.at("/changes/0/before/promotion").textValue()).isEqualTo("promote");
    assertThat(stricter.at("/changes/0/now/promotion").textValue()).isEqualTo("ask");
  }

  @Test
  void tellsWhereNoRuleWouldFit() throws IOException {
    run(facts(900));
    String last =
        shipped.substring(shipped.lastIndexOf("<rule "), shipped.lastIndexOf("</rule>") + 7);

    JsonNode answer = json(put(owner, PATH + "?dryRun=true", shipped.replace(last, "")), 200);

    assertThat(answer.at("/trial/changes/0/before/action").textValue()).isEqualTo("keep");
    assertThat(answer.at("/trial/changes/0/now").isNull()).isTrue();
    assertThat(answer.at("/remarks/0").textValue()).contains("A last rule without conditions");
  }

  @Test
  void letsNobodyElseChangeATable() {
    String edited = shipped.replace("&gt;= 1000", "&gt;= 1");

    for (Server.Caller caller : new Server.Caller[] {viewer, operator}) {
      HttpResponse<String> refused = put(caller, PATH, edited);
      assertThat(refused.statusCode()).isEqualTo(403);
      assertThat(refused.body()).contains("UPDATE", ID);
      assertThat(put(caller, PATH + "?dryRun=true", edited).statusCode()).isEqualTo(403);
      assertThat(caller.get(PATH).statusCode()).isEqualTo(200);
    }
    assertThat(put(server.anonymous(), PATH, edited).statusCode()).isEqualTo(401);
    assertThat(repository.createDeploymentQuery().deploymentName(Decisions.DEPLOYMENT).count())
        .isZero();
  }

  @Test
  void givesAModelOwnerNoOtherWayToDeploy() {
    HttpResponse<String> refused =
        owner.send(
            owner
                .request(
                    "/engine-rest/deployment/create",
                    "Content-Type",
                    "multipart/form-data; boundary=x")
                .POST(
                    BodyPublishers.ofString(
                        "--x\r\nContent-Disposition: form-data; name=\"data\"; filename=\"a.dmn\""
                            + "\r\n\r\n"
                            + shipped
                            + "\r\n--x--\r\n")));

    assertThat(refused.statusCode()).isEqualTo(403);
  }

  @Test
  void knowsNoOtherDecision() {
    HttpResponse<String> unknown = put(owner, "/api/v1/decisions/nonesuch", shipped);

    assertThat(unknown.statusCode()).isEqualTo(404);
    assertThat(unknown.body()).contains("nonesuch", ID, "promotion-decision");
    assertThat(owner.get(PATH + "/versions/99").statusCode()).isEqualTo(404);
    assertThat(owner.get(PATH + "/versions/x").statusCode()).isEqualTo(400);
  }

  @Test
  void overwritesNothingThatChangedMeanwhile() {
    String etag = owner.get(PATH).headers().firstValue("ETag").orElseThrow();
    String first = shipped.replace("&gt;= 1000", "&gt;= 900");

    assertThat(put(owner, PATH, first, "If-Match", etag).statusCode()).isEqualTo(200);
    HttpResponse<String> second = put(owner, PATH, shipped, "If-Match", etag);

    assertThat(second.statusCode()).isEqualTo(412);
    assertThat(second.body()).contains("get it again");
    assertThat(put(owner, PATH, shipped, "If-Match", "*").statusCode()).isEqualTo(200);
  }

  @Test
  void takesOneOfTwoEditsThatComeAtOnce() throws Exception {
    String etag = owner.get(PATH).headers().firstValue("ETag").orElseThrow();
    ExecutorService both = Executors.newFixedThreadPool(2);
    List<Future<Integer>> answers = new ArrayList<>();
    for (String rows : List.of("700", "800")) {
      String edited = shipped.replace("&gt;= 1000", "&gt;= " + rows);
      answers.add(both.submit(() -> put(owner, PATH, edited, "If-Match", etag).statusCode()));
    }
    List<Integer> codes = new ArrayList<>();
    for (Future<Integer> answer : answers) {
      codes.add(answer.get());
    }
    both.shutdown();

    assertThat(codes).containsExactlyInAnyOrder(200, 412);
  }

  /** What is replaced, by what, and what the answer says; {@code ~} stands for a quotation mark. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "&gt;= 1000 | &gt;= many | rule 3, New labelled rows | no fact 'many'",
        "&gt;= 1000 | &gt;= | rule 3, New labelled rows | no FEEL",
        "&gt;= 1000 | &gt; ~a lot~ | rule 3, New labelled rows | Can't compare",
        "&gt;= 1000 | &gt; newLabeledRows | rule 3 | did you mean 'newLabelledRows'",
        "&gt;= 1000 | &gt; largest(3) | rule 3 | No function found with name 'largest'",
        "&gt;= 1000 | some i in 1..9 satisfies i > 3 | rule 3 | loop",
        "~It was forced~ | replace(~aa~, ~a~, ~aaaa~) | rule 1, Reason | a pattern",
        "~It was forced~ | string(decimal(1/3, 99999999)) | rule 1, Reason | 100 digits",
        "~It was forced~ | string(decimal(n: 1/3, scale: 99999999)) | rule 1 | 100 digits",
        "~It was forced~ | It was forced | rule 1, Reason | no FEEL",
        "~It was forced~ | ~Rows: ~ + newLabelledRows | rule 1, Reason | Can't add",
        "<text>~retrain~</text> | <text>~train~</text> | rule 1, Action | one of ~retrain~, ~keep~",
        "<text>~retrain~</text> | <text>retrain</text> | rule 1, Action | quotation marks",
        "<text>~retrain~</text> | <text></text> | rule 1, Action | there is nothing",
        "hitPolicy=~FIRST~ | hitPolicy=~ANY~ | hit policy is ANY | expected FIRST",
        "decision id=~retraining-decision~ | decision id=~mine~ | id is 'mine' | expected",
        "<text>driftShare</text> | <text>drift</text> | input driftShare (double) is missing | drift",
        "typeRef=~boolean~ | typeRef=~string~ | forced (boolean) is missing | forced (string)",
        "name=~action~ | name=~deed~ | output action (string) | deed",
        "~retrain~,~keep~ | ~retrain~,~keep~,~drop~ | is missing | [retrain, keep, drop]",
        "inputExpression id=~inputExpression_forced~ | inputExpression expressionLanguage=~juel~ |"
            + " language is 'juel' | feel",
        "outputEntry id=~outputEntry_forced_action~ | outputEntry expressionLanguage=~javascript~ |"
            + " language is 'javascript' | feel",
        "inputEntry id=~inputEntry_forced_forced~ | inputEntry expressionLanguage=~groovy~ |"
            + " language is 'groovy' | feel",
        "<definitions  | <definitions expressionLanguage=~juel~  | language is 'juel' | feel",
        "camunda:historyTimeToLive=~P365D~ | | time to live is missing | P365D",
        "</decision> | </decision><decision id=~two~ name=~two~ /> | 2 decisions | expected one",
        "</decision> |  | line | column",
        "<decision  | <banana /><decision  | line | banana",
      })
  void refusesWhatWouldNotDecide(String text, String by, String what, String where)
      throws IOException {
    String edited = shipped.replace(text.replace('~', '"'), by == null ? "" : by.replace('~', '"'));
    assertThat(edited).isNotEqualTo(shipped);

    HttpResponse<String> refused = put(owner, PATH, edited);

    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(json(refused, 400).get("detail").textValue())
        .contains(what.strip().replace('~', '"'), where.strip().replace('~', '"'));
    assertThat(repository.createDeploymentQuery().deploymentName(Decisions.DEPLOYMENT).count())
        .isZero();
  }

  @Test
  void refusesATableWithoutRules() throws IOException {
    String rules = shipped.substring(shipped.indexOf("<rule "), shipped.lastIndexOf("</rule>") + 7);

    assertThat(json(put(owner, PATH, shipped.replace(rules, "")), 400).get("detail").textValue())
        .contains("0 rules");
  }

  @Test
  void refusesARuleThatLacksACell() throws IOException {
    int cell = shipped.indexOf("<inputEntry ");
    String lacking =
        shipped.substring(0, cell)
            + shipped.substring(shipped.indexOf("</inputEntry>", cell) + "</inputEntry>".length());

    assertThat(json(put(owner, PATH, lacking), 400).get("detail").textValue())
        .contains("rule 1 has 7 conditions");
  }

  @Test
  void readsNoFileOfTheServer() {
    String entity =
        shipped
            .replaceFirst(
                "\\?>", "?><!DOCTYPE x [<!ENTITY secret SYSTEM \"file:///etc/hostname\">]>")
            .replace("It was forced", "&secret;");

    HttpResponse<String> refused = put(owner, PATH, entity);

    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.body()).contains("line 1", "DOCTYPE");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "no table at all", "{\"a\": 1}", "<a>", "<definitions/>"})
  void refusesWhatIsNoTable(String body) {
    HttpResponse<String> refused = put(owner, PATH, body);

    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.body()).contains("findings");
  }

  @Test
  void refusesWhatIsFarTooLong() {
    assertThat(put(owner, PATH, shipped + " ".repeat(600_000)).body()).contains("at most 524288");
    assertThat(put(owner, PATH, shipped.replace("&gt;= 1000", "1,".repeat(9000) + "1")).body())
        .contains("characters");
    assertThat(put(owner, PATH, shipped.replace("&gt;= 1000", "(".repeat(499))).statusCode())
        .isEqualTo(400);
  }

  private Server.Caller member(String name, String group) {
    User user = identity.newUser(name);
    user.setPassword(PASSWORD);
    identity.saveUser(user);
    identity.createMembership(name, group);
    return server.user(name, PASSWORD);
  }

  private static HttpResponse<String> put(
      Server.Caller caller, String path, String dmn, String... headers) {
    return caller.send(
        caller
            .request(path, headers)
            .header("Content-Type", "application/xml")
            .PUT(BodyPublishers.ofString(dmn, StandardCharsets.UTF_8)));
  }

  private static JsonNode json(HttpResponse<String> response, int expected) throws IOException {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(expected);
    return JSON.readTree(response.body());
  }

  private static String promotion(String query) {
    return "/api/v1/decisions/promotion-decision" + query;
  }

  private Map<?, ?> decide(Map<String, Object> facts) {
    deployProcess(ID);
    return (Map<?, ?>)
        runtime
            .createProcessInstanceByKey(DECIDES)
            .setVariables(facts)
            .executeWithVariablesInReturn()
            .getVariables()
            .get("decided");
  }

  private String run(Map<String, Object> facts) {
    return run(ID, facts);
  }

  /** A run that only decides. */
  private String run(String decision, Map<String, Object> facts) {
    deployProcess(decision);
    return runtime.startProcessInstanceByKey(DECIDES, facts).getId();
  }

  private void deployProcess(String decision) {
    repository
        .createDeployment()
        .name(DECIDES)
        .enableDuplicateFiltering(true)
        .addModelInstance(
            DECIDES + ".bpmn",
            Bpmn.createExecutableProcess(DECIDES)
                .camundaHistoryTimeToLive(1)
                .startEvent("start")
                .businessRuleTask("decide")
                .camundaDecisionRef(decision)
                .camundaResultVariable("decided")
                .camundaMapDecisionResult("singleResult")
                .endEvent("end")
                .done())
        .deploy();
  }

  private static Map<String, Object> facts(long newLabelledRows) {
    Map<String, Object> facts = new HashMap<>();
    facts.put("forced", false);
    facts.put("newLabelledRows", newLabelledRows);
    facts.put("driftShare", null);
    facts.put("driftedColumns", 0L);
    facts.put("accuracyDrop", 0.0);
    facts.put("accuracyDropPValue", 1.0);
    facts.put("championLabelledRows", newLabelledRows);
    facts.put("daysSinceTraining", 3L);
    return facts;
  }

  private static Map<String, Object> promotionFacts() {
    Map<String, Object> facts = new HashMap<>();
    facts.put("accuracy", 0.8);
    facts.put("baselineAccuracy", 0.5);
    facts.put("championAccuracy", 0.76);
    facts.put("minimumAccuracy", 0.75);
    facts.put("commonRows", 400L);
    facts.put("gain", 0.04);
    facts.put("gainLow", 0.01);
    facts.put("gainHigh", 0.07);
    facts.put("largestRecallDrop", 0.0);
    return facts;
  }
}
