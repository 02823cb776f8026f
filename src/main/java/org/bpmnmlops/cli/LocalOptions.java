package org.bpmnmlops.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What every command with an engine of its own takes. */
final class LocalOptions {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  private Terminal terminal;

  boolean json() {
    return json;
  }

  Terminal terminal() {
    if (terminal == null) {
      terminal = new Terminal(command.commandLine().getOut());
    }
    return terminal;
  }

  /** For what happens meanwhile; where a program reads the JSON, that is the error stream. */
  Terminal progress() {
    return json ? new Terminal(command.commandLine().getErr()) : terminal();
  }

  /**
   * @param home null for a folder of the run's own
   * @param dataset null for the pipeline's; else becomes the parameter {@code dataset}
   */
  LocalEngine start(String pipeline, Path home, Path dataset, Map<String, String> parameters) {
    if (home != null && !Commands.environment(command).getOrDefault("MLOPS_DB_URL", "").isEmpty()) {
      throw new CommandFailedException(
          CommandFailedException.CONFLICT,
          "MLOPS_DB_URL names the database of a server: start the run there with the command"
              + " 'trigger', or run without --home");
    }
    if (home == null) {
      LocalModels.require(pipeline);
    }
    Path dataDir = Path.of(Commands.environment(command).getOrDefault("MLOPS_DATA_DIR", "data"));
    if (dataset != null) {
      if (!Files.isRegularFile(dataset)) {
        throw new CommandFailedException(
            CommandFailedException.NOT_THERE,
            "There is no file %s".formatted(dataset.toAbsolutePath().normalize()));
      }
      Path file = dataset.toAbsolutePath().normalize();
      dataDir = file.getParent();
      parameters.put("dataset", file.getFileName().toString());
    }
    return LocalEngine.start(
        Commands.application(command),
        pipeline,
        home == null ? ownFolder() : home.toAbsolutePath().normalize(),
        home != null,
        dataDir.toAbsolutePath().normalize());
  }

  private static Path ownFolder() {
    try {
      return Files.createTempDirectory("bpmn-mlops-");
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Cannot make a folder for the run in %s: %s; name one with --home"
              .formatted(System.getProperty("java.io.tmpdir"), e.getMessage()),
          e);
    }
  }
}
