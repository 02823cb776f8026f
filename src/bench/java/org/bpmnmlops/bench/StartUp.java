package org.bpmnmlops.bench;

import static org.bpmnmlops.bench.Machine.say;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** (f) From the start of the process to the first good answer, and the memory it then keeps. */
final class StartUp {

  private static final int REPEATS = 5;
  private static final long IDLE_SECONDS = 30;

  private StartUp() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    Machine.introduce(
        "Start-up, %s, H2 file, durable commits".formatted(String.join(" ", ServerProcess.SMALL)));
    double[] fresh = new double[REPEATS];
    double[] again = new double[REPEATS];
    double[] emptyFresh = new double[REPEATS];
    double[] emptyAgain = new double[REPEATS];
    for (int i = 0; i < REPEATS; i++) {
      Path home = ServerProcess.newHome("start");
      Path emptyHome = ServerProcess.newHome("start-empty");
      fresh[i] = ours(home);
      emptyFresh[i] = empty(emptyHome);
      again[i] = ours(home);
      emptyAgain[i] = empty(emptyHome);
    }
    Machine.tell("ours, new home", Machine.median(fresh), "s");
    Machine.tell("Camunda alone, new database", Machine.median(emptyFresh), "s");
    Machine.tell("ours, again", Machine.median(again), "s");
    Machine.tell("Camunda alone, again", Machine.median(emptyAgain), "s");
    Machine.atMost(
        "ours / Camunda alone, new", Machine.median(fresh) / Machine.median(emptyFresh), 1.5, "");
    Machine.atMost(
        "ours / Camunda alone, again", Machine.median(again) / Machine.median(emptyAgain), 1.5, "");
    memory();
    say("load at the end %s", Machine.load());
  }

  private static double ours(Path home) throws IOException, InterruptedException {
    try (ServerProcess server = ServerProcess.ours(home, ServerProcess.SMALL, Map.of())) {
      return server.startSeconds();
    }
  }

  private static double empty(Path home) throws IOException, InterruptedException {
    try (ServerProcess server = ServerProcess.empty(home, ServerProcess.SMALL, List.of())) {
      return server.startSeconds();
    }
  }

  private static void memory() throws IOException, InterruptedException {
    try (ServerProcess server =
        ServerProcess.ours(ServerProcess.newHome("memory"), ServerProcess.SMALL, Map.of())) {
      Thread.sleep(IDLE_SECONDS * 1000);
      Machine.atMost("resident, idle since the start", server.residentMegabytes(), 650, "MB");
      for (int i = 0; i < 20; i++) {
        server.rest().await(server.rest().start("advertising-pipeline", Map.of()));
      }
      Thread.sleep(IDLE_SECONDS * 1000);
      Machine.atMost("resident, idle after 20 runs", server.residentMegabytes(), 650, "MB");
    }
  }
}
