package org.bpmnmlops.processes;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Somebody's status server: keeps what it hears, and can be told to answer otherwise. */
final class StatusServerStub {

  private final List<String> heard = new CopyOnWriteArrayList<>();
  private final HttpServer server;
  private volatile int answer = 200;

  StatusServerStub() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext(
        "/status",
        exchange -> {
          heard.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          byte[] body = "{\"status\":\"updated\"}".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(answer, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }

  String url() {
    return "http://localhost:" + server.getAddress().getPort() + "/status";
  }

  void answers(int status) {
    answer = status;
  }

  /** The reports since the last call, in order. */
  List<String> heard() {
    List<String> reports = List.copyOf(heard);
    heard.clear();
    return reports;
  }
}
