package org.bpmnmlops.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.bpmnmlops.cli.Terminal.Cell;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "runs", description = "List runs, newest first.")
final class RunsCommand implements Callable<Integer> {

  @Mixin private ServerOptions server;

  @Parameters(arity = "0..1", paramLabel = "PIPELINE", description = "Of this pipeline only.")
  private String pipeline;

  @Option(
      names = "--status",
      paramLabel = "STATUS",
      description = "queued, running, waiting, incident, success, warning, failed or cancelled.")
  private String status;

  @Option(names = "--from", paramLabel = "DATE", description = "Logical date from, 2026-11-22.")
  private String from;

  @Option(names = "--to", paramLabel = "DATE", description = "Logical date to.")
  private String to;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "20",
      description = "At most this many, up to 500; default: ${DEFAULT-VALUE}.")
  private int limit;

  @Override
  public Integer call() {
    Map<String, String> query = new LinkedHashMap<>();
    query.put("pipeline", pipeline);
    query.put("status", status);
    query.put("logicalFrom", from);
    query.put("logicalTo", to);
    query.put("size", Integer.toString(limit));
    query.values().removeIf(value -> value == null);
    JsonNode page =
        server
            .api()
            .get(
                "/api/v1/runs?"
                    + query.entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + Api.part(entry.getValue()))
                        .collect(Collectors.joining("&")));
    server.show(page, () -> table(page));
    return 0;
  }

  private void table(JsonNode page) {
    List<List<Cell>> rows = new ArrayList<>();
    for (JsonNode run : page.path("runs")) {
      rows.add(
          List.of(
              Cell.of(Shown.text(run, "id")),
              Shown.status(run),
              Cell.of(Shown.text(run, "logicalDate")),
              Cell.of(Shown.share(run, "accuracy")),
              Cell.of(Shown.duration(run, "durationMs")),
              Cell.of(Shown.text(run, "pipeline"))));
    }
    if (rows.isEmpty()) {
      server.terminal().line("There is no such run.");
      return;
    }
    server
        .terminal()
        .table(
            List.of("RUN", "STATUS", "DATE", "ACCURACY", "TIME", "PIPELINE"),
            rows,
            "ACCURACY",
            "TIME");
    long total = page.path("total").asLong();
    if (total > rows.size()) {
      server.terminal().line("%d of %d runs; more with --limit".formatted(rows.size(), total));
    }
  }
}
