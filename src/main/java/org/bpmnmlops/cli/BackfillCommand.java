package org.bpmnmlops.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.bpmnmlops.cli.Terminal.Cell;
import org.bpmnmlops.cli.Terminal.Tone;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "backfill",
    description =
        "Run a pipeline once for each of a range of days, and show how they end; 1 is the exit code"
            + " when some failed. The backfill goes on when this command is interrupted.")
final class BackfillCommand implements Callable<Integer> {

  private static final Set<String> OPEN = Set.of("planned", "taken", "queued", "active");

  @Mixin private ServerOptions server;

  @Parameters(paramLabel = "PIPELINE", description = "Process id, such as advertising-pipeline.")
  private String pipeline;

  @Option(names = "--from", paramLabel = "DATE", required = true, description = "First day.")
  private String from;

  @Option(names = "--to", paramLabel = "DATE", required = true, description = "Last day.")
  private String to;

  @Option(names = "--parallel", paramLabel = "N", description = "Days at once, 1 to 16.")
  private Integer parallel;

  @Option(
      names = "--rerun",
      paramLabel = "WHICH",
      description = "Run days again that failed, or all: none, failed or all.")
  private String rerun;

  @Option(names = "--dry-run", description = "Only show which days would be run.")
  private boolean dryRun;

  @Option(names = "--no-wait", description = "Print the backfill's id and do not wait.")
  private boolean noWait;

  @Override
  public Integer call() {
    Api api = server.api();
    ObjectNode body = Api.JSON.createObjectNode();
    body.put("pipeline", pipeline).put("from", from).put("to", to).put("dryRun", dryRun);
    if (parallel != null) {
      body.put("parallel", parallel);
    }
    if (rerun != null) {
      body.put("rerun", rerun);
    }
    JsonNode started = api.post("/api/v1/backfills", body);
    String id = started.path("id").asText();
    if (noWait) {
      server.show(started, () -> server.terminal().line(id));
      return 0;
    }
    Map<String, String> told = new HashMap<>();
    JsonNode ended =
        Waiting.until(
            () -> api.get("/api/v1/backfills/" + id),
            now -> {
              if (!server.json() && !dryRun) {
                tellNews(now, told);
              }
              return Set.of("ended", "cancelled").contains(now.path("state").asText());
            });
    server.show(ended, () -> sumUp(ended));
    boolean well =
        ended.path("state").asText().equals("ended")
            && !ended.path("counts").has("failed")
            && !ended.path("counts").has("cancelled");
    return well ? 0 : CommandFailedException.FAILED;
  }

  /** A line for each day that has come to something since. */
  private void tellNews(JsonNode now, Map<String, String> told) {
    for (JsonNode date : now.path("dates")) {
      String day = date.path("date").asText();
      String state = date.path("state").asText();
      if (!OPEN.contains(state) && !state.equals(told.put(day, state))) {
        server
            .terminal()
            .line(
                "%s  %s  %s"
                    .formatted(
                        day,
                        server.terminal().tone(Tone.of(state), "%-9s".formatted(state)),
                        Terminal.plain(
                            date.hasNonNull("reason")
                                ? date.path("reason").asText()
                                : date.path("run").asText())));
      }
    }
  }

  private void sumUp(JsonNode ended) {
    Terminal terminal = server.terminal();
    if (dryRun) {
      List<List<Cell>> rows = new ArrayList<>();
      for (JsonNode date : ended.path("dates")) {
        rows.add(
            List.of(
                Cell.of(Shown.text(date, "date")),
                Cell.status(Shown.text(date, "state")),
                Cell.of(date.hasNonNull("reason") ? date.path("reason").asText() : "")));
      }
      terminal.table(List.of("DATE", "STATE", "WHY"), rows);
    }
    List<String> counts = new ArrayList<>();
    ended
        .path("counts")
        .properties()
        .forEach(count -> counts.add(count.getValue().asText() + " " + count.getKey()));
    terminal.line(
        "%s of %s, %s to %s: %s"
            .formatted(
                dryRun ? "Plan" : "Backfill", pipeline, from, to, String.join(", ", counts)));
    if (ended.path("counts").has("failed")) {
      terminal.line("Run the failed days again with --rerun failed.");
    }
  }
}
