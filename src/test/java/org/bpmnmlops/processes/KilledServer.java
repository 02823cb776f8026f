package org.bpmnmlops.processes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A {@link StoppingServer} in a process of its own, killed and started again by a test. */
final class KilledServer {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
  private final Path home;
  private final String scene;
  private final Map<String, String> settings;
  private Process process;

  /**
   * @param scene what it begins with, see {@link StoppingServer}
   * @param settings of the server
   */
  KilledServer(Path home, String scene, Map<String, String> settings) {
    this.home = home;
    this.scene = scene;
    this.settings = settings;
  }

  /**
   * @param stop where it stands still, a regular expression such as {@code serviceTask_mergeData
   *     end}
   */
  void start(String stop) throws IOException {
    Files.deleteIfExists(home.resolve("stopped"));
    Files.deleteIfExists(home.resolve("port"));
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx384m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Duser.timezone=UTC",
                "-Dmlops.home=" + home,
                "-Dmlops.data-dir=" + home.resolve("data"),
                "-Dmlops.first-run=false",
                "-Dcamunda.bpm.webapp.enabled=false",
                "-Dserver.port=0",
                "-Dscene=" + scene,
                "-Dstop=" + stop));
    settings.forEach((name, value) -> command.add("-D" + name + "=" + value));
    command.add(StoppingServer.class.getName());
    ProcessBuilder java = new ProcessBuilder(command);
    java.environment().put("CLASSPATH", classPath());
    process =
        java.redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
            .start();
  }

  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** In good order. */
  void end() throws InterruptedException {
    process.destroy();
    process.waitFor();
  }

  /** Whether it listens; fails where it has ended. */
  boolean isUp() {
    assertThat(process.isAlive()).as(() -> "The server ended: " + read(log())).isTrue();
    return Files.exists(home.resolve("port"));
  }

  boolean isStopped() {
    return Files.exists(home.resolve("stopped"));
  }

  boolean hasPassed(String step) throws IOException, InterruptedException {
    return get("/engine-rest/history/activity-instance/count?finished=true&activityId=" + step)
            .get("count")
            .intValue()
        > 0;
  }

  boolean hasEnded(String pipeline) throws IOException, InterruptedException {
    return get("/engine-rest/history/process-instance/count?finished=true&processDefinitionKey="
                + pipeline)
            .get("count")
            .intValue()
        == 1;
  }

  JsonNode get(String path) throws IOException, InterruptedException {
    HttpResponse<String> answer = send(request(path).GET().build());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JSON.readTree(answer.body());
  }

  HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
    return http.send(request, BodyHandlers.ofString());
  }

  void sendAsync(HttpRequest request) {
    http.sendAsync(request, BodyHandlers.ofString());
  }

  /** As its administrator. */
  HttpRequest.Builder request(String path) {
    String login = "admin:" + read(home.resolve("admin-password")).strip();
    return HttpRequest.newBuilder(
            URI.create("http://127.0.0.1:" + read(home.resolve("port")) + path))
        .header(
            "Authorization",
            "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8)))
        .header("Content-Type", "application/json");
  }

  /** What is in a folder of its home. */
  List<Path> files(String folder) throws IOException {
    try (Stream<Path> files = Files.list(home.resolve(folder))) {
      return files.toList();
    }
  }

  private Path log() {
    return home.resolve("log");
  }

  /** Surefire hides the class path in a jar and names it in a property, some entries twice. */
  private static String classPath() {
    String path =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return Arrays.stream(path.split(File.pathSeparator))
        .map(entry -> Path.of(entry).normalize().toString())
        .distinct()
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }
}
