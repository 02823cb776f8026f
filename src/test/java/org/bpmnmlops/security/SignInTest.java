package org.bpmnmlops.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.camunda.bpm.engine.authorization.Authorization.ANY;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.stream.Stream;
import org.bpmnmlops.MlopsTest;
import org.bpmnmlops.Server;
import org.camunda.bpm.engine.AuthorizationService;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.authorization.Resources;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

@MlopsTest
class SignInTest {

  private static final String MODELS = "/engine-rest/process-definition/count";

  @Autowired Server server;
  @Autowired IdentityService identity;
  @Autowired AuthorizationService authorizations;

  private OrdinaryUser olga;

  @BeforeEach
  void createUser() {
    olga = new OrdinaryUser(identity, authorizations);
  }

  @AfterEach
  void deleteUser() {
    olga.close();
  }

  @Test
  void answersHealthToEverybodyWithoutDetails() {
    var answer = server.anonymous().get("/actuator/health");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("{\"status\":\"UP\"}");
  }

  @Test
  void tellsUsersWhichPartIsWellAndNothingOfTheInside() {
    var answer = olga.of(server).get("/actuator/health");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body())
        .contains("\"db\":{\"status\":\"UP\"}", "\"processEngine\":{\"status\":\"UP\"}")
        .doesNotContain("details");
    assertThat(server.user("olga", "wrong").get("/actuator/health").statusCode()).isEqualTo(401);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/engine-rest/engine",
        "/engine-rest/process-definition",
        "/api/v1/status",
        "/api/v1/anything",
        "/actuator",
        "/actuator/prometheus",
        "/actuator/health/db",
        "/v3/api-docs",
        "/h2-console",
        "/error",
        "/camundax",
        "/favicon.ico"
      })
  void asksStrangersToSignIn(String path) {
    var answer = server.anonymous().get(path);

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.headers().firstValue("WWW-Authenticate"))
        .hasValue("Basic realm=\"bpmn-mlops\"");
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(answer.body()).contains("\"status\":401", "Sign in");
  }

  @Test
  void interruptsNoPageWithTheBrowsersOwnLogin() {
    var script = server.anonymous().get(MODELS, "Sec-Fetch-Mode", "cors");
    assertThat(script.statusCode()).isEqualTo(401);
    assertThat(script.headers().firstValue("WWW-Authenticate")).isEmpty();
    assertThat(server.anonymous().get("/camunda-welcome").statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Basic", "Basic ", "Basic ???", "Basic b2xnYQ==", "Bearer abc", "Basic Om9sZ2E="})
  void refusesCredentialsItCannotRead(String header) {
    var answer = server.anonymous().get(MODELS, "Authorization", header);

    assertThat(answer.statusCode()).isEqualTo(401);
  }

  @Test
  void refusesAWrongPassword() {
    assertThat(server.user(OrdinaryUser.ID, "wrong").get(MODELS).statusCode()).isEqualTo(401);
    assertThat(server.user("nobody", "wrong").get(MODELS).statusCode()).isEqualTo(401);
  }

  @Test
  void carriesTheUsersRightsIntoTheEngine() {
    assertThat(server.admin().get("/engine-rest/user/count").body()).isEqualTo("{\"count\":2}");
    assertThat(olga.of(server).get("/engine-rest/user/count").body()).isEqualTo("{\"count\":1}");

    olga.grant(Resources.USER, ANY, Permissions.READ);

    assertThat(olga.of(server).get("/engine-rest/user/count").body()).isEqualTo("{\"count\":2}");
  }

  @Test
  void letsOnlyAdministratorsDeploy() {
    String model =
        "--x\r\nContent-Disposition: form-data; name=\"m\"; filename=\"m.bpmn\"\r\n\r\n"
            + "<definitions/>\r\n--x--\r\n";
    Server.Caller caller = olga.of(server);

    var answer =
        caller.send(
            caller
                .request("/engine-rest/deployment/create")
                .header("Content-Type", "multipart/form-data; boundary=x")
                .POST(BodyPublishers.ofString(model)));

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).contains("AuthorizationException", "CREATE", "Deployment");
  }

  @Test
  void takesTheSessionOfTheWebapps() {
    olga.grant(Resources.USER, ANY, Permissions.READ);
    var browser = WebappBrowser.signIn(server, OrdinaryUser.ID, OrdinaryUser.PASSWORD);

    var reading = browser.caller().get("/engine-rest/user/count");
    var writing = browser.caller().post("/engine-rest/user/count", "{}");
    var withToken =
        browser.caller().post("/engine-rest/task/count", "{}", "X-XSRF-TOKEN", browser.token());

    assertThat(reading.body()).isEqualTo("{\"count\":2}");
    assertThat(writing.statusCode()).isEqualTo(403);
    assertThat(writing.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(withToken.statusCode()).isEqualTo(200);
  }

  @Test
  void endsTheSessionOfAUserWhoIsDeleted() {
    var browser = WebappBrowser.signIn(server, OrdinaryUser.ID, OrdinaryUser.PASSWORD);
    assertThat(browser.caller().get(MODELS).statusCode()).isEqualTo(200);

    identity.deleteUser(OrdinaryUser.ID);
    EngineClock.forward(Logins.REMEMBERED.plusSeconds(1));

    try {
      assertThat(browser.caller().get(MODELS).statusCode()).isEqualTo(401);
    } finally {
      EngineClock.reset();
    }
  }

  @Test
  void refusesWritesSentByAPageOfAnotherSite() {
    var foreign =
        olga.of(server).post("/engine-rest/task/count", "{}", "Sec-Fetch-Site", "cross-site");
    var own =
        olga.of(server).post("/engine-rest/task/count", "{}", "Sec-Fetch-Site", "same-origin");

    assertThat(foreign.statusCode()).isEqualTo(403);
    assertThat(own.statusCode()).isEqualTo(200);
  }

  @Test
  void takesWhatTheModelerDeploys() {
    String[] modeler = {"Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "cors"};

    assertThat(count(modeler)).isEqualTo(200);
    assertThat(count(with(modeler, "Origin", "file://"))).isEqualTo(200);
    assertThat(count(with(modeler, "Origin", "null"))).isEqualTo(403);
    assertThat(count(with(modeler, "Origin", "https://evil.example"))).isEqualTo(403);
    assertThat(count("Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "navigate")).isEqualTo(403);
  }

  private int count(String... headers) {
    return olga.of(server).post("/engine-rest/task/count", "{}", headers).statusCode();
  }

  private static String[] with(String[] headers, String... more) {
    return Stream.of(headers, more).flatMap(Stream::of).toArray(String[]::new);
  }

  /** Tomcat, Spring, Jersey and Camunda's filter each read these in another way. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/camunda/api/%65ngine/engine/default/user/count",
        "/camunda/api//engine/engine/default/user/count",
        "/camunda/api/engine;a=b/engine/default/user/count",
        "/camunda/./api/engine/engine/default/user/count",
        "/camunda/x/../api/engine/engine/default/user/count",
        "/camunda/%2e%2e/engine-rest/user/count",
        "/engine-rest/..;/camunda/api/engine/engine/default/user/count",
        "/api/v1/reports/../../../camunda/x"
      })
  void refusesAddressesThatHideWhereTheyLead(String path) {
    assertThat(server.anonymous().get(path).statusCode()).isEqualTo(400);
  }

  @Test
  void sendsSecurityHeaders() {
    var headers = server.anonymous().get("/actuator/health").headers();

    assertThat(headers.firstValue("X-Content-Type-Options")).hasValue("nosniff");
    assertThat(headers.firstValue("X-Frame-Options")).hasValue("SAMEORIGIN");
    assertThat(headers.firstValue("Referrer-Policy")).hasValue("same-origin");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/h2-console", "/engine-rest/application.wadl", "/engine-rest/engine?_wadl"})
  void hasNoConsoleAndNoWadl(String path) {
    var answer = server.admin().get(path);

    assertThat(answer.body()).doesNotContain("<");
  }

  @Test
  void keepsTheInsideOutOfErrors() {
    var answer = server.admin().get("/api/v1/nothing-here");

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body()).doesNotContain("trace", "Exception", "org.springframework");
  }
}
