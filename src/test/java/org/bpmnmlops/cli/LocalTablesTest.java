package org.bpmnmlops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.junit.jupiter.api.Test;

class LocalTablesTest {

  @Test
  void areMadeByAllMigrationsInTheOrderInWhichFlywayTakesThem() {
    MigrationInfo[] migrations =
        Flyway.configure()
            .dataSource("jdbc:h2:mem:" + UUID.randomUUID(), "sa", "")
            .load()
            .info()
            .all();

    assertThat(LocalTables.scripts())
        .isNotEmpty()
        .containsExactlyElementsOf(
            Arrays.stream(migrations)
                .map(migration -> "classpath:db/migration/" + migration.getScript())
                .toList());
  }
}
