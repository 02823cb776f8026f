package org.bpmnmlops.notification;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.net.SocketFactory;

/**
 * Connections to a mail server that end after a fixed time, however it behaves. Jakarta Mail's own
 * timeouts are per read: a server that sends a byte now and then, and never the end of a line,
 * would hold a worker for ever; one that sends fast would fill the memory.
 */
final class DeadlineSockets extends SocketFactory {

  /** What a server answers to one message is some hundred bytes. */
  private static final int LONGEST_ANSWERS_BYTES = 1 << 20;

  private static final ScheduledThreadPoolExecutor WATCHDOG = watchdog();

  private final Duration deadline;

  /**
   * @param deadline for everything that happens on one connection, from its making to its end
   */
  DeadlineSockets(Duration deadline) {
    this.deadline = deadline;
  }

  @Override
  public Socket createSocket() {
    return new DeadlineSocket(deadline);
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return createSocket(InetAddress.getByName(host), port);
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress localHost, int localPort)
      throws IOException {
    return createSocket(InetAddress.getByName(host), port, localHost, localPort);
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return createSocket(host, port, null, 0);
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort)
      throws IOException {
    Socket socket = createSocket();
    try {
      socket.bind(new InetSocketAddress(localHost, localPort));
      socket.connect(new InetSocketAddress(host, port));
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  private static ScheduledThreadPoolExecutor watchdog() {
    var executor =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "mail-watchdog");
              thread.setDaemon(true);
              return thread;
            });
    executor.setRemoveOnCancelPolicy(true);
    return executor;
  }

  /** The time or the amount that one message may take is used up. */
  static final class DeadlineException extends IOException {

    private static final long serialVersionUID = 1L;

    private DeadlineException(String message, IOException cause) {
      super(message, cause);
    }
  }

  private static final class DeadlineSocket extends Socket {

    private final Duration deadline;
    private final Future<?> end;
    private volatile boolean over;

    DeadlineSocket(Duration deadline) {
      this.deadline = deadline;
      end = WATCHDOG.schedule(this::end, deadline.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void end() {
      over = true;
      try {
        super.close();
      } catch (IOException e) {
        throw new UncheckedIOException("Cannot close a mail connection", e);
      }
    }

    @Override
    public void close() throws IOException {
      end.cancel(false);
      super.close();
    }

    @Override
    public InputStream getInputStream() throws IOException {
      return new Answers(super.getInputStream());
    }

    private final class Answers extends FilterInputStream {

      private long bytes;

      Answers(InputStream in) {
        super(in);
      }

      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] buffer, int offset, int length) throws IOException {
        int read;
        try {
          read = super.read(buffer, offset, length);
        } catch (IOException e) {
          throw over ? tooSlow(e) : e;
        }
        if (over) {
          throw tooSlow(null);
        }
        bytes += Math.max(read, 0);
        if (bytes > LONGEST_ANSWERS_BYTES) {
          throw new DeadlineException(
              "its answers are longer than %d bytes".formatted(LONGEST_ANSWERS_BYTES), null);
        }
        return read;
      }
    }

    private DeadlineException tooSlow(IOException cause) {
      return new DeadlineException(
          "it had not taken it after %d ms, six times MLOPS_MAIL_TIMEOUT"
              .formatted(deadline.toMillis()),
          cause);
    }
  }
}
