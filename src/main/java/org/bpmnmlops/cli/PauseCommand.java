package org.bpmnmlops.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Commands "pause" and "resume". */
abstract sealed class PauseCommand implements Callable<Integer> {

  @Mixin private ServerOptions server;

  @Parameters(paramLabel = "PIPELINE", description = "Process id, such as advertising-pipeline.")
  private String pipeline;

  private final String order;
  private final String state;

  private PauseCommand(String order, String state) {
    this.order = order;
    this.state = state;
  }

  @Command(name = "pause", description = "Pause a pipeline; it takes no new runs.")
  static final class Pause extends PauseCommand {
    Pause() {
      super("pause", "paused");
    }
  }

  @Command(name = "resume", description = "Resume a pipeline that was paused.")
  static final class Resume extends PauseCommand {
    Resume() {
      super("resume", "active");
    }
  }

  @Override
  public Integer call() {
    JsonNode line =
        server
            .api()
            .post(
                "/api/v1/pipelines/%s/%s".formatted(Api.part(pipeline), order),
                Api.JSON.createObjectNode());
    server.show(line, () -> server.terminal().line("%s is %s.".formatted(pipeline, state)));
    return 0;
  }
}
