package org.bpmnmlops.status;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;
import org.apache.http.conn.ConnectTimeoutException;
import org.apache.http.conn.ConnectionPoolTimeoutException;
import org.apache.http.conn.HttpHostConnectException;

/**
 * The status API did not take a report. The message names the address, says what happened and what
 * to do.
 */
class StatusFailedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private static final int LONGEST_EXCERPT = 200;
  private static final String WHERE_TO_LOOK =
      "Check that it runs and that MLOPS_STATUS_URL is right";

  StatusFailedException(StatusServer server, String happened, String whatToDo, Throwable cause) {
    super(
        "The status API %s did not take the report: %s. %s"
            .formatted(server.url(), happened, whatToDo),
        cause);
  }

  static StatusFailedException notReached(StatusServer server, IOException e, long timeoutMillis) {
    if (e instanceof ConnectionPoolTimeoutException) {
      return new StatusFailedException(
          server,
          "all connections to it were in use for %d ms".formatted(timeoutMillis),
          "It answers too slowly for the number of runs: make it faster, or lower maxActiveRuns.",
          e);
    }
    if (e instanceof UnknownHostException) {
      return new StatusFailedException(
          server, "its host name is unknown", "Check MLOPS_STATUS_URL and the name server.", e);
    }
    if (e instanceof ConnectTimeoutException || e instanceof SocketTimeoutException) {
      return tooSlow(server, e, timeoutMillis);
    }
    if (e instanceof HttpHostConnectException) {
      return new StatusFailedException(server, "it refused the connection", WHERE_TO_LOOK + ".", e);
    }
    if (String.valueOf(e.getMessage()).contains("PKIX")) {
      return new StatusFailedException(
          server,
          "its certificate is signed by nobody this machine trusts",
          "Install a valid certificate there, or add its authority to the Java trust store here.",
          e);
    }
    if (e instanceof SSLException) {
      return new StatusFailedException(
          server,
          "the secure connection failed (%s)".formatted(excerpt(e.getMessage())),
          "Check its certificate, and whether MLOPS_STATUS_URL should say http or https.",
          e);
    }
    return new StatusFailedException(
        server,
        "the connection broke off (%s)".formatted(excerpt(String.valueOf(e.getMessage()))),
        WHERE_TO_LOOK + ".",
        e);
  }

  static StatusFailedException tooSlow(StatusServer server, IOException e, long waitedMillis) {
    return new StatusFailedException(
        server,
        "it did not answer within %d ms".formatted(waitedMillis),
        WHERE_TO_LOOK + "; MLOPS_STATUS_TIMEOUT sets how long a run waits.",
        e);
  }

  static StatusFailedException endlessAnswer(StatusServer server, int longest) {
    return new StatusFailedException(
        server,
        "its answer is longer than %d bytes".formatted(longest),
        "Check that MLOPS_STATUS_URL names a status API.",
        null);
  }

  static StatusFailedException refused(StatusServer server, int statusCode, String response) {
    String whatToDo =
        switch (statusCode) {
          case 401, 403 -> "Check MLOPS_STATUS_USER and MLOPS_STATUS_PASSWORD.";
          case 400, 422 -> "It does not understand the report; its answer says why.";
          default ->
              statusCode >= 500
                  ? "Look into that server's log."
                  : "Check that MLOPS_STATUS_URL is the full address, path included.";
        };
    return new StatusFailedException(
        server, "it answered %d %s".formatted(statusCode, quoted(response)), whatToDo, null);
  }

  static StatusFailedException notUnderstood(
      StatusServer server, int statusCode, String response, Exception cause) {
    return new StatusFailedException(
        server,
        "it answered %d, but with %s instead of {\"status\":\"updated\", ...}"
            .formatted(statusCode, quoted(response)),
        "Check that MLOPS_STATUS_URL names a status API.",
        cause);
  }

  private static String quoted(String response) {
    return response == null || response.isBlank() ? "(nothing)" : "'" + excerpt(response) + "'";
  }

  /** On one line and short: the message goes into variables, mails and log lines. */
  private static String excerpt(String text) {
    String line = String.valueOf(text).replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    return line.length() <= LONGEST_EXCERPT ? line : line.substring(0, LONGEST_EXCERPT) + "...";
  }
}
