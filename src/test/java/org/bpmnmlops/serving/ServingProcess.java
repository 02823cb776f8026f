package org.bpmnmlops.serving;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.bpmnmlops.MlopsApplication;
import org.bpmnmlops.artifact.Home;
import org.bpmnmlops.registry.ModelRegistry;
import org.bpmnmlops.registry.TrainedRun;
import org.springframework.boot.SpringApplication;

/**
 * The application with one model that answers, for a test that kills it. The file {@code port} in
 * its home says that it listens, and where.
 */
final class ServingProcess {

  static final String MODEL = "advertising";

  private ServingProcess() {}

  public static void main(String[] args) throws IOException {
    var context = SpringApplication.run(MlopsApplication.class, args);
    Home home = context.getBean(Home.class);
    context.getBean(ModelRegistry.class).register(TrainedRun.of(home, MODEL, 42).asked());
    Path unfinished = home.home().resolve(".port");
    Files.writeString(unfinished, context.getEnvironment().getProperty("local.server.port"));
    Files.move(unfinished, home.home().resolve("port"), StandardCopyOption.ATOMIC_MOVE);
  }
}
