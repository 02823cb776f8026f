package org.bpmnmlops.bench;

import static org.bpmnmlops.bench.Machine.say;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * (b) A million rows and, with the argument {@code 10}, (c) ten million: the steps from Load data
 * to Evaluate model, beside pandas and scikit-learn on the same file.
 */
final class LargeData {

  private static final int MILLION = 1_000_000;
  private static final int REPEATS = 7;
  private static final int REPEATS_LARGE = 3;

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Seconds by step, and the accuracy. */
  private record Timed(Map<String, Double> steps, double total, double accuracy) {

    static Timed middle(List<Timed> runs) {
      List<Timed> sorted = new ArrayList<>(runs);
      sorted.sort((one, other) -> Double.compare(one.total(), other.total()));
      return sorted.get(sorted.size() / 2);
    }

    String words() {
      StringBuilder words = new StringBuilder("%.2f s:".formatted(total));
      steps.forEach((step, seconds) -> words.append(" %s %.2f".formatted(step, seconds)));
      return words.append(", accuracy %.4f".formatted(accuracy)).toString();
    }
  }

  private LargeData() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    boolean large = List.of(args).contains("10");
    Machine.introduce("Large data, -Xmx4g, H2 file; medians");
    Timed[] one = compare(MILLION, REPEATS);
    if (large) {
      Timed[] ten = compare(10 * MILLION, REPEATS_LARGE);
      Machine.atMost("ours, 10 000 000 / 1 000 000 rows", ten[0].total() / one[0].total(), 11, "");
    }
    say("load at the end %s", Machine.load());
  }

  /** Ours and theirs. */
  private static Timed[] compare(int rows, int repeats) throws IOException, InterruptedException {
    Path folder = Files.createDirectories(ServerProcess.TARGET.resolve("bench/data"));
    Path file = folder.resolve("advertising-%d.csv".formatted(rows));
    AdvertisingRows.write(file, rows);
    // A file that has just changed may still grow: Load data would wait.
    Thread.sleep(2000);
    List<Timed> ours = new ArrayList<>();
    try (ServerProcess server =
        ServerProcess.ours(
            ServerProcess.newHome("large"),
            List.of("-Xmx4g"),
            Map.of("MLOPS_DATA_DIR", folder.toString()))) {
      for (int i = 0; i <= repeats; i++) {
        ours.add(run(server, file.getFileName().toString()));
      }
    }
    List<Timed> theirs = python(file, repeats + 1);
    Timed our = report("ours", rows, ours);
    Timed their = report("pandas and scikit-learn", rows, theirs);
    Machine.atMost("%d rows, ours / theirs".formatted(rows), our.total() / their.total(), 0.6, "");
    return new Timed[] {our, their};
  }

  private static Timed report(String whose, int rows, List<Timed> runs) {
    Timed middle = Timed.middle(runs.subList(1, runs.size()));
    say("%d rows, %s, first: %s", rows, whose, runs.get(0).words());
    say("%d rows, %s, then:  %s", rows, whose, middle.words());
    return middle;
  }

  private static Timed run(ServerProcess server, String dataset)
      throws IOException, InterruptedException {
    Rest rest = server.rest();
    String run = rest.start("advertising-pipeline", Map.of("dataset", dataset));
    rest.await(run);
    JsonNode activities =
        rest.get(
            "/engine-rest/history/activity-instance?activityType=serviceTask&sortBy=startTime"
                + "&sortOrder=asc&processInstanceId="
                + run);
    Map<String, Double> steps = new LinkedHashMap<>();
    Rest.Ended load = null;
    Rest.Ended evaluate = null;
    for (JsonNode activity : activities) {
      String step = activity.path("activityId").asText();
      Rest.Ended times = Rest.ended(activity);
      load = step.equals("serviceTask_loadData") ? times : load;
      if (load != null && evaluate == null) {
        steps.put(step.replace("serviceTask_", ""), times.millis() / 1000.0);
      }
      evaluate = step.equals("serviceTask_evaluateModel") ? times : evaluate;
    }
    if (evaluate == null) {
      throw new IllegalStateException("The run %s came to no evaluation".formatted(run));
    }
    double total = java.time.Duration.between(load.start(), evaluate.end()).toMillis() / 1000.0;
    JsonNode accuracy =
        rest.get(
            "/engine-rest/history/variable-instance?variableName=accuracy&processInstanceId="
                + run);
    return new Timed(steps, total, accuracy.path(0).path("value").asDouble());
  }

  private static List<Timed> python(Path file, int repeats)
      throws IOException, InterruptedException {
    String python = System.getenv().getOrDefault("PYTHON", "python3");
    Process process =
        new ProcessBuilder(
                python,
                "src/bench/python/pipeline.py",
                file.toString(),
                ServerProcess.newHome("python").toString(),
                "" + repeats)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    List<Timed> runs = new ArrayList<>();
    try (var lines = process.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        runs.add(timed(JSON.readTree(line)));
      }
    }
    if (process.waitFor() != 0) {
      throw new IllegalStateException(
          "%s failed; see src/bench/README.md for what it needs".formatted(python));
    }
    return runs;
  }

  private static Timed timed(JsonNode line) {
    Map<String, Double> steps = new LinkedHashMap<>();
    line.path("seconds")
        .properties()
        .forEach(step -> steps.put(step.getKey(), step.getValue().asDouble()));
    return new Timed(
        steps,
        steps.values().stream().mapToDouble(seconds -> seconds).sum(),
        line.path("accuracy").asDouble());
  }
}
