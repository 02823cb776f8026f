package org.bpmnmlops.data;

import java.time.Clock;
import org.bpmnmlops.artifact.Home;

/** Data folders that never wait, for tests of what reads with them. */
public final class DataFolders {

  private DataFolders() {}

  public static DataFolder of(Home home) {
    return new DataFolder(home, Clock.systemUTC(), duration -> {});
  }
}
