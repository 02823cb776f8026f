package org.bpmnmlops.processes;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;

@Tag("kill")
class MonitoringKillOnPostgresTest extends MonitoringKillPromises {

  private EmbeddedPostgres postgres;

  @BeforeEach
  void startDatabase() throws IOException {
    postgres = EmbeddedPostgres.start();
  }

  @AfterEach
  void stopDatabase() throws IOException {
    postgres.close();
  }

  @Override
  Map<String, String> database() {
    return Map.of(
        "spring.datasource.url",
        postgres.getJdbcUrl("postgres", "postgres"),
        "spring.datasource.username",
        "postgres");
  }

  @Override
  DataSource look() {
    return postgres.getPostgresDatabase();
  }
}
