package org.bpmnmlops.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "rollback",
    description =
        "Put the model version live that was live before; process model-rollback does, tries the"
            + " version there, and takes it back when it does not answer well.")
final class RollbackCommand implements Callable<Integer> {

  @Mixin private ServerOptions server;

  @Parameters(paramLabel = "MODEL", description = "Name of the model, such as advertising.")
  private String model;

  @Override
  public Integer call() {
    return live(server, model, null);
  }

  /** Starts the process and waits for its end. */
  static int live(ServerOptions server, String model, Integer version) {
    Api api = server.api();
    ObjectNode body = Api.JSON.createObjectNode();
    ObjectNode parameters = body.putObject("parameters").put("modelName", model);
    if (version != null) {
      parameters.put("toVersion", version);
    }
    JsonNode started = api.post("/api/v1/pipelines/model-rollback/start", body);
    return TriggerCommand.await(server, api, started.path("run").asText());
  }
}
