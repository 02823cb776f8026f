package org.bpmnmlops.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.concurrent.Callable;
import org.bpmnmlops.cli.Terminal.Tone;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "health",
    description =
        "Ask whether database, engine, job executor and mail server are well; 1 if they are not.")
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

  @Override
  public Integer call() {
    Api.Answer answer = ask();
    String status = Shown.text(answer.body(), "status");
    if (status.equals("-")) {
      throw new CommandFailedException(
          CommandFailedException.FAILED,
          "What answers there (%d) does not tell its health: is it this product?"
              .formatted(answer.status()));
    }
    server.show(answer.body(), () -> print(status, answer.body()));
    return answer.status() == 200 ? 0 : CommandFailedException.FAILED;
  }

  /** The parts are for users; without a password that is right there is the status alone. */
  private Api.Answer ask() {
    try {
      Api.Answer answer = server.api().ask(HEALTH);
      if (answer.body().has(COMPONENTS)) {
        return answer;
      }
    } catch (CommandFailedException e) {
      if (e.exitCode() != CommandFailedException.REFUSED) {
        throw e;
      }
    }
    return server.anonymousApi().ask(HEALTH);
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
    } else {
      terminal.line("Sign in to see the parts: set MLOPS_USER and MLOPS_PASSWORD, or --home.");
    }
    if (!status.equals("UP")) {
      terminal.line("The server's log says what is wrong.");
    }
  }
}
