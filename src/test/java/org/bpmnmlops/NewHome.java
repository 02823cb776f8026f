package org.bpmnmlops;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Gives a server under test an empty home below {@code target}, and a data folder of its own with
 * the shipped data and the examples.
 */
class NewHome implements ApplicationContextInitializer<ConfigurableApplicationContext> {

  private static final Path[] DATA = {Path.of("data"), Path.of("src/test/resources/examples")};

  @Override
  public void initialize(ConfigurableApplicationContext context) {
    try {
      Path home = Files.createTempDirectory(Path.of("target"), "home-");
      Path data = Files.createTempDirectory(Path.of("target"), "data-");
      for (Path folder : DATA) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.csv")) {
          for (Path file : files) {
            Files.copy(file, data.resolve(file.getFileName()));
          }
        }
      }
      TestPropertyValues.of("mlops.home=" + home, "mlops.data-dir=" + data).applyTo(context);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
