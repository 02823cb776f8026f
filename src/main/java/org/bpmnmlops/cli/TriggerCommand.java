package org.bpmnmlops.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "trigger",
    description =
        "Start a run on the server; with --wait, 1 is the exit code of a run that failed.")
final class TriggerCommand implements Callable<Integer> {

  @Mixin private ServerOptions server;

  @Parameters(paramLabel = "PIPELINE", description = "Process id, such as advertising-pipeline.")
  private String pipeline;

  @Option(
      names = "--set",
      paramLabel = "NAME=VALUE",
      description = "A parameter that wins over the diagram; repeatable.")
  private Map<String, String> parameters = new LinkedHashMap<>();

  @Option(names = "--key", paramLabel = "KEY", description = "Business key of the run.")
  private String key;

  @Option(names = "--wait", description = "Wait until the run has ended, and show it.")
  private boolean wait;

  @Override
  public Integer call() {
    Api api = server.api();
    ObjectNode body = Api.JSON.createObjectNode();
    ObjectNode given = body.putObject("parameters");
    parameters.forEach(given::put);
    if (key != null) {
      body.put("businessKey", key);
    }
    JsonNode started = api.post("/api/v1/pipelines/" + Api.part(pipeline) + "/start", body);
    String run = started.path("run").asText();
    if (!wait) {
      server.show(started, () -> server.terminal().line(run));
      return 0;
    }
    return await(server, api, run);
  }

  /** Until the run has ended or waits for help. */
  static int await(ServerOptions server, Api api, String run) {
    String path = "/api/v1/runs/" + Api.part(run);
    JsonNode ended =
        Waiting.until(
            () -> api.get(path),
            detail ->
                detail.path("run").path("state").asText().equals("ended")
                    || detail.path("run").path("status").asText().equals("incident"));
    server.show(
        ended, () -> StateCommand.print(server.terminal(), ended, api.get(path + "/steps")));
    return ended.path("run").path("outcome").asText().equals("success")
        ? 0
        : CommandFailedException.FAILED;
  }
}
