package org.bpmnmlops.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** Camunda's REST API of a server, as the administrator. */
final class Rest {

  /** A run that has ended. */
  record Ended(String id, OffsetDateTime start, OffsetDateTime end, long millis) {}

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSZ");
  private static final Duration LOOK_AGAIN = Duration.ofMillis(40);
  private static final String USER_AND_PASSWORD = "admin:" + ServerProcess.ADMIN_PASSWORD;

  private final String base;
  private final HttpClient client = HttpClient.newHttpClient();

  Rest(int port) {
    base = "http://127.0.0.1:" + port;
  }

  /** Whether the server answers 200 at a path. */
  boolean answers(String path) throws IOException, InterruptedException {
    try {
      return send(request(path).GET()).statusCode() == 200;
    } catch (ConnectException e) {
      return false;
    }
  }

  String base() {
    return base;
  }

  /** Posts JSON and returns how long the answer is, in characters. */
  int post(String path, String json) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        send(
            request(path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json)));
    if (answer.statusCode() != 200) {
      throw new IllegalStateException(
          "%s answered %d: %s".formatted(path, answer.statusCode(), answer.body()));
    }
    return answer.body().length();
  }

  /** Deploys one model. */
  void deploy(String file, String model) throws IOException, InterruptedException {
    String boundary = "----bench";
    String body =
        """
        --%1$s\r
        Content-Disposition: form-data; name="deployment-name"\r
        \r
        bench\r
        --%1$s\r
        Content-Disposition: form-data; name="data"; filename="%2$s"\r
        Content-Type: application/xml\r
        \r
        %3$s\r
        --%1$s--\r
        """
            .formatted(boundary, file, model);
    okay(
        send(
            request("/engine-rest/deployment/create")
                .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                .POST(BodyPublishers.ofString(body))));
  }

  /** Starts a run and returns its id. */
  String start(String process, Map<String, ?> variables) throws IOException, InterruptedException {
    Map<String, Object> values = new LinkedHashMap<>();
    variables.forEach((name, value) -> values.put(name, Map.of("value", value)));
    return okay(send(
            request("/engine-rest/process-definition/key/" + process + "/start")
                .header("Content-Type", "application/json")
                .POST(
                    BodyPublishers.ofString(JSON.writeValueAsString(Map.of("variables", values))))))
        .path("id")
        .asText();
  }

  JsonNode get(String path) throws IOException, InterruptedException {
    return okay(send(request(path).GET()));
  }

  long count(String path) throws IOException, InterruptedException {
    return get(path).path("count").asLong();
  }

  /** Waits for a run's end. */
  Ended await(String run) throws IOException, InterruptedException {
    while (true) {
      JsonNode found = get("/engine-rest/history/process-instance/" + run);
      if (!found.path("endTime").isNull()) {
        return ended(found);
      }
      Thread.sleep(LOOK_AGAIN.toMillis());
    }
  }

  static Ended ended(JsonNode run) {
    return new Ended(
        run.path("id").asText(),
        OffsetDateTime.parse(run.path("startTime").asText(), TIME),
        OffsetDateTime.parse(run.path("endTime").asText(), TIME),
        run.path("durationInMillis").asLong());
  }

  private HttpRequest.Builder request(String path) {
    String login =
        Base64.getEncoder().encodeToString(USER_AND_PASSWORD.getBytes(StandardCharsets.UTF_8));
    return HttpRequest.newBuilder(URI.create(base + path))
        .header("Authorization", "Basic " + login);
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private static JsonNode okay(HttpResponse<String> response) throws IOException {
    if (response.statusCode() != 200) {
      throw new IllegalStateException(
          "%s answered %d: %s".formatted(response.uri(), response.statusCode(), response.body()));
    }
    return JSON.readTree(response.body());
  }
}
