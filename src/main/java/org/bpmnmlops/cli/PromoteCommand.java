package org.bpmnmlops.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "promote",
    description =
        "Put a version of a model live. It is tried there, and taken back when it does not answer"
            + " well.")
final class PromoteCommand implements Callable<Integer> {

  @Mixin private ServerOptions server;

  @Parameters(index = "0", paramLabel = "MODEL", description = "Name of the model.")
  private String model;

  @Parameters(index = "1", paramLabel = "VERSION", description = "Its version, a number.")
  private int version;

  @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for the model's history.")
  private String reason;

  @Override
  public Integer call() {
    return RollbackCommand.live(server, model, version, reason);
  }
}
