package org.bpmnmlops.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.spring.SpringTransactionsProcessEngineConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

class ShippedNamesTest {

  private static final String TABLE = "promotion-decision";

  @TempDir private Path folder;

  private final DriverManagerDataSource database =
      new DriverManagerDataSource("jdbc:h2:mem:%s;DB_CLOSE_DELAY=-1".formatted(UUID.randomUUID()));

  @Test
  void keepTheVersionOfAModelWhenTheApplicationStartsInAnotherFolder() throws IOException {
    assertThat(versionAfterAStartIn("here", "")).isEqualTo(1);
    assertThat(versionAfterAStartIn("there", "")).isEqualTo(1);
    assertThat(versionAfterAStartIn("there", "<!-- changed -->")).isEqualTo(2);
  }

  private int versionAfterAStartIn(String place, String end) throws IOException {
    Path file = Files.createDirectories(folder.resolve(place)).resolve(TABLE + ".dmn");
    Files.writeString(file, Files.readString(Path.of("processes", TABLE + ".dmn")) + end);
    var configuration = new SpringTransactionsProcessEngineConfiguration();
    configuration.setProcessEngineName("shipped-" + UUID.randomUUID());
    configuration.setDataSource(database);
    configuration.setTransactionManager(new DataSourceTransactionManager(database));
    configuration.setDatabaseSchemaUpdate("true");
    configuration.setJobExecutorActivate(false);
    configuration.setDeployChangedOnly(true);
    configuration.setDeploymentResources(new Resource[] {new FileSystemResource(file)});
    configuration.setProcessEnginePlugins(List.of(new ShippedNames()));
    ProcessEngine engine = configuration.buildProcessEngine();
    try {
      return engine
          .getRepositoryService()
          .createDecisionDefinitionQuery()
          .decisionDefinitionKey(TABLE)
          .latestVersion()
          .singleResult()
          .getVersion();
    } finally {
      engine.close();
    }
  }
}
