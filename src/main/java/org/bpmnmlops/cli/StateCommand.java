package org.bpmnmlops.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.bpmnmlops.cli.Terminal.Cell;
import org.bpmnmlops.cli.Terminal.Tone;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "state", description = "Show a run: its steps, attempts, failure and what to do.")
final class StateCommand implements Callable<Integer> {

  @Mixin private ServerOptions server;

  @Parameters(paramLabel = "RUN", description = "Id of the run.")
  private String run;

  @Override
  public Integer call() {
    Api api = server.api();
    JsonNode detail = api.get("/api/v1/runs/" + Api.part(run));
    JsonNode steps = api.get("/api/v1/runs/" + Api.part(run) + "/steps");
    ObjectNode both = Api.JSON.createObjectNode();
    both.set("run", detail);
    both.set("steps", steps);
    server.show(both, () -> print(server.terminal(), detail, steps));
    return 0;
  }

  static void print(Terminal terminal, JsonNode detail, JsonNode steps) {
    JsonNode run = detail.path("run");
    Cell status = Shown.status(run);
    terminal.line(
        "%s %s, %s"
            .formatted(
                terminal.tone(Tone.STRONG, Terminal.plain(Shown.text(run, "pipeline"))),
                Terminal.plain(Shown.text(run, "businessKey")),
                terminal.tone(status.tone(), status.text())));
    terminal.line(
        "started %s UTC%s%s"
            .formatted(
                Shown.time(run, "startedAt"),
                run.path("durationMs").isNumber()
                    ? ", took " + Shown.duration(run, "durationMs")
                    : "",
                run.path("accuracy").isNumber()
                    ? ", accuracy " + Shown.share(run, "accuracy")
                    : ""));
    List<List<Cell>> rows = new ArrayList<>();
    for (JsonNode step : steps) {
      rows.add(
          List.of(
              Cell.of(Shown.text(step, "name")),
              Cell.status(Shown.text(step, "state")),
              Cell.of(step.path("attempts").asInt() == 0 ? "-" : step.path("attempts").asText()),
              Cell.of(Shown.duration(step, "durationMs"))));
    }
    terminal.table(List.of("STEP", "STATE", "ATTEMPTS", "TIME"), rows);
    trouble(terminal, run, detail, steps);
  }

  private static void trouble(Terminal terminal, JsonNode run, JsonNode detail, JsonNode steps) {
    if (!run.path("failureCode").isNull() && !run.path("failureCode").isMissingNode()) {
      terminal.line(
          terminal.tone(Tone.BAD, Terminal.plain(run.path("failureCode").asText()))
              + ": "
              + Terminal.plainLines(Shown.text(run, "failureMessage")));
      terminal.line(Terminal.plainLines(Shown.text(detail, "whatToDo")));
    }
    if (run.path("outcome").asText().equals("success")) {
      reason(terminal, detail);
    }
    for (JsonNode step : steps) {
      JsonNode last = step.path("tries").path(step.path("tries").size() - 1);
      if (List.of("incident", "retrying").contains(step.path("state").asText())) {
        terminal.line(
            "%s: %s"
                .formatted(
                    terminal.tone(Tone.BAD, Terminal.plain(Shown.text(step, "name"))),
                    Terminal.plainLines(Shown.text(last, "error"))));
        terminal.line(Terminal.plainLines(Shown.text(last, "whatToDo")));
      }
    }
    run.path("warnings")
        .forEach(
            warning ->
                terminal.line(
                    terminal.tone(Tone.ODD, "warning")
                        + ": "
                        + Terminal.plainLines(warning.asText())));
  }

  /** Why it ended where it did, where its steps or a table say so. */
  private static void reason(Terminal terminal, JsonNode detail) {
    String end = "";
    for (JsonNode entry : detail.path("path")) {
      end = entry.path("type").asText().endsWith("EndEvent") ? Shown.text(entry, "name") : end;
    }
    String by = text(detail, "approvedBy").map(", by %s"::formatted).orElse("");
    String where = end + by;
    Stream.of("approvalReason", "promotionReason", "reason")
        .flatMap(name -> text(detail, name).stream())
        .findFirst()
        .ifPresent(why -> terminal.line(Terminal.plainLines(where + ": " + why)));
  }

  private static Optional<String> text(JsonNode detail, String variable) {
    return StreamSupport.stream(detail.path("variables").spliterator(), false)
        .filter(each -> each.path("name").asText().equals(variable))
        .filter(each -> each.path("value").isTextual())
        .map(each -> each.path("value").textValue())
        .findFirst();
  }
}
