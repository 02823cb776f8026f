package org.bpmnmlops.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.h2.jdbcx.JdbcDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * (i) Predictions over HTTP, every one recorded, loaded by wrk: beside an address that records
 * nothing, and beside FastAPI with scikit-learn, which records nothing either.
 */
final class Serving {

  private static final int CONNECTIONS = Integer.getInteger("connections", 32);
  private static final int ROUNDS = 3;
  private static final int SECONDS = Integer.getInteger("seconds", 10);
  private static final int BATCH_ROWS = 10_000;
  private static final long PAUSE_MILLIS = 1000;
  private static final int BATCHES = 21;

  private static final String LOGIN =
      "Basic "
          + Base64.getEncoder()
              .encodeToString(
                  ("admin:" + ServerProcess.ADMIN_PASSWORD).getBytes(StandardCharsets.UTF_8));

  /**
   * What wrk measured.
   *
   * @param requests answered within the time
   * @param failed of these with another status than 2xx
   */
  private record Load(long requests, long failed, double perSecond, double p50, double p99) {}

  private Serving() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    Machine.introduce("Predictions over HTTP, all recorded, H2 file");
    Path home = ServerProcess.newHome("serving");
    long answered = 0;
    double[] single = new double[ROUNDS];
    double[] names = new double[ROUNDS];
    double[] rate = new double[ROUNDS];
    double[] p99 = new double[ROUNDS];
    double[] pythonRate = new double[ROUNDS];
    double[] pythonP99 = new double[ROUNDS];
    double batch;
    double inARow;
    try (ServerProcess server =
            ServerProcess.ours(home, ServerProcess.SMALL, Map.of("MLOPS_DATA_DIR", dataFolder()));
        Python python = new Python()) {
      Rest rest = server.rest();
      rest.await(rest.start("advertising-pipeline", Map.of()));
      Path predict = script("predict", "/api/v1/predict");
      Path features = script("feature-names", null);
      Path peer = script("peer", "/predict");
      answered += wrk(rest.base() + "/api/v1/predict", predict, CONNECTIONS, SECONDS).requests();
      for (int i = 0; i < ROUNDS; i++) {
        names[i] = wrk(rest.base() + "/api/v1/feature-names", features, 1, SECONDS).p50();
        Load one = wrk(rest.base() + "/api/v1/predict", predict, 1, SECONDS);
        single[i] = one.p50();
        Load many = wrk(rest.base() + "/api/v1/predict", predict, CONNECTIONS, SECONDS);
        rate[i] = many.perSecond();
        p99[i] = many.p99();
        answered += one.requests() + many.requests();
        Load other = wrk(python.base() + "/predict", peer, CONNECTIONS, SECONDS);
        pythonRate[i] = other.perSecond();
        pythonP99[i] = other.p99();
        Machine.say(
            "round %d, load %s: feature-names %.2f ms, one prediction %.2f ms; %d connections:"
                + " %.0f/s, p99 %.1f ms; FastAPI %.0f/s, p99 %.1f ms",
            i + 1,
            Machine.load(),
            names[i],
            single[i],
            CONNECTIONS,
            rate[i],
            p99[i],
            pythonRate[i],
            pythonP99[i]);
      }
      batch = batch(rest, PAUSE_MILLIS);
      inARow = batch(rest, 0);
      answered += 2L * BATCH_ROWS * 2 * BATCHES;
    }
    Machine.atMost(
        "single prediction / GET feature-names, medians",
        Machine.median(single) / Machine.median(names),
        1.5,
        "");
    Machine.atLeast("predictions a second, recorded", Machine.median(rate), 5000, "/s");
    Machine.atMost("p99 at that rate", Machine.median(p99), 20, "ms");
    Machine.tell("FastAPI, nothing recorded", Machine.median(pythonRate), "/s");
    Machine.tell("its p99", Machine.median(pythonP99), "ms");
    Machine.tell("ours / FastAPI", Machine.median(rate) / Machine.median(pythonRate), "");
    Machine.atMost("batch of %,d rows a second, median".formatted(BATCH_ROWS), batch, 100, "ms");
    Machine.tell("one batch after the other, median", inARow, "ms");
    checkRecorded(home, answered);
  }

  /** wrk forgets the requests that are under way when its time is up; those may be recorded. */
  private static void checkRecorded(Path home, long answered) {
    JdbcDataSource database = new JdbcDataSource();
    database.setURL("jdbc:h2:file:" + home.resolve("db").resolve("mlops"));
    database.setUser("sa");
    long recorded =
        JdbcClient.create(database)
            .sql("SELECT COUNT(*) FROM mlops_prediction")
            .query(Long.class)
            .single();
    long underWay = (long) CONNECTIONS * (ROUNDS + 1) + ROUNDS;
    Machine.say("%,d rows answered, %,d recorded", answered, recorded);
    if (recorded < answered || recorded > answered + underWay) {
      throw new IllegalStateException(
          "Recorded and answered differ by more than the %d requests under way"
              .formatted(underWay));
    }
  }

  /**
   * @param pauseMillis before each batch; without one the journal is moved into the database
   *     meanwhile
   */
  private static double batch(Rest rest, long pauseMillis)
      throws IOException, InterruptedException {
    Random random = new Random(1);
    StringBuilder rows = new StringBuilder("[");
    for (int i = 0; i < BATCH_ROWS; i++) {
      rows.append(i == 0 ? "" : ",")
          .append(
              String.format(
                  Locale.ROOT,
                  "{\"TV\":%.1f,\"radio\":%.1f,\"newspaper\":%.1f}",
                  300 * random.nextDouble(),
                  50 * random.nextDouble(),
                  100 * random.nextDouble()));
    }
    String body = rows.append(']').toString();
    double[] millis = new double[BATCHES];
    for (int i = -BATCHES; i < BATCHES; i++) {
      Thread.sleep(pauseMillis);
      long begin = System.nanoTime();
      int answers = rest.post("/api/v1/predict", body);
      if (i >= 0) {
        millis[i] = (System.nanoTime() - begin) / 1e6;
      }
      if (answers < BATCH_ROWS) {
        throw new IllegalStateException("An answer of %d characters".formatted(answers));
      }
    }
    return Machine.median(millis);
  }

  private static String dataFolder() {
    return Path.of("data").toAbsolutePath().toString();
  }

  /** A script that sends another row with every request; without a path it only logs in. */
  private static Path script(String name, String path) throws IOException {
    Path file =
        Files.createDirectories(ServerProcess.TARGET.resolve("bench")).resolve(name + ".lua");
    String lua = "wrk.headers[\"Authorization\"] = \"%s\"\n".formatted(LOGIN);
    if (path != null) {
      lua +=
          """
          wrk.method = "POST"
          wrk.headers["Content-Type"] = "application/json"
          request = function()
            return wrk.format(nil, "%s", nil, string.format(
              '{"features": {"TV": %%.1f, "radio": %%.1f, "newspaper": %%.1f}}',
              300 * math.random(), 50 * math.random(), 100 * math.random()))
          end
          """
              .formatted(path);
    }
    return Files.writeString(file, lua);
  }

  private static Load wrk(String url, Path script, int connections, int seconds)
      throws IOException, InterruptedException {
    Process wrk =
        new ProcessBuilder(
                "wrk",
                "-t1",
                "-c" + connections,
                "-d" + seconds + "s",
                "--latency",
                "-s",
                script.toString(),
                url)
            .redirectErrorStream(true)
            .start();
    String output = new String(wrk.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (wrk.waitFor() != 0 || output.contains("Socket errors")) {
      throw new IllegalStateException(output);
    }
    Load load =
        new Load(
            Long.parseLong(find(output, "(\\d+) requests in")),
            output.contains("Non-2xx") ? Long.parseLong(find(output, "responses: (\\d+)")) : 0,
            Double.parseDouble(find(output, "Requests/sec:\\s+([\\d.]+)")),
            millis(find(output, "\\n\\s+50%\\s+(\\S+)")),
            millis(find(output, "\\n\\s+99%\\s+(\\S+)")));
    if (load.failed() > 0) {
      throw new IllegalStateException(output);
    }
    return load;
  }

  private static String find(String output, String pattern) {
    Matcher matcher = Pattern.compile(pattern).matcher(output);
    if (!matcher.find()) {
      throw new IllegalStateException("No %s in:%n%s".formatted(pattern, output));
    }
    return matcher.group(1);
  }

  private static double millis(String text) {
    double number = Double.parseDouble(text.replaceAll("[a-z]", ""));
    if (text.endsWith("us")) {
      return number / 1000;
    }
    return text.endsWith("ms") ? number : number * 1000;
  }

  /** The peer, in a process of its own. */
  private static final class Python implements AutoCloseable {

    private final int port;
    private final Process process;

    Python() throws IOException, InterruptedException {
      try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        port = socket.getLocalPort();
      }
      process =
          new ProcessBuilder(
                  List.of(
                      System.getenv().getOrDefault("PYTHON", "python3"),
                      "src/bench/python/serving.py",
                      "data/advertising.csv",
                      "" + port))
              .redirectErrorStream(true)
              .redirectOutput(ServerProcess.TARGET.resolve("bench/fastapi.log").toFile())
              .start();
      Rest rest = new Rest(port);
      while (!rest.answers("/health")) {
        if (!process.isAlive()) {
          throw new IllegalStateException("FastAPI does not run; see target/bench/fastapi.log");
        }
        Thread.sleep(50);
      }
    }

    String base() {
      return "http://127.0.0.1:" + port;
    }

    @Override
    public void close() {
      process.destroy();
      process.onExit().orTimeout(60, TimeUnit.SECONDS).join();
    }
  }
}
