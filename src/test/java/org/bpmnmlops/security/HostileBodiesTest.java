package org.bpmnmlops.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.bpmnmlops.MlopsTest;
import org.bpmnmlops.Server;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

@MlopsTest
class HostileBodiesTest {

  private static final int PATIENCE_MILLIS = 60_000;
  private static final int MANY = 250;

  @Autowired private Server server;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/predict",
        "/engine-rest/deployment/create",
        "/camunda/api/admin/auth/user/default/login/cockpit"
      })
  void refusesABodyThatIsTooLongBeforeItIsSent(String path) throws IOException {
    try (Socket client = connect()) {
      send(client, head(path, "Content-Length: 4000000000"));

      assertThat(answer(client))
          .startsWith("HTTP/1.1 413")
          .contains("The body has 4000000000 bytes; expected at most");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/feedback",
        "/engine-rest/process-definition/key/advertising-pipeline/start"
      })
  void refusesALongBodyOfUnknownLength(String path) throws IOException {
    try (Socket client = connect()) {
      send(client, head(path, "Content-Type: application/json\r\nTransfer-Encoding: chunked"));
      String chunk = "10000\r\n" + " ".repeat(0x10000) + "\r\n";

      send(client, chunk.repeat(16) + "1\r\n \r\n");

      assertThat(answer(client))
          .startsWith("HTTP/1.1 413")
          .contains("expected the header Content-Length, or less");
    }
  }

  /** Each of them would take a thread, and for ever: a byte now and then keeps it waiting. */
  @ParameterizedTest
  @CsvSource({"true, /api/v1/feedback", "false, /api/v1/feedback", "false, /camunda/api/admin/x"})
  void answersOthersWhileManySendTheirBodiesSlowly(boolean login, String path) throws Exception {
    List<Socket> slow = new ArrayList<>();
    Thread drip = new Thread(() -> drip(slow));
    try {
      for (int i = 0; i < MANY; i++) {
        Socket client = connect();
        slow.add(client);
        send(
            client,
            login
                ? head(path, "Content-Length: 100000") + "{"
                : "POST %s HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n{".formatted(path));
      }
      drip.start();

      try (Socket other = connect()) {
        send(other, head("/api/v1/update-status", "Content-Length: 1") + "[");

        assertThat(answer(other)).startsWith("HTTP/1.1 400");
      }
    } finally {
      drip.interrupt();
      drip.join();
      for (Socket client : slow) {
        client.close();
      }
    }
  }

  private static void drip(List<Socket> clients) {
    try {
      while (true) {
        for (Socket client : clients) {
          try {
            client.getOutputStream().write(' ');
          } catch (IOException e) {
            // The server has closed this one, which is right.
          }
        }
        Thread.sleep(1_000);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void findsNoFaultOfItsOwnInABrokenForm() {
    var answer =
        server
            .admin()
            .send(
                server
                    .admin()
                    .request("/api/v1/update-status", "Content-Type", "multipart/form-data")
                    .POST(BodyPublishers.ofString("zzz")));

    assertThat(answer.statusCode()).isEqualTo(400);
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket("127.0.0.1", server.uri("/").getPort());
    socket.setSoTimeout(PATIENCE_MILLIS);
    return socket;
  }

  private String head(String path, String headers) {
    String login = "admin:" + server.adminPassword();
    return "POST %s HTTP/1.1\r\nHost: x\r\nAuthorization: Basic %s\r\n%s\r\n\r\n"
        .formatted(
            path,
            Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8)),
            headers);
  }

  private static void send(Socket socket, String text) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(text.getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }

  /** What comes until the text has come that ends a problem detail, or the connection ends. */
  private static String answer(Socket socket) throws IOException {
    StringBuilder answer = new StringBuilder();
    byte[] buffer = new byte[4096];
    while (answer.indexOf("}") < 0) {
      int read = socket.getInputStream().read(buffer);
      if (read < 0) {
        break;
      }
      answer.append(new String(buffer, 0, read, StandardCharsets.UTF_8));
    }
    return answer.toString();
  }
}
