package org.bpmnmlops.log;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.bpmnmlops.artifact.Artifacts;
import org.springframework.stereotype.Component;

/**
 * The file {@code runs/<run>/log.jsonl}: one JSON object per line, appended at once and outside of
 * every transaction, so that a step that is rolled back leaves its error there. It is deleted with
 * the run's folder. All nodes read it, since they share the home.
 */
@Component
public class RunLog {

  static final String FILE = "log.jsonl";

  /** A log grows no further than this, in bytes. */
  static final long LARGEST = 4 << 20;

  /** From here on only warnings and errors are kept, so that there is room for them. */
  static final long ROOM_FOR_ALL = 3 << 20;

  private static final int PAGE_BYTES = 1 << 20;
  private static final int PAGE_LINES = 1000;

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private final Artifacts artifacts;
  private final Clock clock;

  RunLog(Artifacts artifacts, Clock clock) {
    this.artifacts = artifacts;
    this.clock = clock;
  }

  /** Adds a line, unless the log is full. The line that fills it is kept whole, and says so. */
  void append(String run, LogLine line) throws IOException {
    Path file = file(run);
    long size = size(file);
    if (size >= (line.level().compareTo(LogLevel.WARN) < 0 ? ROOM_FOR_ALL : LARGEST)) {
      return;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(bytes(line));
    if (size < ROOM_FOR_ALL && size + bytes.size() >= ROOM_FOR_ALL) {
      bytes.write(bytes(note("This log is long: from here on it keeps warnings and errors only")));
    }
    if (size + bytes.size() >= LARGEST) {
      bytes.write(bytes(note("This log is full; what follows is in the server's log only")));
    }
    write(file, bytes.toByteArray());
  }

  private LogLine note(String message) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    return new LogLine(now, LogLevel.WARN, null, null, "RunLog", message, null);
  }

  /**
   * Lines of a run's log.
   *
   * @param after where the page before ended; 0 for the beginning
   * @param wanted which lines to keep; up to 1000 of them, from up to 1 MiB of the file
   * @return no lines where the run has said nothing yet, or its log was cleaned up
   */
  public LogPage read(String run, long after, Predicate<LogLine> wanted) {
    Path file = file(run);
    try (SeekableByteChannel channel = Files.newByteChannel(file)) {
      long size = channel.size();
      long start = Math.min(after, size);
      channel.position(start);
      ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(PAGE_BYTES, size - start));
      while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
        // Reads on until the page is full or the file ends.
      }
      return page(buffer.array(), buffer.position(), start, size, wanted);
    } catch (NoSuchFileException e) {
      return new LogPage(List.of(), 0, false);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read %s: %s".formatted(file, e), e);
    }
  }

  /** A line that another node is just writing is left for the next page. */
  private static LogPage page(
      byte[] bytes, int length, long start, long size, Predicate<LogLine> wanted)
      throws IOException {
    List<LogLine> lines = new ArrayList<>();
    int begin = 0;
    for (int end = 0; end < length && lines.size() < PAGE_LINES; end++) {
      if (bytes[end] == '\n') {
        LogLine line = line(bytes, begin, end - begin);
        if (wanted.test(line)) {
          lines.add(line);
        }
        begin = end + 1;
      }
    }
    long next = start + begin;
    return new LogPage(lines, next, begin > 0 && next < size);
  }

  /** A server that died while it wrote leaves half a line; it is shown as it is. */
  private static LogLine line(byte[] bytes, int begin, int length) throws IOException {
    try {
      return JSON.readValue(bytes, begin, length, LogLine.class);
    } catch (JsonProcessingException e) {
      String found = new String(bytes, begin, length, StandardCharsets.UTF_8);
      return new LogLine(null, LogLevel.WARN, null, null, "RunLog", "Unreadable: " + found, null);
    }
  }

  private Path file(String run) {
    return artifacts.path(artifacts.reference(run, FILE));
  }

  private static long size(Path file) throws IOException {
    try {
      return Files.size(file);
    } catch (NoSuchFileException e) {
      Files.createDirectories(file.getParent());
      return 0;
    }
  }

  /** In one call, so that lines of two nodes do not mix. */
  private static void write(Path file, byte[] bytes) throws IOException {
    try (SeekableByteChannel channel =
        Files.newByteChannel(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      channel.write(ByteBuffer.wrap(bytes));
    }
  }

  /** JSON has no line break but as an escape, so no message can pretend to be a second line. */
  private static byte[] bytes(LogLine line) throws IOException {
    return (JSON.writeValueAsString(line) + "\n").getBytes(StandardCharsets.UTF_8);
  }
}
