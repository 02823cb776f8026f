package org.bpmnmlops.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.flywaydb.core.api.MigrationVersion;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** The migrations of our tables, to be run as plain scripts on an empty database. */
final class LocalTables {

  private static final String FOLDER = "classpath:db/migration/";

  private LocalTables() {}

  /** In the order of their versions: 2 comes before 10. */
  static List<String> scripts() {
    try {
      return Arrays.stream(new PathMatchingResourcePatternResolver().getResources(FOLDER + "*.sql"))
          .map(Resource::getFilename)
          .map(Objects::requireNonNull)
          .sorted(Comparator.comparing(LocalTables::version))
          .map(FOLDER::concat)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static MigrationVersion version(String file) {
    return MigrationVersion.fromVersion(file.substring(1, file.indexOf("__")));
  }
}
