package org.bpmnmlops.cli;

import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.event.ApplicationPreparedEvent;
import org.springframework.context.ApplicationListener;
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
    start(Commands.application(command), all.toArray(String[]::new));
  }

  /** Says early that it starts: until the engine has read its models nothing else is said. */
  static void start(Class<?> application, String... settings) {
    SpringApplication server = new SpringApplication(application);
    server.addListeners(new Starting());
    server.run(settings);
  }

  private static final class Starting implements ApplicationListener<ApplicationPreparedEvent> {

    private static final Logger LOG = LoggerFactory.getLogger(ServeCommand.class);

    @Override
    public void onApplicationEvent(ApplicationPreparedEvent event) {
      LOG.info("Starting; the first start also makes the database, which takes a moment");
    }
  }
}
