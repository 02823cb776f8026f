package org.bpmnmlops.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "retry",
    description = "Give the failed steps of a run another attempt now; what succeeded stays.")
final class RetryCommand implements Callable<Integer> {

  @Mixin private ServerOptions server;

  @Parameters(paramLabel = "RUN", description = "Id of the run.")
  private String run;

  @Option(
      names = "--step",
      paramLabel = "STEP",
      description = "Of several failed steps only this one, such as serviceTask_buildModel.")
  private String step;

  @Option(names = "--wait", description = "Wait until the run has ended, and show it.")
  private boolean wait;

  @Override
  public Integer call() {
    Api api = server.api();
    ObjectNode body = Api.JSON.createObjectNode();
    if (step != null) {
      body.put("step", step);
    }
    JsonNode answer = api.post("/api/v1/runs/" + Api.part(run) + "/retry", body);
    if (wait) {
      return TriggerCommand.await(server, api, run);
    }
    server.show(answer, () -> server.terminal().line("Run %s goes on.".formatted(run)));
    return 0;
  }
}
