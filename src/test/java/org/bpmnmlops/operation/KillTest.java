package org.bpmnmlops.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills a real server in the middle of a step. Its lock on the step would last twelve hours: that
 * the run is finished at all shows that the restarted server freed it.
 */
class KillTest {

  private static final Duration PATIENCE = Duration.ofMinutes(3);

  @TempDir private Path home;

  private Process server;
  private Path log;

  @AfterEach
  void kill() throws InterruptedException {
    server.destroyForcibly().waitFor();
  }

  @Test
  void goesOnWithTheStepThatWasRunningAfterARestart() throws IOException, InterruptedException {
    server = start("first.log");
    awaitFile("begun");

    kill();
    server = start("second.log");

    awaitFile("finished");
    assertThat(log()).contains("1 steps were cut off when it last ended and run again");

    // An ordinary end now, with nothing left to wait for.
    server.destroy();
    assertThat(server.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(log()).doesNotContain("still run");
  }

  private Process start(String name) throws IOException {
    log = home.resolve(name);
    ProcessBuilder java =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx384m",
            "-XX:+UseSerialGC",
            "-Duser.timezone=UTC",
            "-Dmlops.home=" + home,
            "-Dmlops.first-run=false",
            "-Dserver.port=0",
            InterruptedRun.class.getName());
    java.environment().put("CLASSPATH", classPath());
    return java.redirectErrorStream(true).redirectOutput(log.toFile()).start();
  }

  /** Surefire hides the class path in a jar and names it in a property, some entries twice. */
  static String classPath() {
    String path =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return Arrays.stream(path.split(File.pathSeparator))
        .map(entry -> Path.of(entry).normalize().toString())
        .distinct()
        .collect(Collectors.joining(File.pathSeparator));
  }

  private void awaitFile(String name) {
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              assertThat(server.isAlive()).as(() -> "The server ended: " + log()).isTrue();
              return Files.exists(home.resolve(name));
            });
  }

  private String log() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
