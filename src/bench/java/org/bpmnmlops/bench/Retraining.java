package org.bpmnmlops.bench;

import static org.bpmnmlops.bench.Machine.say;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * (k) A retraining on 100 000 rows, 10 000 of them new from production, with the three candidates:
 * from the start of Merge data to the end of Compare with champion, beside the same work in
 * scikit-learn and XGBoost, in turn.
 */
final class Retraining {

  private static final int ROWS = 100_000;
  private static final int NEW = 10_000;
  private static final int REPEATS = Integer.getInteger("repeats", 3);

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * @param processor seconds of processor time
   */
  private record Timed(
      Map<String, Double> steps, double total, double processor, String winner, double accuracy) {

    String words() {
      StringBuilder words =
          new StringBuilder("%.2f s, of processor time %.2f s:".formatted(total, processor));
      steps.forEach((step, seconds) -> words.append(" %s %.2f".formatted(step, seconds)));
      return words.append(", %s %.4f".formatted(winner, accuracy)).toString();
    }
  }

  private Retraining() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    Machine.introduce("Retraining, %,d rows, H2 file, %s".formatted(ROWS, ServerProcess.SMALL));
    Path data = Files.createDirectories(ServerProcess.TARGET.resolve("bench/retraining"));
    Path reference = data.resolve("reference.csv");
    Path production = data.resolve("prod_data.csv");
    write(data, reference, production);
    Path home = ServerProcess.newHome("retraining");
    Files.createDirectories(home.resolve("production"));
    Files.copy(production, home.resolve("production/prod_data.csv"));
    // A file that has just changed may still grow: Load data would wait.
    Thread.sleep(2000);
    double[] ours = new double[REPEATS];
    double[] theirs = new double[REPEATS];
    double[] ourProcessor = new double[REPEATS];
    double[] theirProcessor = new double[REPEATS];
    try (ServerProcess server =
        ServerProcess.ours(home, ServerProcess.SMALL, Map.of("MLOPS_DATA_DIR", data.toString()))) {
      Rest rest = server.rest();
      rest.await(rest.start("advertising-pipeline", Map.of("dataset", "reference.csv")));
      rest.await(rest.start("model-monitoring", Map.of()));
      say("first:  ours %s", ours(server).words());
      for (int i = 0; i < REPEATS; i++) {
        Timed our = ours(server);
        Timed their = python(reference, production);
        ours[i] = our.total();
        theirs[i] = their.total();
        ourProcessor[i] = our.processor();
        theirProcessor[i] = their.processor();
        say("round %d, load %s", i + 1, Machine.load());
        say("  ours   %s", our.words());
        say("  theirs %s", their.words());
      }
    }
    Machine.atMost(
        "%,d rows, three candidates, ours / theirs".formatted(ROWS),
        Machine.median(ours) / Machine.median(theirs),
        0.5,
        "");
    Machine.tell(
        "the same in processor time, ours the whole run",
        Machine.median(ourProcessor) / Machine.median(theirProcessor),
        "");
  }

  private static void write(Path data, Path reference, Path production) throws IOException {
    Path all = data.resolve("all.csv");
    AdvertisingRows.write(all, ROWS);
    List<String> lines = Files.readAllLines(all);
    Files.write(reference, lines.subList(0, ROWS - NEW + 1));
    List<String> fresh = new ArrayList<>(List.of("TV,radio,newspaper,target,prediction"));
    for (String line : lines.subList(ROWS - NEW + 1, lines.size())) {
      fresh.add(line + "," + line.substring(line.lastIndexOf(',') + 1));
    }
    Files.write(production, fresh);
  }

  /** A retraining that nobody approves. */
  private static Timed ours(ServerProcess server) throws IOException, InterruptedException {
    Rest rest = server.rest();
    double before = server.processorSeconds();
    String run = rest.start("model-retraining", Map.of("forced", true, "approvalDeadline", "PT1S"));
    rest.await(run);
    double processor = server.processorSeconds() - before;
    Map<String, Double> steps = new LinkedHashMap<>();
    OffsetDateTime begin = null;
    OffsetDateTime end = null;
    for (JsonNode activity :
        rest.get(
            "/engine-rest/history/activity-instance?sortBy=startTime&sortOrder=asc"
                + "&processInstanceId="
                + run)) {
      String step = activity.path("activityId").asText();
      if (!step.matches("(serviceTask|callActivity)_.*[^y]")) {
        continue;
      }
      Rest.Ended times = Rest.ended(activity);
      begin = step.equals("serviceTask_mergeData") ? times.start() : begin;
      if (begin != null && end == null) {
        steps.merge(step.replaceAll(".*_", ""), times.millis() / 1000.0, Math::max);
      }
      end = step.equals("serviceTask_compareWithChampion") ? times.end() : end;
    }
    if (end == null) {
      throw new IllegalStateException("The run %s compared nothing".formatted(run));
    }
    return new Timed(
        steps,
        Duration.between(begin, end).toMillis() / 1000.0,
        processor,
        variable(rest, run, "winner").asText(),
        variable(rest, run, "accuracy").asDouble());
  }

  private static JsonNode variable(Rest rest, String run, String name)
      throws IOException, InterruptedException {
    return rest.get(
            "/engine-rest/history/variable-instance?processInstanceId=%s&variableName=%s"
                .formatted(run, name))
        .path(0)
        .path("value");
  }

  private static Timed python(Path reference, Path production)
      throws IOException, InterruptedException {
    String python = System.getenv().getOrDefault("PYTHON", "python3");
    Process process =
        new ProcessBuilder(
                python,
                "src/bench/python/retraining.py",
                reference.toString(),
                production.toString(),
                ServerProcess.newHome("python").toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IllegalStateException(
          "%s failed; see src/bench/README.md for what it needs".formatted(python));
    }
    JsonNode line = JSON.readTree(output);
    Map<String, Double> steps = new LinkedHashMap<>();
    line.path("seconds")
        .properties()
        .forEach(step -> steps.put(step.getKey(), step.getValue().asDouble()));
    return new Timed(
        steps,
        line.path("total").asDouble(),
        line.path("processor").asDouble(),
        line.path("winner").asText(),
        line.path("accuracy").asDouble());
  }
}
