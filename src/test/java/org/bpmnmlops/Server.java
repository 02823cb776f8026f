package org.bpmnmlops;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Base64;
import org.bpmnmlops.artifact.Home;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.core.env.Environment;

/** The server under test as its callers see it. Answers are never followed or thrown. */
@TestComponent
public class Server {

  private final Environment environment;
  private final Home home;

  Server(Environment environment, Home home) {
    this.environment = environment;
    this.home = home;
  }

  /** Calls as nobody. */
  public Caller anonymous() {
    return new Caller(null);
  }

  /** Calls as the administrator. */
  public Caller admin() {
    return user("admin", adminPassword());
  }

  public String adminPassword() {
    try {
      return Files.readString(home.home().resolve("admin-password")).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Calls with HTTP Basic. */
  public Caller user(String name, String password) {
    byte[] credentials = (name + ":" + password).getBytes(StandardCharsets.UTF_8);
    return new Caller("Basic " + Base64.getEncoder().encodeToString(credentials));
  }

  /** One caller, who keeps cookies like a browser. */
  public final class Caller {

    private final String authorization;
    private final CookieManager cookies = new CookieManager();
    private final HttpClient client = HttpClient.newBuilder().cookieHandler(cookies).build();

    private Caller(String authorization) {
      this.authorization = authorization;
    }

    public HttpResponse<String> get(String path, String... headers) {
      return send(request(path, headers).GET());
    }

    public HttpResponse<String> post(String path, String json, String... headers) {
      return send(
          request(path, headers)
              .header("Content-Type", "application/json")
              .POST(BodyPublishers.ofString(json)));
    }

    public HttpResponse<String> put(String path, String json, String... headers) {
      return send(
          request(path, headers)
              .header("Content-Type", "application/json")
              .PUT(BodyPublishers.ofString(json)));
    }

    /** A request to complete and {@link #send}; headers are names and values in turn. */
    public HttpRequest.Builder request(String path, String... headers) {
      HttpRequest.Builder request = HttpRequest.newBuilder(uri(path));
      if (authorization != null) {
        request.header("Authorization", authorization);
      }
      return headers.length == 0 ? request : request.headers(headers);
    }

    public HttpResponse<String> send(HttpRequest.Builder request) {
      try {
        return client.send(request.build(), BodyHandlers.ofString());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
  }

  public URI uri(String path) {
    return URI.create(
        "http://127.0.0.1:" + environment.getRequiredProperty("local.server.port") + path);
  }
}
