package org.bpmnmlops.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.Callable;
import org.bpmnmlops.cli.Terminal.Tone;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "health",
    description =
        "Ask whether database, engine, job executor and mail server are well; 1 if they are not.")
final class HealthCommand implements Callable<Integer> {

  @Mixin private ServerOptions server;

  @Override
  public Integer call() {
    Api.Answer answer = server.anonymousApi().ask("/actuator/health");
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

  private void print(String status, JsonNode body) {
    Terminal terminal = server.terminal();
    terminal.line(terminal.tone(Tone.of(status), Terminal.plain(status)));
    if (body.path("components") instanceof ObjectNode components) {
      components
          .properties()
          .forEach(
              part -> {
                String state = Shown.text(part.getValue(), "status");
                terminal.line(
                    "  %-20s %s"
                        .formatted(
                            Terminal.plain(part.getKey()),
                            terminal.tone(Tone.of(state), Terminal.plain(state))));
              });
    }
    if (!status.equals("UP")) {
      terminal.line("The server's log says what is wrong.");
    }
  }
}
