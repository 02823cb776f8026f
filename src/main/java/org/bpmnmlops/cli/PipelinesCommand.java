package org.bpmnmlops.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.bpmnmlops.cli.Terminal.Cell;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "pipelines", description = "List the pipelines: schedule, last run, accuracy.")
final class PipelinesCommand implements Callable<Integer> {

  @Mixin private ServerOptions server;

  @Override
  public Integer call() {
    JsonNode pipelines = server.api().get("/api/v1/pipelines");
    server.show(pipelines, () -> table(pipelines));
    return 0;
  }

  private void table(JsonNode pipelines) {
    List<List<Cell>> rows = new ArrayList<>();
    for (JsonNode pipeline : pipelines) {
      JsonNode last = pipeline.path("lastRuns").path(0);
      rows.add(
          List.of(
              Cell.of(Shown.text(pipeline, "id")),
              Cell.status(pipeline.path("paused").asBoolean() ? "paused" : "active"),
              Cell.status(Shown.text(last, "status")),
              Cell.of(Shown.time(last, "startedAt")),
              Cell.of(Shown.share(pipeline, "lastAccuracy")),
              Cell.of(Shown.time(pipeline, "nextRun"))));
    }
    server
        .terminal()
        .table(
            List.of("PIPELINE", "STATE", "LAST RUN", "STARTED (UTC)", "ACCURACY", "NEXT RUN (UTC)"),
            rows,
            "STARTED (UTC)");
  }
}
