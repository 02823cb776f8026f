package org.bpmnmlops.security;

import java.io.IOException;
import org.apache.coyote.InputBuffer;
import org.apache.tomcat.util.net.ApplicationBufferHandler;
import org.springframework.http.HttpStatus;

/** A body that comes in time and is not longer than it may be, or else ends with an exception. */
final class GuardedBody implements InputBuffer {

  private final InputBuffer body;
  private final long mostBytes;
  private final long end;
  private long bytes;

  /**
   * @param nanos from now on; a single read waits for the client as long as Tomcat lets it
   */
  GuardedBody(InputBuffer body, long mostBytes, long nanos) {
    this.body = body;
    this.mostBytes = mostBytes;
    this.end = System.nanoTime() + nanos;
  }

  @Override
  public int doRead(ApplicationBufferHandler handler) throws IOException {
    int read = body.doRead(handler);
    bytes += Math.max(0, read);
    if (bytes > mostBytes) {
      throw new RefusedBodyException(
          HttpStatus.PAYLOAD_TOO_LARGE,
          "The body is longer than %d bytes; expected the header Content-Length, or less"
              .formatted(mostBytes));
    }
    if (read > 0 && System.nanoTime() - end > 0) {
      throw new RefusedBodyException(
          HttpStatus.REQUEST_TIMEOUT,
          "The body comes too slowly: %d bytes of it are here".formatted(bytes));
    }
    return read;
  }

  @Override
  public int available() {
    return body.available();
  }
}
