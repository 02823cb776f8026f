package org.bpmnmlops.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A server in a process of its own, with a fresh home below {@code target/bench}. */
final class ServerProcess implements AutoCloseable {

  /** Keeps to the engine's password policy; the server listens on the loopback address only. */
  static final String ADMIN_PASSWORD = "Bench-Password-2026";

  /** The JVM options of the README. */
  static final List<String> SMALL = List.of("-Xmx384m", "-XX:+UseSerialGC");

  static final Path TARGET = Path.of("target").toAbsolutePath();
  static final Path OURS = TARGET.resolve("bpmn-mlops.jar");
  static final Path EMPTY = TARGET.resolve("bench/empty-webapp/empty-webapp.jar");
  private static final String DATA_SOURCE = "--spring.datasource.url=";
  private static final long LONGEST_START_SECONDS = 300;

  private final Path home;
  private final Process process;
  private final Rest rest;
  private final double startSeconds;

  private ServerProcess(
      Path home, List<String> command, Map<String, String> environment, int port, String ready)
      throws IOException, InterruptedException {
    this.home = home;
    this.rest = new Rest(port);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    builder.redirectErrorStream(true).redirectOutput(home.resolve("log.txt").toFile());
    long begin = System.nanoTime();
    process = builder.start();
    while (!rest.answers(ready)) {
      double waited = seconds(begin);
      if (!process.isAlive() || waited > LONGEST_START_SECONDS) {
        process.destroy();
        throw new IllegalStateException(
            "%s does not run after %.0f s; see %s"
                .formatted(command, waited, home.resolve("log.txt")));
      }
      Thread.sleep(20);
    }
    startSeconds = seconds(begin);
  }

  /** A new home for a server. */
  static Path newHome(String name) throws IOException {
    return Files.createTempDirectory(
        Files.createDirectories(TARGET.resolve("bench/homes")), name + "-");
  }

  /**
   * Our server. Settings are those of the README; the database is an H2 file unless they name
   * another.
   *
   * @param home from {@link #newHome}, also of a server that has ended
   */
  static ServerProcess ours(Path home, List<String> jvm, Map<String, String> settings)
      throws IOException, InterruptedException {
    int port = freePort();
    Map<String, String> environment = new HashMap<>();
    environment.put("MLOPS_HOME", home.toString());
    environment.put("MLOPS_ADMIN_PASSWORD", ADMIN_PASSWORD);
    environment.put("MLOPS_FIRST_RUN", "false");
    environment.put("SERVER_PORT", "" + port);
    environment.putAll(settings);
    return new ServerProcess(
        home, java(jvm, OURS, List.of()), environment, port, "/actuator/health");
  }

  /** Camunda's web applications and REST API alone, on the same kind of database. */
  static ServerProcess empty(Path home, List<String> jvm, List<String> settings)
      throws IOException, InterruptedException {
    int port = freePort();
    List<String> arguments = new ArrayList<>();
    arguments.add("--server.port=" + port);
    arguments.add("--server.address=127.0.0.1");
    arguments.addAll(settings);
    if (settings.stream().noneMatch(setting -> setting.startsWith(DATA_SOURCE))) {
      arguments.add(DATA_SOURCE + "jdbc:h2:file:" + home.resolve("db") + ";WRITE_DELAY=0");
      arguments.add("--spring.datasource.username=sa");
    }
    return new ServerProcess(
        home, java(jvm, EMPTY, arguments), Map.of(), port, "/engine-rest/engine");
  }

  Rest rest() {
    return rest;
  }

  Path home() {
    return home;
  }

  /** The H2 file below a home in MB (2^20 bytes); 0 where the database is another. */
  static double databaseMegabytes(Path home) throws IOException {
    try (var files = Files.walk(home)) {
      long bytes = 0;
      for (Path file : (Iterable<Path>) files::iterator) {
        bytes += file.toString().endsWith(".mv.db") ? Files.size(file) : 0;
      }
      return bytes / 1048576.0;
    }
  }

  /** From the start of the process to the first good answer. */
  double startSeconds() {
    return startSeconds;
  }

  /** Resident memory in MB (2^20 bytes), as Linux tells it. */
  double residentMegabytes() throws IOException {
    try (var lines = Files.lines(Path.of("/proc/" + process.pid() + "/status"))) {
      return lines
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
          .findFirst()
          .orElseThrow();
    }
  }

  /** Processor time of the process so far. */
  double processorSeconds() {
    return process.info().totalCpuDuration().orElseThrow().toMillis() / 1000.0;
  }

  /** Ends the server in its orderly way. */
  @Override
  public void close() {
    process.destroy();
    process.onExit().orTimeout(60, TimeUnit.SECONDS).join();
  }

  static List<String> java(List<String> jvm, Path jar, List<String> arguments) {
    if (!Files.exists(jar)) {
      throw new IllegalStateException(
          "No %s; build it first, see src/bench/README.md".formatted(jar));
    }
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvm);
    command.add("-jar");
    command.add(jar.toString());
    command.addAll(arguments);
    return command;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static double seconds(long begin) {
    return (System.nanoTime() - begin) / 1e9;
  }
}
