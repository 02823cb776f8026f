package org.bpmnmlops.status;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.bpmnmlops.Troubles;
import org.bpmnmlops.engine.OneTaskModel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The http-connector task as the models draw it, against a real server that misbehaves. */
class StatusCallTest {

  private static final String CALL =
      """
      <camunda:inputOutput>
        <camunda:inputParameter name="url">${statusApi.url()}</camunda:inputParameter>
        <camunda:inputParameter name="method">POST</camunda:inputParameter>
        <camunda:inputParameter name="headers">${statusApi.headers(execution)}</camunda:inputParameter>
        <camunda:inputParameter name="payload">%s</camunda:inputParameter>
        <camunda:inputParameter name="request-config">${httpOptions.standard()}</camunda:inputParameter>
        <camunda:outputParameter name="statusAnswer">${statusApi.answer(statusCode, response)}</camunda:outputParameter>
      </camunda:inputOutput>
      <camunda:connectorId>http-connector</camunda:connectorId>
      """;
  private static final String SUCCESS = CALL.formatted("${statusApi.report(execution, 'success')}");
  private static final String UPDATED =
      "{\"status\":\"updated\",\"dag_id\":\"weather\",\"accuracy\":0.9}";

  private record Received(Map<String, String> headers, String path, String body) {}

  private final List<Received> received = Collections.synchronizedList(new ArrayList<>());
  private final CountDownLatch over = new CountDownLatch(1);
  private final ExecutorService workers = Executors.newCachedThreadPool();
  private HttpServer server;
  private OneTaskModel model;
  private PooledHttpConnector connector;
  private StatusCallInterceptor interceptor;

  @BeforeEach
  void startServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(workers);
    server.start();
  }

  @AfterEach
  void stopServer() throws Exception {
    over.countDown();
    server.stop(0);
    workers.shutdownNow();
    if (model != null) {
      model.close();
      connector.destroy();
      interceptor.destroy();
    }
  }

  @Test
  void reportsTheAccuracyOfTheRunUnderTheNamesOfTheReplacedSystem() throws Exception {
    answer(200, UPDATED);

    var outcome =
        caller()
            .run(
                "weather",
                SUCCESS,
                "STATUS_FAILED",
                "scheduled__2026-11-22",
                Map.of("accuracy", 0.925, "logicalDate", "2026-11-22"));

    assertThat(outcome.end()).isEqualTo("done");
    assertThat(outcome.variables()).doesNotContainKey("statusAnswer");
    assertThat(sent())
        .isEqualTo(
            Map.of(
                "dag_id", "weather",
                "status", "success",
                "run_id", "scheduled__2026-11-22",
                "accuracy", 0.925,
                "execution_date", "2026-11-22T00:00:00Z",
                "ds", "2026-11-22"));
    assertThat(received.get(0).headers())
        .containsEntry("Idempotency-key", outcome.run() + "/serviceTask_call")
        .containsEntry("Content-type", "application/json");
  }

  @Test
  void namesARunWithoutBusinessKeyByItsIdAndLeavesOutAnUnknownAccuracy() throws Exception {
    answer(200, UPDATED);

    var outcome = caller().run("weather", SUCCESS, "STATUS_FAILED", null, Map.of());

    assertThat(sent())
        .containsEntry("run_id", outcome.run())
        .doesNotContainKey("accuracy")
        .extracting("execution_date")
        .asString()
        .endsWith("Z");
  }

  @Test
  void reportsACancelledRunAsFailedWithWhatItKnew() throws Exception {
    answer(200, UPDATED);
    String cancelled =
        caller()
            .run("weather", SUCCESS, "STATUS_FAILED", "manual__now", Map.of("accuracy", 0.8))
            .run();
    received.clear();

    model.run(
        "cancelled-run",
        CALL.formatted("${statusApi.cancelled(execution)}"),
        "STATUS_FAILED",
        null,
        Map.of(
            "cancelledPipeline", "weather",
            "cancelledRun", cancelled,
            "cancelledBusinessKey", "manual__now",
            "cancelledLogicalDate", "2026-11-21"));

    assertThat(sent())
        .isEqualTo(
            Map.of(
                "dag_id", "weather",
                "status", "failed",
                "run_id", "manual__now",
                "accuracy", 0.8,
                "execution_date", "2026-11-21T00:00:00Z",
                "ds", "2026-11-21"));
  }

  @Test
  void logsInAsConfigured() {
    answer(200, UPDATED);

    caller("joe", "pä:ss").run("weather", SUCCESS, "STATUS_FAILED", null, Map.of());

    assertThat(login(received.get(0))).containsExactly("joe", "pä:ss");
  }

  @Test
  void sendsNoLoginWhereNoneIsConfigured() {
    answer(200, UPDATED);

    caller().run("weather", SUCCESS, "STATUS_FAILED", null, Map.of());

    assertThat(received.get(0).headers()).doesNotContainKey("Authorization");
  }

  @Test
  void keepsTheLoginToItselfWhenAModelCallsAnotherAddress() {
    answer(200, UPDATED);
    String elsewhere = SUCCESS.replace("${statusApi.url()}", "http://localhost:" + port() + "/x");

    var outcome = caller("joe", "x").run("weather", elsewhere, "STATUS_FAILED", null, Map.of());

    assertThat(outcome.end()).isEqualTo("done");
    assertThat(received.get(0).headers()).doesNotContainKey("Authorization");
  }

  @Test
  void carriesTheLoginToNoServerThatItIsRedirectedTo() {
    answer(
        exchange -> {
          exchange.getResponseHeaders().add("Location", "http://localhost:" + port() + "/x");
          exchange.sendResponseHeaders(303, -1);
        });

    var outcome = caller("joe", "x").run("weather", SUCCESS, "STATUS_FAILED", null, Map.of());

    assertThat(outcome.end()).isEqualTo("failed");
    assertThat(message(outcome)).contains("it answered 303");
    assertThat(received).hasSize(1);
  }

  @Test
  void failsOnAnInternalErrorAndQuotesIt() {
    answer(500, "<h1>Oh\n\n no</h1>");

    var outcome = caller().run("weather", SUCCESS, "STATUS_FAILED", null, Map.of());

    assertThat(outcome.end()).isEqualTo("failed");
    assertThat(message(outcome))
        .isEqualTo(
            "The status API %s did not take the report: it answered 500 '<h1>Oh no</h1>'. Look into that server's log."
                .formatted(url()));
  }

  @Test
  void failsOnAWrongPathAndNamesTheSettingToCheck() {
    answer(404, "");

    var outcome = caller().run("w", SUCCESS, "STATUS_FAILED", null, Map.of());

    assertThat(outcome.end()).isEqualTo("failed");
    assertThat(message(outcome))
        .contains("it answered 404 (nothing)")
        .contains("Check that MLOPS_STATUS_URL is the full address, path included.");
    Troubles.assertTold("The status callback goes to a wrong address", message(outcome));
  }

  @Test
  void failsOnARefusedLoginAndNamesTheSettingsToCheck() {
    answer(401, "{}");

    var outcome = caller("joe", "x").run("w", SUCCESS, "STATUS_FAILED", null, Map.of());

    assertThat(message(outcome)).contains("Check MLOPS_STATUS_USER and MLOPS_STATUS_PASSWORD.");
  }

  @Test
  void failsOnAnAnswerThatIsNoJson() {
    answer(200, "<html>\u0000\u0007Welcome</html>");

    var outcome = caller().run("weather", SUCCESS, "STATUS_FAILED", null, Map.of());

    assertThat(outcome.end()).isEqualTo("failed");
    assertThat(message(outcome))
        .contains("it answered 200, but with '<html> Welcome</html>' instead of");
  }

  @Test
  void failsOnTheErrorThatTheReplacedServiceAnswersWith200() {
    answer(200, "{\"status\":\"error\",\"message\":\"No JSON data provided\"}");

    var outcome = caller().run("weather", SUCCESS, "STATUS_FAILED", null, Map.of());

    assertThat(outcome.end()).isEqualTo("failed");
    assertThat(message(outcome)).contains("No JSON data provided");
  }

  @Test
  void failsOnAnAnswerWithoutABody() {
    answer(exchange -> exchange.sendResponseHeaders(204, -1));

    var outcome = caller().run("weather", SUCCESS, "STATUS_FAILED", null, Map.of());

    assertThat(message(outcome)).contains("it answered 204, but with (nothing) instead of");
  }

  @Test
  void failsOnAnEndlessAnswer() {
    answer(
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          byte[] garbage = new byte[8192];
          for (int i = 0; i < 100_000; i++) {
            exchange.getResponseBody().write(garbage);
          }
        });

    var outcome = caller().run("weather", SUCCESS, "STATUS_FAILED", null, Map.of());

    assertThat(outcome.end()).isEqualTo("failed");
    assertThat(message(outcome)).contains("its answer is longer than 65536 bytes");
  }

  @Test
  void failsOnAServerThatHangs() {
    answer(exchange -> await(over));

    var outcome = caller().run("weather", SUCCESS, "STATUS_FAILED", null, Map.of());

    assertThat(outcome.end()).isEqualTo("failed");
    assertThat(message(outcome))
        .contains("it did not answer within 300 ms")
        .contains("MLOPS_STATUS_TIMEOUT");
  }

  @Test
  void failsOnAServerThatHangsInTheMiddleOfItsAnswer() {
    answer(
        exchange -> {
          exchange.sendResponseHeaders(200, 100);
          exchange.getResponseBody().write('{');
          exchange.getResponseBody().flush();
          await(over);
        });

    var outcome = caller().run("weather", SUCCESS, "STATUS_FAILED", null, Map.of());

    assertThat(outcome.end()).isEqualTo("failed");
    assertThat(message(outcome)).contains("it did not answer within 300 ms");
  }

  @Test
  void givesUpOnAServerThatDripsItsAnswer() {
    answer(
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          while (!over.await(50, TimeUnit.MILLISECONDS)) {
            exchange.getResponseBody().write(' ');
            exchange.getResponseBody().flush();
          }
        });

    var outcome = caller().run("weather", SUCCESS, "STATUS_FAILED", null, Map.of());

    assertThat(outcome.end()).isEqualTo("failed");
    assertThat(message(outcome)).contains("it did not answer within 900 ms");
  }

  @Test
  void failsOnAServerThatDropsTheConnection() {
    answer(
        exchange -> {
          exchange.sendResponseHeaders(200, 100);
          exchange.getResponseBody().write('{');
          exchange.close();
        });

    var outcome = caller().run("weather", SUCCESS, "STATUS_FAILED", null, Map.of());

    assertThat(outcome.end()).isEqualTo("failed");
    assertThat(message(outcome)).contains("the connection broke off");
  }

  @Test
  void failsOnARefusedConnection() {
    String nobody = url();
    server.stop(0);

    var outcome = caller().run("w", SUCCESS, "STATUS_FAILED", null, Map.of());

    assertThat(outcome.end()).isEqualTo("failed");
    assertThat(message(outcome))
        .isEqualTo(
            "The status API %s did not take the report: it refused the connection. Check that it runs and that MLOPS_STATUS_URL is right."
                .formatted(nobody));
  }

  @Test
  void leavesCallsOfOtherAddressesToTheirModel() {
    server.stop(0);
    String elsewhere = SUCCESS.replace("${statusApi.url()}", "http://localhost:" + port() + "/x");

    var outcome = caller().run("weather", elsewhere, "STATUS_FAILED", null, Map.of());

    assertThat(outcome.end()).isEmpty();
    assertThat(outcome.incidentMessage()).contains("Unable to execute HTTP request");
  }

  @Test
  void givesACallThatNamesNoTimeoutsTheStandardOnes() {
    answer(exchange -> await(over));
    String careless =
        SUCCESS
            .replaceAll("(?m)^.*request-config.*$", "")
            .replace("${statusApi.url()}", "http://localhost:" + port() + "/x");

    var outcome = caller().run("weather", careless, "STATUS_FAILED", null, Map.of());

    assertThat(outcome.incidentMessage()).contains("Unable to execute HTTP request");
  }

  @Test
  void callsWithSixteenRunsAtATimeWithoutWaitingForAConnection() throws Exception {
    CountDownLatch allThere = new CountDownLatch(16);
    answer(
        exchange -> {
          allThere.countDown();
          await(allThere);
          respond(exchange, 200, UPDATED);
        });
    caller();
    PooledHttpConnector shared = connector;
    List<Future<Integer>> calls = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      calls.add(
          workers.submit(
              () ->
                  shared
                      .createRequest()
                      .post()
                      .url(url())
                      .payload("{}")
                      .execute()
                      .getStatusCode()));
    }

    for (var call : calls) {
      assertThat(call.get()).isEqualTo(200);
    }
  }

  private interface Answer {
    void to(HttpExchange exchange) throws Exception;
  }

  private void answer(int status, String body) {
    answer(exchange -> respond(exchange, status, body));
  }

  private void answer(Answer answer) {
    HttpHandler handler =
        exchange -> {
          Map<String, String> headers = new HashMap<>();
          exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.get(0)));
          received.add(
              new Received(
                  headers,
                  exchange.getRequestURI().getPath(),
                  new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
          try {
            answer.to(exchange);
          } catch (Exception e) {
            throw new IOException(e);
          } finally {
            exchange.close();
          }
        };
    server.createContext("/", handler);
  }

  private static void respond(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private static void await(CountDownLatch latch) throws InterruptedException {
    latch.await();
  }

  private int port() {
    return server.getAddress().getPort();
  }

  private String url() {
    return "http://127.0.0.1:" + port() + "/api/v1/update-status";
  }

  private OneTaskModel caller() {
    return caller("", "");
  }

  private OneTaskModel caller(String user, String password) {
    StatusSettings settings = new StatusSettings(url(), user, password, Duration.ofMillis(300));
    StatusServer target = new StatusServer(settings);
    HttpOptions options = new HttpOptions(settings);
    interceptor = new StatusCallInterceptor(target, settings);
    connector = new PooledHttpConnector(options, new OwnStatusCall(null, null), interceptor);
    StatusApi api = new StatusApi(target, new ObjectMapper(), Clock.systemUTC());
    model = new OneTaskModel(List.of(connector), Map.of("statusApi", api, "httpOptions", options));
    return model;
  }

  private Map<String, Object> sent() throws IOException {
    return new ObjectMapper().readValue(received.get(0).body(), new TypeReference<>() {});
  }

  private static String message(OneTaskModel.Outcome outcome) {
    return (String) outcome.variables().get("failureMessage");
  }

  private static String[] login(Received request) {
    String basic = request.headers().get("Authorization").substring("Basic ".length());
    return new String(Base64.getDecoder().decode(basic), StandardCharsets.UTF_8).split(":", 2);
  }
}
