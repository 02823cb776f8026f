package org.bpmnmlops;

import java.nio.file.Path;
import java.util.TimeZone;
import org.bpmnmlops.cli.Commands;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.scheduling.annotation.EnableScheduling;

/**
 * Starts the server: the Camunda engine with its web applications, the pipelines and our REST API.
 */
@SpringBootApplication
@EnableScheduling
public class MlopsApplication {

  /**
   * Starts the server, or does what the command line says.
   *
   * <p>The engine reads the JVM's time zone for every timer; pipelines run on UTC everywhere. H2
   * takes no path that depends on the working directory, so the home is made absolute first.
   */
  public static void main(String[] args) {
    TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
    String home = System.getenv().getOrDefault("MLOPS_HOME", "var");
    System.setProperty("mlops.home", Path.of(home).toAbsolutePath().toString());
    if (Commands.areSettings(args)) {
      Commands.startServer(MlopsApplication.class, args);
      return;
    }
    String[] line = Commands.commandFirst(args);
    int exitCode = Commands.execute(MlopsApplication.class, line);
    if (exitCode != 0 || !Commands.serves(line)) {
      System.exit(exitCode);
    }
  }
}
