package org.bpmnmlops.registry;

import java.time.Clock;
import javax.sql.DataSource;
import org.bpmnmlops.artifact.Artifacts;
import org.bpmnmlops.artifact.Home;
import org.bpmnmlops.data.PreparedRun;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A registry without the application, for tests of other packages. */
public final class RegistryOnDisk {

  private RegistryOnDisk() {}

  public static ModelRegistry of(Home home, DataSource database) {
    JdbcClient jdbc = JdbcClient.create(database);
    Artifacts artifacts = new Artifacts(home);
    ModelFolders folders = new ModelFolders(home, artifacts);
    Clock clock = Clock.systemUTC();
    return new ModelRegistry(
        jdbc,
        folders,
        new ModelCards(folders, new ModelHistory(jdbc, clock)),
        artifacts,
        PreparedRun.reader(home),
        clock);
  }
}
