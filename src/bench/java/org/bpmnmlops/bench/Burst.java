package org.bpmnmlops.bench;

import static org.bpmnmlops.bench.Machine.say;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * (d) 500 runs started at once, beside Camunda alone on the same diagram with empty steps. Both are
 * started over REST by the same client and take turns. The argument names the databases: {@code
 * h2,postgresql} or one of them.
 */
final class Burst {

  private static final int RUNS = 500;
  private static final int CALLERS = 8;

  /** Ours runs more code than empty steps: the compiler is done with it after 6,000 runs. */
  private static final int WARM_UP_BURSTS = 12;

  private static final int WARM_BURSTS = 3;

  /** Counting is work too; the end is read from the history. */
  private static final long POLL_MILLIS = 2000;

  private static final String PIPELINE = "advertising-pipeline";
  private static final List<String> THREADS =
      List.of(
          "--camunda.bpm.job-execution.core-pool-size=16",
          "--camunda.bpm.job-execution.max-pool-size=16");

  private Burst() {}

  public static void main(String[] args) throws Exception {
    for (String database : args[0].split(",")) {
      switch (database) {
        case "h2" -> onH2();
        case "postgresql" -> onPostgres();
        default ->
            throw new IllegalArgumentException(
                "Database '%s'; expected h2 or postgresql".formatted(database));
      }
    }
    say("load at the end %s", Machine.load());
  }

  private static void onH2() throws Exception {
    Machine.introduce("%d runs at once, H2 file, durable commits".formatted(RUNS));
    Path home = ServerProcess.newHome("burst");
    List<RunTable.Started> started = compare("H2", home, Map.of(), List.of());
    double file = ServerProcess.databaseMegabytes(home);
    Machine.tell("H2 file after an orderly stop", file, "MB");
    Machine.tell("a run of all of them", file / started.size(), "MB");
    new RunTable("jdbc:h2:file:" + home.resolve("db/mlops"), "sa", "").check(started);
  }

  private static void onPostgres() throws Exception {
    Machine.introduce("%d runs at once, PostgreSQL, durable commits".formatted(RUNS));
    // As PostgreSQL comes; for tests the embedded one is told not to wait for the disk.
    try (EmbeddedPostgres postgres =
        EmbeddedPostgres.builder().setServerConfig("synchronous_commit", "on").start()) {
      String ours = database(postgres, "mlops");
      String bare = database(postgres, "bare");
      List<RunTable.Started> started =
          compare(
              "PostgreSQL",
              ServerProcess.newHome("burst-postgres"),
              Map.of(
                  "MLOPS_DB_URL", ours,
                  "MLOPS_DB_USER", "postgres",
                  "MLOPS_DB_PASSWORD", "postgres"),
              List.of(
                  "--spring.datasource.url=" + bare,
                  "--spring.datasource.username=postgres",
                  "--spring.datasource.password=postgres"));
      new RunTable(ours, "postgres", "postgres").check(started);
    }
  }

  private static String database(EmbeddedPostgres postgres, String name) throws SQLException {
    try (var connection = postgres.getPostgresDatabase().getConnection();
        var statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name);
    }
    return "jdbc:postgresql://localhost:%d/%s".formatted(postgres.getPort(), name);
  }

  /** Returns what was started on our server. */
  private static List<RunTable.Started> compare(
      String database, Path home, Map<String, String> settings, List<String> bareSettings)
      throws IOException, InterruptedException, ExecutionException {
    List<RunTable.Started> started = new ArrayList<>();
    List<String> bare = new ArrayList<>(THREADS);
    bare.addAll(bareSettings);
    try (ServerProcess ours = ServerProcess.ours(home, ServerProcess.SMALL, settings);
        ServerProcess alone =
            ServerProcess.empty(ServerProcess.newHome("burst-empty"), ServerProcess.SMALL, bare)) {
      alone
          .rest()
          .deploy(PIPELINE + ".bpmn", BareDiagram.of(Path.of("processes", PIPELINE + ".bpmn")));
      double[] our = new double[WARM_BURSTS];
      double[] ratio = new double[WARM_BURSTS];
      for (int i = -WARM_UP_BURSTS; i < WARM_BURSTS; i++) {
        double theirTime = alone.processorSeconds();
        double their = rate(alone.rest(), new ArrayList<>());
        theirTime = alone.processorSeconds() - theirTime;
        double ourTime = ours.processorSeconds();
        double rate = rate(ours.rest(), started);
        ourTime = ours.processorSeconds() - ourTime;
        if (i >= 0) {
          our[i] = rate;
          ratio[i] = rate / their;
        }
        say(
            "%s, %s: Camunda alone %.1f/s, ours %.1f/s; processor time a run %.0f and %.0f ms; H2"
                + " files %.0f and %.0f MB, resident %.0f and %.0f MB",
            database,
            i < 0 ? "warming up" : "warm",
            their,
            rate,
            1000 * theirTime / RUNS,
            1000 * ourTime / RUNS,
            ServerProcess.databaseMegabytes(alone.home()),
            ServerProcess.databaseMegabytes(home),
            alone.residentMegabytes(),
            ours.residentMegabytes());
      }
      Machine.atLeast(database + ", ours, warm, median", Machine.median(our), 25, "/s");
      Machine.atLeast(database + ", ours / Camunda alone, median", Machine.median(ratio), 0.7, "");
    }
    return started;
  }

  /**
   * Runs per second from the first start to the last end.
   *
   * @param started takes what was started
   */
  private static double rate(Rest rest, List<RunTable.Started> started)
      throws IOException, InterruptedException, ExecutionException {
    ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
    OffsetDateTime begin = OffsetDateTime.now();
    try {
      List<Future<RunTable.Started>> runs = new ArrayList<>();
      for (int i = 0; i < RUNS; i++) {
        runs.add(callers.submit(() -> start(rest)));
      }
      for (Future<RunTable.Started> run : runs) {
        started.add(run.get());
      }
    } finally {
      callers.shutdown();
    }
    while (rest.count("/engine-rest/process-instance/count?processDefinitionKey=" + PIPELINE) > 0) {
      Thread.sleep(POLL_MILLIS);
    }
    Rest.Ended last =
        Rest.ended(
            rest.get(
                    "/engine-rest/history/process-instance?finished=true&sortBy=endTime"
                        + "&sortOrder=desc&maxResults=1")
                .path(0));
    return RUNS / (java.time.Duration.between(begin, last.end()).toMillis() / 1000.0);
  }

  private static RunTable.Started start(Rest rest) throws IOException, InterruptedException {
    OffsetDateTime asked = OffsetDateTime.now();
    String run = rest.start(PIPELINE, Map.of());
    return new RunTable.Started(run, asked, OffsetDateTime.now());
  }
}
