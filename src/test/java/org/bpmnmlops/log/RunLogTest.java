package org.bpmnmlops.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.bpmnmlops.artifact.Artifacts;
import org.bpmnmlops.artifact.Home;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunLogTest {

  private static final Instant NOW = Instant.parse("2026-11-22T00:00:00.123Z");
  private static final String RUN = "4d1f2c3b-0000-4000-8000-000000000001";

  @TempDir private Path folder;

  private RunLog log;

  @BeforeEach
  void create() {
    log = new RunLog(new Artifacts(new Home(folder, folder)), Clock.fixed(NOW, ZoneOffset.UTC));
  }

  @Test
  void readsWhatWasAppendedAndGoesOnWhereThePageEnded() throws IOException {
    log.append(RUN, line(LogLevel.INFO, "first"));
    LogPage first = all(0);
    log.append(RUN, line(LogLevel.ERROR, "second"));
    LogPage second = all(first.next());

    assertThat(first.lines()).containsExactly(line(LogLevel.INFO, "first"));
    assertThat(second.lines()).containsExactly(line(LogLevel.ERROR, "second"));
    assertThat(all(second.next())).isEqualTo(new LogPage(List.of(), second.next(), false));
  }

  @Test
  void keepsAMessageOfSeveralLinesOnOneLineOfTheFile() throws IOException {
    String forged =
        "late\n{\"time\":\"2026-01-01T00:00:00Z\",\"level\":\"INFO\",\"message\":\"all well\"}";

    log.append(RUN, line(LogLevel.WARN, forged));

    assertThat(Files.readAllLines(file())).hasSize(1);
    assertThat(all(0).lines()).containsExactly(line(LogLevel.WARN, forged));
  }

  @Test
  void hasNothingToTellOfARunThatSaidNothing() {
    assertThat(all(0)).isEqualTo(new LogPage(List.of(), 0, false));
  }

  @Test
  void givesLongLogsInPages() throws IOException {
    for (int i = 0; i < 1500; i++) {
      log.append(RUN, line(LogLevel.INFO, "line " + i));
    }

    LogPage first = all(0);
    LogPage second = all(first.next());

    assertThat(first.lines()).hasSize(1000);
    assertThat(first.more()).isTrue();
    assertThat(second.lines()).hasSize(500);
    assertThat(second.more()).isFalse();
    assertThat(second.lines().get(0).message()).isEqualTo("line 1000");
  }

  @Test
  void stopsGrowingButKeepsRoomForErrors() throws IOException {
    String long_ = "x".repeat(100_000);
    for (int i = 0; i < 60; i++) {
      log.append(RUN, line(LogLevel.INFO, long_));
    }
    long withInfos = Files.size(file());
    log.append(RUN, line(LogLevel.ERROR, "what it failed of"));
    for (int i = 0; i < 60; i++) {
      log.append(RUN, line(LogLevel.ERROR, long_));
    }

    assertThat(withInfos).isBetween(RunLog.ROOM_FOR_ALL, RunLog.ROOM_FOR_ALL + 101_000);
    assertThat(Files.size(file())).isBetween(RunLog.LARGEST, RunLog.LARGEST + 101_000);
    assertThat(everything())
        .extracting(LogLine::message)
        .contains("what it failed of")
        .containsOnlyOnce(
            "This log is long: from here on it keeps warnings and errors only",
            "This log is full; what follows is in the server's log only");
  }

  @Test
  void leavesALineThatIsJustBeingWrittenForTheNextPage() throws IOException {
    log.append(RUN, line(LogLevel.INFO, "whole"));
    Files.writeString(file(), "{\"time\":\"2026-", StandardOpenOption.APPEND);

    LogPage page = all(0);

    assertThat(page.lines()).hasSize(1);
    assertThat(all(page.next()).lines()).isEmpty();
  }

  @Test
  void showsALineThatWasCutOffAndTheOnesAfterIt() throws IOException {
    log.append(RUN, line(LogLevel.INFO, "whole"));
    Files.writeString(file(), "{\"time\":\"2026-\n", StandardOpenOption.APPEND);
    log.append(RUN, line(LogLevel.INFO, "after the crash"));

    assertThat(all(0).lines())
        .extracting(LogLine::message)
        .containsExactly("whole", "Unreadable: {\"time\":\"2026-", "after the crash");
  }

  @Test
  void mixesNoLinesOfStepsThatWriteAtOnce() throws IOException {
    CompletableFuture<?>[] writers =
        IntStream.range(0, 8)
            .mapToObj(
                writer ->
                    CompletableFuture.runAsync(
                        () -> {
                          for (int i = 0; i < 50; i++) {
                            try {
                              log.append(RUN, line(LogLevel.INFO, "writer " + writer));
                            } catch (IOException e) {
                              throw new java.io.UncheckedIOException(e);
                            }
                          }
                        }))
            .toArray(CompletableFuture[]::new);
    CompletableFuture.allOf(writers).join();

    assertThat(everything()).hasSize(400).allMatch(line -> line.message().startsWith("writer "));
  }

  @Test
  void writesNowhereElse() {
    assertThatThrownBy(() -> log.append("../..", line(LogLevel.INFO, "out")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private List<LogLine> everything() {
    List<LogLine> lines = new ArrayList<>();
    LogPage page = all(0);
    lines.addAll(page.lines());
    while (page.more()) {
      page = all(page.next());
      lines.addAll(page.lines());
    }
    return lines;
  }

  private LogPage all(long after) {
    return log.read(RUN, after, line -> true);
  }

  private Path file() {
    return folder.resolve("runs").resolve(RUN).resolve(RunLog.FILE);
  }

  private static LogLine line(LogLevel level, String message) {
    return new LogLine(NOW, level, "serviceTask_buildModel", 1, "ModelBuilder", message, null);
  }
}
