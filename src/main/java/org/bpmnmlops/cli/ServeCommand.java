package org.bpmnmlops.cli;

import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.SpringApplication;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

@Command(
    name = "serve",
    description =
        "Start the server, as without any command; settings are environment variables (docs/settings.md).")
final class ServeCommand implements Runnable {

  @Spec private CommandSpec command;

  @Parameters(
      arity = "0..*",
      hidden = true,
      description = "Settings of Spring, such as --server.port=8081.")
  private List<String> settings = new ArrayList<>();

  @Unmatched private List<String> further = new ArrayList<>();

  @Override
  public void run() {
    List<String> all = new ArrayList<>(further);
    all.addAll(settings);
    SpringApplication.run(Commands.application(command), all.toArray(String[]::new));
  }
}
