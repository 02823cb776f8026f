package org.bpmnmlops.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "resume", description = "Resume a pipeline that was paused.")
final class ResumeCommand implements Callable<Integer> {

  @Mixin private ServerOptions server;

  @Parameters(paramLabel = "PIPELINE", description = "Process id, such as advertising-pipeline.")
  private String pipeline;

  @Override
  public Integer call() {
    JsonNode line =
        server
            .api()
            .post(
                "/api/v1/pipelines/" + Api.part(pipeline) + "/resume", Api.JSON.createObjectNode());
    server.show(line, () -> server.terminal().line("%s is active.".formatted(pipeline)));
    return 0;
  }
}
