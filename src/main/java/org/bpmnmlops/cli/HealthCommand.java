package org.bpmnmlops.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.concurrent.Callable;
import org.bpmnmlops.cli.Terminal.Tone;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "health",
    description =
        "Ask whether database, engine, job executor and mail server are well; 1 if they are not."
            + " Needs no password.")
final class HealthCommand implements Callable<Integer> {

  private static final String HEALTH = "/actuator/health";
  private static final String COMPONENTS = "components";

  private static final Map<String, String> NAMES =
      Map.of(
          "db", "database",
          "diskSpace", "disk space",
          "jobExecutor", "job executor",
          "mail", "mail server",
          "processEngine", "engine");

  @Mixin private ServerOptions server;

  @Option(
      names = "--parts",
      description = "Sign in, and tell of each part: database, engine, job executor, mail server.")
  private boolean parts;

  /** Monitors ask again and again: without a password, for a wrong one would lock its user. */
  @Override
  public Integer call() {
    Api.Answer answer = (parts ? server.api() : server.anonymousApi()).ask(HEALTH);
    String status = answer.body().path("status").asText();
    if (!answer.body().path("status").isTextual()) {
      throw new CommandFailedException(
          CommandFailedException.FAILED,
          "What answers there (%d) does not tell its health: is it this product?"
              .formatted(answer.status()));
    }
    server.show(answer.body(), () -> print(status, answer.body()));
    return answer.status() == 200 ? 0 : CommandFailedException.FAILED;
  }

  private void print(String status, JsonNode body) {
    Terminal terminal = server.terminal();
    terminal.line(terminal.tone(Tone.of(status), Terminal.plain(status)));
    if (body.path(COMPONENTS) instanceof ObjectNode components) {
      components.properties().stream()
          .filter(part -> !part.getKey().equals("ping"))
          .forEach(
              part -> {
                String state = Shown.text(part.getValue(), "status");
                terminal.line(
                    "  %-20s %s"
                        .formatted(
                            Terminal.plain(NAMES.getOrDefault(part.getKey(), part.getKey())),
                            terminal.tone(Tone.of(state), Terminal.plain(state))));
              });
    }
    if (!status.equals("UP")) {
      terminal.line(
          (parts ? "" : "With --parts you see where. ") + "The server's log says what is wrong.");
    }
  }
}
