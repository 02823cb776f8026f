package org.bpmnmlops.bench;

import static org.bpmnmlops.bench.Machine.say;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** (j) {@code run advertising-pipeline} at the terminal, beside an engine that runs nothing. */
final class ColdRun {

  private static final int REPEATS = 5;

  private ColdRun() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    Machine.introduce("A run at the terminal, from the start of the JVM to its end");
    double[] ours = new double[REPEATS];
    double[] alone = new double[REPEATS];
    for (int i = 0; i < REPEATS; i++) {
      alone[i] = seconds(ServerProcess.EMPTY, "run");
      ours[i] = seconds(ServerProcess.OURS, "run", "advertising-pipeline");
    }
    Machine.tell("ours", Machine.median(ours), "s");
    Machine.tell("Camunda alone, an empty process", Machine.median(alone), "s");
    Machine.atMost(
        "more than Camunda alone", Machine.median(ours) - Machine.median(alone), 1.5, "s");
    say("load at the end %s", Machine.load());
  }

  private static double seconds(Path jar, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(ServerProcess.java(List.of(), jar, List.of(arguments)));
    long begin = System.nanoTime();
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ServerProcess.newHome("cold").resolve("log.txt").toFile())
            .start();
    int exitCode = process.waitFor();
    if (exitCode != 0) {
      throw new IllegalStateException("%s ended with %d".formatted(command, exitCode));
    }
    return (System.nanoTime() - begin) / 1e9;
  }
}
