package org.bpmnmlops.cli;

import static org.bpmnmlops.cli.CommandFailedException.CONFLICT;
import static org.bpmnmlops.cli.CommandFailedException.FAILED;
import static org.bpmnmlops.cli.CommandFailedException.NOT_REACHED;
import static org.bpmnmlops.cli.CommandFailedException.NOT_THERE;
import static org.bpmnmlops.cli.CommandFailedException.REFUSED;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import picocli.CommandLine.ExitCode;

/** A running server as its user sees it. Every fault becomes one line that says what to do. */
final class Api {

  static final ObjectMapper JSON = new ObjectMapper();

  private static final Duration CONNECTING = Duration.ofSeconds(10);
  private static final Duration ANSWERING = Duration.ofSeconds(60);

  /** Redirects are not followed: they would carry the password to another server. */
  private final HttpClient client = HttpClient.newBuilder().connectTimeout(CONNECTING).build();

  private final URI base;
  private final Login login;

  /**
   * @param whereabouts where the password came from, in words
   */
  record Login(String user, String password, String whereabouts) {

    String header() {
      byte[] credentials = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
      return "Basic " + Base64.getEncoder().encodeToString(credentials);
    }
  }

  /** What a server answered. */
  record Answer(int status, JsonNode body) {}

  /**
   * @param login null for what is open to everybody
   */
  Api(URI base, Login login) {
    this.base = base;
    this.login = login;
  }

  JsonNode get(String path) {
    return checked(path, send(path, "GET", null));
  }

  JsonNode post(String path, JsonNode body) {
    return checked(path, send(path, "POST", body));
  }

  JsonNode put(String path, JsonNode body) {
    return checked(path, send(path, "PUT", body));
  }

  /** Like {@link #get}, whatever the status; a login that is refused is a fault here, too. */
  Answer ask(String path) {
    Answer answer = send(path, "GET", null);
    if (answer.status() == 401 && login != null) {
      checked(path, answer);
    }
    return answer;
  }

  /** A part of a path, encoded. */
  static String part(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private Answer send(String path, String method, JsonNode body) {
    HttpRequest.Builder builder = HttpRequest.newBuilder(address(path));
    if (login != null) {
      builder.header("Authorization", login.header());
    }
    HttpRequest request =
        builder
            .timeout(ANSWERING)
            .header("Accept", "application/json, application/problem+json")
            .header("Content-Type", "application/json")
            .method(
                method,
                body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body.toString()))
            .build();
    try {
      HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
      return new Answer(response.statusCode(), json(response.body()));
    } catch (HttpTimeoutException e) {
      throw new CommandFailedException(
          NOT_REACHED,
          "%s did not answer within %d s: it may be starting or overloaded; try again"
              .formatted(
                  base,
                  (e instanceof java.net.http.HttpConnectTimeoutException ? CONNECTING : ANSWERING)
                      .toSeconds()));
    } catch (ConnectException e) {
      throw new CommandFailedException(
          NOT_REACHED,
          ("There is no server at %s: start one with the command 'serve', or name another with"
                  + " --url")
              .formatted(base));
    } catch (IOException e) {
      throw new CommandFailedException(
          NOT_REACHED,
          "The connection to %s failed: %s; check --url (http or https, host, port)"
              .formatted(base, e.getMessage() == null ? e : e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailedException(FAILED, "Interrupted");
    }
  }

  private URI address(String path) {
    return base.resolve(path.substring(1));
  }

  private static JsonNode json(String body) {
    try {
      return body.isBlank() ? MissingNode.getInstance() : JSON.readTree(body);
    } catch (JsonProcessingException e) {
      // A page of a proxy, or of something else that listens there.
      return MissingNode.getInstance();
    }
  }

  private JsonNode checked(String path, Answer answer) {
    if (answer.status() < 300) {
      return answer.body();
    }
    String detail = detail(answer.body());
    throw switch (answer.status()) {
      case 400 -> new CommandFailedException(ExitCode.USAGE, detail);
      case 401 ->
          new CommandFailedException(
              REFUSED,
              ("The server does not know the user '%s' with the password from %s, or the user is"
                      + " locked for a while after wrong passwords; set MLOPS_USER and"
                      + " MLOPS_PASSWORD")
                  .formatted(login.user(), login.whereabouts()));
      case 403 ->
          new CommandFailedException(
              REFUSED,
              "The user '%s' may not do that%s; an administrator grants rights in Camunda Admin"
                  .formatted(login.user(), detail.isEmpty() ? "" : ": " + detail));
      case 404 ->
          new CommandFailedException(
              NOT_THERE,
              detail.isEmpty() || detail.startsWith("No static resource")
                  ? "There is nothing at %s of %s: is it this product, and not an older one?"
                      .formatted(path, base)
                  : detail);
      case 409 -> new CommandFailedException(CONFLICT, detail);
      default ->
          new CommandFailedException(
              FAILED,
              answer.status() >= 300 && answer.status() < 400
                  ? "%s sends elsewhere (%d); name the server's own address with --url"
                      .formatted(base, answer.status())
                  : detail.isEmpty()
                      ? "%s answered %d".formatted(address(path), answer.status())
                      : detail);
    };
  }

  /** In problem details, or as the engine's own API tells it. */
  private static String detail(JsonNode body) {
    String text =
        body.path("detail").asText(body.path("message").asText(body.path("title").asText("")));
    return Terminal.plainLines(text).replaceAll("[.\\s]+$", "");
  }
}
