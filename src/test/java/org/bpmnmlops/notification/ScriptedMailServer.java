package org.bpmnmlops.notification;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/**
 * An SMTP server that answers what a test tells it to, where GreenMail would be too well-behaved.
 */
final class ScriptedMailServer implements AutoCloseable {

  /** An answer that is none: say nothing more. */
  static final String HANG = "(hang)";

  /** An answer that is none: close the connection. */
  static final String DROP = "(drop)";

  private final CountDownLatch closed = new CountDownLatch(1);
  private final ServerSocket listener;
  private final Map<String, String> answers;

  /**
   * @param answers by the command's first word; {@code CONNECT} for the greeting, {@code .} for the
   *     end of the message; commands that are not named are taken
   */
  ScriptedMailServer(Map<String, String> answers) {
    this.answers = answers;
    try {
      listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread thread = new Thread(this::serve, "scripted-mail-server");
    thread.setDaemon(true);
    thread.start();
  }

  int port() {
    return listener.getLocalPort();
  }

  private void serve() {
    try {
      while (!listener.isClosed()) {
        try (Socket client = listener.accept()) {
          converse(client);
        }
      }
    } catch (IOException e) {
      // Closing the listener ends the conversation, which is how a test ends.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void converse(Socket client) throws IOException, InterruptedException {
    var in =
        new BufferedReader(
            new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
    boolean open = answer(client, "CONNECT", "220 scripted ESMTP");
    boolean message = false;
    for (String line = open ? in.readLine() : null; line != null; line = in.readLine()) {
      String command = line.split("[ :]", 2)[0].toUpperCase(Locale.ROOT);
      if (message && !line.equals(".")) {
        continue;
      }
      message = command.equals("DATA") && !answers.containsKey("DATA");
      if (!answer(client, command, message ? "354 go on" : "250 fine")) {
        return;
      }
    }
  }

  private boolean answer(Socket client, String command, String byDefault)
      throws IOException, InterruptedException {
    String answer = answers.getOrDefault(command, byDefault);
    if (answer.equals(DROP)) {
      return false;
    }
    if (answer.equals(HANG)) {
      closed.await();
      return false;
    }
    client.getOutputStream().write((answer + "\r\n").getBytes(StandardCharsets.US_ASCII));
    client.getOutputStream().flush();
    return true;
  }

  @Override
  public void close() throws IOException {
    closed.countDown();
    listener.close();
  }
}
