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
    return of(home, JdbcClient.create(database), Clock.systemUTC());
  }

  static ModelRegistry of(Home home, JdbcClient jdbc, Clock clock) {
    Artifacts artifacts = new Artifacts(home);
    ModelFolders folders = new ModelFolders(home, artifacts);
    return new ModelRegistry(
        new VersionTable(jdbc),
        new Promotions(jdbc, clock),
        new ModelFiles(folders, artifacts, PreparedRun.reader(home)),
        new ModelCards(folders, new ModelHistory(jdbc, clock)),
        clock);
  }
}
