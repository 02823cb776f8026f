package org.bpmnmlops.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.bpmnmlops.cli.Terminal.Cell;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "reports", description = "List the reports on data, drift and performance.")
final class ReportsCommand implements Callable<Integer> {

  @Mixin private ServerOptions server;

  @Parameters(
      arity = "0..1",
      paramLabel = "KIND",
      description = "Only data_quality, data_drift or model_performance.")
  private String kind;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "20",
      description = "At most this many; default: ${DEFAULT-VALUE}.")
  private int limit;

  @Override
  public Integer call() {
    JsonNode page =
        server
            .api()
            .get("/api/v1/reports?size=" + limit + (kind == null ? "" : "&kind=" + Api.part(kind)));
    server.show(page, () -> table(page));
    return 0;
  }

  private void table(JsonNode page) {
    List<List<Cell>> rows = new ArrayList<>();
    for (JsonNode report : page.path("items")) {
      rows.add(
          List.of(
              Cell.of(Shown.time(report, "createdAt")),
              Cell.of(Shown.text(report, "kind")),
              Shown.verdict(report, "verdict"),
              Cell.of(Shown.text(report, "model")),
              Cell.of(Shown.text(report, "id")),
              Cell.of(Shown.text(report, "summary"))));
    }
    if (rows.isEmpty()) {
      server.terminal().line("There is no report yet: a run of model-monitoring writes them.");
      return;
    }
    server
        .terminal()
        .table(
            List.of("CREATED (UTC)", "KIND", "VERDICT", "MODEL", "REPORT", "SUMMARY"),
            rows,
            "REPORT");
  }
}
