package org.bpmnmlops.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "rollback",
    description =
        "Put the version of a model live that was live before. It is tried there, and taken back when"
            + " it does not answer well.")
final class RollbackCommand implements Callable<Integer> {

  @Mixin private ServerOptions server;

  @Parameters(paramLabel = "MODEL", description = "Name of the model, such as advertising.")
  private String model;

  @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for the model's history.")
  private String reason;

  @Override
  public Integer call() {
    return live(server, model, null, reason);
  }

  /** Starts the process and waits for its end. */
  static int live(ServerOptions server, String model, Integer version, String reason) {
    Api api = server.api();
    ObjectNode body = Api.JSON.createObjectNode();
    if (version != null) {
      body.put("toVersion", version);
    }
    if (reason != null) {
      body.put("reason", reason);
    }
    JsonNode started = api.post("/api/v1/models/" + Api.part(model) + "/rollback", body);
    return TriggerCommand.await(server, api, started.path("run").asText());
  }
}
