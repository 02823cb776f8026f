package org.bpmnmlops.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.Callable;
import org.bpmnmlops.cli.Terminal.Tone;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "logs", description = "Show what the steps of a run said.")
final class LogsCommand implements Callable<Integer> {

  private static final long PAUSE_MILLIS = 1000;

  @Mixin private ServerOptions server;

  @Parameters(paramLabel = "RUN", description = "Id of the run.")
  private String run;

  @Option(names = "--step", paramLabel = "STEP", description = "Of one step, such as buildModel.")
  private String step;

  @Option(
      names = "--level",
      paramLabel = "LEVEL",
      description = "Of this level and above: DEBUG, INFO, WARN or ERROR.")
  private String level;

  @Option(names = "--follow", description = "Go on until the run has ended.")
  private boolean follow;

  @Override
  public Integer call() {
    Api api = server.api();
    String path = "/api/v1/runs/" + Api.part(run);
    String query =
        (step == null ? "" : "&step=" + Api.part(step))
            + (level == null ? "" : "&level=" + Api.part(level));
    long after = 0;
    while (true) {
      // Asked first: what the run says at its very end is then still read.
      boolean over = !follow || api.get(path).path("run").path("state").asText().equals("ended");
      JsonNode page;
      do {
        page = api.get(path + "/log?after=" + after + query);
        after = page.path("next").asLong();
        page.path("lines").forEach(this::print);
      } while (page.path("more").asBoolean());
      if (over) {
        return 0;
      }
      Waiting.sleep(PAUSE_MILLIS);
    }
  }

  /** As JSON, one object per line, so that a program can follow too. */
  private void print(JsonNode line) {
    Terminal terminal = server.terminal();
    if (server.json()) {
      terminal.line(line.toString());
    } else {
      print(terminal, line);
    }
  }

  static void print(Terminal terminal, JsonNode line) {
    String level = Shown.text(line, "level");
    String step = Shown.text(line, "step");
    terminal.line(
        "%s %s %s %s"
            .formatted(
                terminal.tone(Tone.FAINT, Shown.time(line, "time")),
                terminal.tone(Tone.of(level), "%-5s".formatted(Terminal.plain(level))),
                terminal.tone(
                    Tone.FAINT,
                    Terminal.plain(step.substring(step.indexOf('_') + 1))
                        + (line.path("attempt").asInt() > 1
                            ? "#" + line.path("attempt").asInt()
                            : "")),
                indented(Shown.text(line, "message"))));
    if (line.hasNonNull("trace")) {
      terminal.line("    " + indented(line.path("trace").asText()));
    }
  }

  private static String indented(String text) {
    return Terminal.plainLines(text).replace("\n", "\n    ");
  }
}
