package org.bpmnmlops.artifact;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The folders this installation owns.
 *
 * @param home everything written: {@code db runs models reports outbox production}
 * @param dataDir where data sets are looked up, and nowhere else
 */
@ConfigurationProperties("mlops")
public record Home(@DefaultValue("var") Path home, @DefaultValue("data") Path dataDir) {

  public Home {
    home = home.toAbsolutePath().normalize();
    dataDir = dataDir.toAbsolutePath().normalize();
  }

  public Path runs() {
    return home.resolve("runs");
  }

  public Path models() {
    return home.resolve("models");
  }

  public Path reports() {
    return home.resolve("reports");
  }

  /** Where other systems put files of production data. */
  public Path production() {
    return home.resolve("production");
  }

  /** What people wrote about the data of a model. */
  public Path contracts() {
    return home.resolve("contracts");
  }

  public Path outbox() {
    return home.resolve("outbox");
  }
}
