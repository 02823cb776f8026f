package org.bpmnmlops.notification;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * An SMTP server that answers what a test tells it to, where GreenMail would be too well-behaved.
 */
final class ScriptedMailServer implements AutoCloseable {

  /** An answer that is none: say nothing more. */
  static final String HANG = "(hang)";

  /** An answer that is none: close the connection. */
  static final String DROP = "(drop)";

  /** An answer that is none: a byte now and then, and never the end of the line. */
  static final String DRIP = "(drip)";

  /** An answer that is none: bytes as fast as they go, and never the end of the line. */
  static final String FLOOD = "(flood)";

  private static final byte[] NO_LINE_END = "220-".repeat(4096).getBytes(StandardCharsets.US_ASCII);

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
        } catch (SocketException e) {
          // The client hung up, or the test is over; the loop's condition tells which.
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
    if (answer.equals(DRIP)) {
      while (!closed.await(50, TimeUnit.MILLISECONDS)) {
        client.getOutputStream().write('2');
      }
      return false;
    }
    if (answer.equals(FLOOD)) {
      while (closed.getCount() > 0) {
        client.getOutputStream().write(NO_LINE_END);
      }
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
