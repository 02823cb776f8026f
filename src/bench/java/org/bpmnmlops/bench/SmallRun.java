package org.bpmnmlops.bench;

import static org.bpmnmlops.bench.Machine.say;

import java.io.IOException;
import java.util.Map;

/** (a) A whole run on the 200 shipped rows on a warm server, from its start to its end. */
final class SmallRun {

  private static final int WARM_UP = 60;
  private static final int MEASURED = 101;

  private SmallRun() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    Machine.introduce("One run of the advertising pipeline on 200 rows, H2 file, durable commits");
    try (ServerProcess server =
        ServerProcess.ours(ServerProcess.newHome("small"), ServerProcess.SMALL, Map.of())) {
      double first = run(server);
      for (int i = 1; i < WARM_UP; i++) {
        run(server);
      }
      double[] millis = new double[MEASURED];
      for (int i = 0; i < MEASURED; i++) {
        millis[i] = run(server);
      }
      Machine.tell("first run", first, "ms");
      Machine.atMost("median of %d runs".formatted(MEASURED), Machine.median(millis), 200, "ms");
      say("load at the end %s", Machine.load());
    }
  }

  private static double run(ServerProcess server) throws IOException, InterruptedException {
    return server.rest().await(server.rest().start("advertising-pipeline", Map.of())).millis();
  }
}
