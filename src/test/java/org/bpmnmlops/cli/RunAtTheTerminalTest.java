package org.bpmnmlops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.bpmnmlops.MlopsApplication;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands with an engine of their own, each in a JVM of its own as a shell starts it. */
class RunAtTheTerminalTest {

  @TempDir private Path folder;

  private record Ended(int code, String out, String err) {}

  @Test
  void runsAPipelineOnAFileAndRegistersTheModelInAHome() throws Exception {
    Path data = Files.createDirectories(folder.resolve("elsewhere")).resolve("spend.csv");
    Files.copy(Path.of("data", "advertising.csv"), data);
    Path home = folder.resolve("home");

    Ended run =
        java(
            "run", "advertising-pipeline", "--dataset", data.toString(), "--home", home.toString());

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out())
        .contains("Build model", "advertising-pipeline succeeded in", "on 40 held-out rows")
        .doesNotContain("\u001b");
    assertThat(run.err()).isEmpty();
    assertThat(home.resolve("models")).isDirectoryRecursivelyContaining("glob:**/model.zip");
    assertThat(home.resolve("outbox")).isDirectoryContaining("glob:**.eml");

    // As a server that runs on the home would hold its database.
    try (var server =
        DriverManager.getConnection("jdbc:h2:file:%s/db/mlops".formatted(home), "sa", "")) {
      assertThat(server.isValid(1)).isTrue();
      Ended refused = java("run", "advertising-pipeline", "--home", home.toString());

      assertThat(refused.code()).isEqualTo(CommandFailedException.CONFLICT);
      assertThat(refused.err()).contains("A server uses the home " + home, "'trigger'");
    }
  }

  @Test
  void tellsAProgramHowARunFailedAndLeavesNoServerBehind() throws Exception {
    long begin = System.nanoTime();
    Ended run = java("run", "advertising-pipeline", "--set", "target=nope", "--json");
    long millis = Duration.ofNanos(System.nanoTime() - begin).toMillis();

    assertThat(run.code()).as(run.err()).isEqualTo(1);
    JsonNode answer = new ObjectMapper().readTree(run.out());
    assertThat(answer.get("outcome").asText()).isEqualTo("failed");
    assertThat(answer.get("engineStartMs").asLong()).isPositive();
    assertThat(answer.get("durationMs").asLong() + answer.get("engineStartMs").asLong())
        .as("the run's own time does not count the start")
        .isPositive()
        .isLessThan(millis);
    assertThat(answer.at("/variables/failureMessage").asText()).contains("no column 'nope'");
    assertThat(Path.of(answer.get("home").asText()).resolve("db")).doesNotExist();
  }

  @Test
  void saysWhyItWaitsAndUntilWhen() throws Exception {
    Ended run =
        java(
            "run", "advertising-pipeline", "--set", "dataset=late.csv", "--set", "retryDelay=PT1S");

    assertThat(run.code()).as(run.err()).isEqualTo(1);
    assertThat(run.out())
        .contains("late.csv is not in " + Path.of("data").toAbsolutePath(), "--dataset")
        .containsPattern("waits until \\d\\d:\\d\\d:\\d\\d UTC to try again");
  }

  @Test
  void keepsTheOutputForTheJsonAndTellsWhatHappensBesideIt() throws Exception {
    Ended run =
        java(
            "run",
            "advertising-pipeline",
            "--json",
            "--set",
            "dataset=late.csv",
            "--set",
            "retryDelay=PT1S");

    assertThat(new ObjectMapper().readTree(run.out()).get("outcome").asText()).isEqualTo("failed");
    assertThat(run.err())
        .contains("Load data", "late.csv is not in")
        .containsPattern("waits until \\d\\d:\\d\\d:\\d\\d UTC to try again");
  }

  @Test
  void knowsWithoutAnEngineThatThereIsNoSuchPipeline() throws Exception {
    Ended run = java("run", "nothing");

    assertThat(run.code()).isEqualTo(CommandFailedException.NOT_THERE);
    assertThat(run.err()).contains("There is no pipeline 'nothing'", "advertising-pipeline");
    assertThat(folder).isDirectoryNotContaining("glob:**/bpmn-mlops-*");
  }

  @Test
  void triesOneStepAloneWithWhatComesBeforeIt() throws Exception {
    Ended step = java("test-step", "advertising-pipeline", "Build model");

    assertThat(step.code()).as(step.err()).isZero();
    assertThat(step.out())
        .contains("Trained logistic-regression on 160 rows", "Build model succeeded in")
        .doesNotContain("Evaluate model");
  }

  private Ended java(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx384m", "-XX:TieredStopAtLevel=1"));
    command.add("-Djava.io.tmpdir=" + folder);
    command.add(MlopsApplication.class.getName());
    command.addAll(List.of(arguments));
    Path out = Files.createTempFile(folder, "out", ".txt");
    Path err = Files.createTempFile(folder, "err", ".txt");
    ProcessBuilder java =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    java.environment().put("CLASSPATH", classPath());
    java.environment().keySet().removeIf(name -> name.startsWith("MLOPS_"));
    int code = java.start().waitFor();
    return new Ended(code, Files.readString(out), Files.readString(err));
  }

  /** Surefire hides the class path in a jar and names it in a property, some entries twice. */
  private static String classPath() {
    String path =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return Arrays.stream(path.split(File.pathSeparator))
        .map(entry -> Path.of(entry).normalize().toString())
        .filter(entry -> !entry.endsWith("test-classes"))
        .distinct()
        .collect(Collectors.joining(File.pathSeparator));
  }
}
