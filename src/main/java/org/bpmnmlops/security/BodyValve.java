package org.bpmnmlops.security;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;
import org.apache.coyote.InputBuffer;
import org.apache.tomcat.util.net.ApplicationBufferHandler;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;

/**
 * Keeps bodies from taking all memory or all threads, before anything looks at a request. One that
 * is too long is refused unread. One that is not here yet needs room, of which there is less than
 * there are threads, so that requests without such a body are always answered. What nobody read is
 * not waited for, as Tomcat would.
 */
final class BodyValve extends ValveBase {

  /** Bodies that come slowly at the same time, at most. */
  private static final int PLACES = 96;

  private static final int MOST_WAITING = 32;

  /** Without Content-Length. */
  private static final long LONGEST_UNANNOUNCED = 1 << 20;

  private static final long PATIENCE_SECONDS = 5;
  private static final long BODY_SECONDS = 30;
  private static final long SLOWEST_BYTES_PER_SECOND = 32 << 10;
  private static final long UNREAD_MILLIS = 500;
  private static final int KILOBYTE = 1024;

  private final ObjectMapper json;
  private final long longest;
  private final int leastKilobytes;
  private final Semaphore room;
  private final Semaphore unread = new Semaphore(MOST_WAITING);

  /**
   * @param memory of the JVM, in bytes: an eighth of it is for bodies on their way
   * @param longest body in bytes
   */
  BodyValve(ObjectMapper json, long memory, long longest) {
    this.json = json;
    this.longest = longest;
    int kilobytes = (int) Math.min(Integer.MAX_VALUE, memory / 8 / KILOBYTE);
    this.leastKilobytes = Math.max(1, kilobytes / PLACES);
    this.room = new Semaphore(kilobytes);
  }

  @Override
  public void invoke(Request request, Response response) throws IOException, ServletException {
    long length = request.getContentLengthLong();
    boolean announced = length >= 0;
    if (length == 0 || (!announced && request.getHeader(HttpHeaders.TRANSFER_ENCODING) == null)) {
      getNext().invoke(request, response);
    } else if (length > longest) {
      refuse(
          response,
          HttpStatus.PAYLOAD_TOO_LARGE,
          "The body has %d bytes; expected at most %d. Send it in several requests"
              .formatted(length, longest));
      request.getCoyoteRequest().action(ActionCode.DISABLE_SWALLOW_INPUT, null);
    } else {
      guard(request, response, announced ? length : LONGEST_UNANNOUNCED, announced);
    }
  }

  private void guard(Request request, Response response, long most, boolean announced)
      throws IOException, ServletException {
    int kilobytes =
        announced && available(request) >= most
            ? 0
            : Math.max(leastKilobytes, Math.toIntExact(most / KILOBYTE));
    if (!acquire(kilobytes)) {
      response.setHeader(HttpHeaders.RETRY_AFTER, "" + PATIENCE_SECONDS);
      refuse(
          response,
          HttpStatus.SERVICE_UNAVAILABLE,
          "Too many requests are sending long bodies, or send them slowly; try again");
      request.getCoyoteRequest().action(ActionCode.DISABLE_SWALLOW_INPUT, null);
      return;
    }
    InputBuffer body = request.getCoyoteRequest().getInputBuffer();
    long seconds = BODY_SECONDS + most / SLOWEST_BYTES_PER_SECOND;
    try {
      request
          .getCoyoteRequest()
          .setInputBuffer(new GuardedBody(body, most, TimeUnit.SECONDS.toNanos(seconds)));
      getNext().invoke(request, response);
    } finally {
      request.getCoyoteRequest().setInputBuffer(body);
      room.release(kilobytes);
      if (!request.getCoyoteRequest().isFinished()) {
        leaveUnread(request, response, announced);
      }
    }
  }

  private boolean acquire(int kilobytes) {
    try {
      return kilobytes == 0
          || room.tryAcquire(kilobytes)
          || (room.getQueueLength() < MOST_WAITING
              && room.tryAcquire(kilobytes, PATIENCE_SECONDS, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Bytes that can be read at once. */
  private static int available(Request request) {
    request.getCoyoteRequest().action(ActionCode.AVAILABLE, Boolean.TRUE);
    return request.getCoyoteRequest().getAvailable();
  }

  /**
   * Takes what the client sends within a moment, because it may look at the answer only after it
   * sent all, and then closes the connection.
   */
  private void leaveUnread(Request request, Response response, boolean announced)
      throws IOException {
    response.finishResponse();
    if (announced && unread.tryAcquire()) {
      try {
        takeUnread(request);
      } finally {
        unread.release();
      }
    }
    if (!request.getCoyoteRequest().isFinished()) {
      request.getCoyoteRequest().action(ActionCode.DISABLE_SWALLOW_INPUT, null);
    }
  }

  private static void takeUnread(Request request) throws IOException {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(UNREAD_MILLIS);
    Nowhere nowhere = new Nowhere();
    while (!request.getCoyoteRequest().isFinished() && System.nanoTime() - end < 0) {
      if (available(request) > 0) {
        request.getCoyoteRequest().doRead(nowhere);
      } else {
        try {
          TimeUnit.MILLISECONDS.sleep(5);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          return;
        }
      }
    }
  }

  private void refuse(Response response, HttpStatus status, String detail) throws IOException {
    response.setStatus(status.value());
    response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
    byte[] problem = json.writeValueAsBytes(ProblemDetail.forStatusAndDetail(status, detail));
    response.setContentLength(problem.length);
    response.getOutputStream().write(problem);
  }

  private static final class Nowhere implements ApplicationBufferHandler {

    private ByteBuffer buffer = ByteBuffer.allocate(0);

    @Override
    public void setByteBuffer(ByteBuffer read) {
      buffer = read;
    }

    @Override
    public ByteBuffer getByteBuffer() {
      return buffer;
    }

    @Override
    public void expand(int size) {
      // Nothing is kept.
    }
  }
}
