package org.bpmnmlops.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.spring.SpringTransactionsProcessEngineConfiguration;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.Resource;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Starts an engine again and again on one database, as a server that is restarted and upgraded. */
class EditedTablesTest {

  private static final String DECISION = "retraining-decision";

  private final DriverManagerDataSource database =
      new DriverManagerDataSource("jdbc:h2:mem:%s;DB_CLOSE_DELAY=-1".formatted(UUID.randomUUID()));

  @Test
  void keepsAnEditedTableWhenTheServerStartsAgain() {
    start(rows(1000), engine -> {});
    start(rows(1000), engine -> edit(engine, rows(500)));

    start(rows(1000), engine -> assertThat(live(engine)).isEqualTo(rows(500)));
  }

  @Test
  void keepsAnEditedTableWhenALaterReleaseBringsAnother() {
    start(rows(1000), engine -> edit(engine, rows(500)));

    start(rows(2000), engine -> assertThat(live(engine)).isEqualTo(rows(500)));
    start(rows(3000), engine -> assertThat(live(engine)).isEqualTo(rows(500)));
  }

  @Test
  void takesTheTableOfALaterReleaseWhereNobodyEditedIt() {
    start(rows(1000), engine -> {});

    start(rows(2000), engine -> assertThat(live(engine)).isEqualTo(rows(2000)));
  }

  @Test
  void takesNewerTablesAgainOnceTheEditIsGone() {
    start(
        rows(1000),
        engine -> {
          edit(engine, rows(500));
          var edits = engine.getRepositoryService().createDeploymentQuery().deploymentName("edit");
          engine.getRepositoryService().deleteDeployment(edits.singleResult().getId(), true);
        });

    start(rows(2000), engine -> assertThat(live(engine)).isEqualTo(rows(2000)));
  }

  private interface Work {
    void with(ProcessEngine engine);
  }

  private void start(String shipped, Work work) {
    var configuration = new SpringTransactionsProcessEngineConfiguration();
    configuration.setProcessEngineName("edited-" + UUID.randomUUID());
    configuration.setDataSource(database);
    configuration.setTransactionManager(new DataSourceTransactionManager(database));
    configuration.setDatabaseSchemaUpdate("true");
    configuration.setJobExecutorActivate(false);
    configuration.setDeployChangedOnly(true);
    configuration.setDeploymentResources(
        new Resource[] {
          new ByteArrayResource(shipped.getBytes(StandardCharsets.UTF_8)) {
            @Override
            public String getFilename() {
              return DECISION + ".dmn";
            }

            /** Which the engine names it by. */
            @Override
            public String getDescription() {
              return DECISION + ".dmn";
            }
          }
        });
    configuration.setProcessEnginePlugins(List.of(new EditedTables()));
    ProcessEngine engine = configuration.buildProcessEngine();
    try {
      work.with(engine);
    } finally {
      engine.close();
    }
  }

  private static void edit(ProcessEngine engine, String table) {
    engine
        .getRepositoryService()
        .createDeployment()
        .name("edit")
        .addInputStream(
            DECISION + ".dmn", new ByteArrayInputStream(table.getBytes(StandardCharsets.UTF_8)))
        .deploy();
  }

  private static String live(ProcessEngine engine) {
    var repository = engine.getRepositoryService();
    String id =
        repository
            .createDecisionDefinitionQuery()
            .decisionDefinitionKey(DECISION)
            .latestVersion()
            .singleResult()
            .getId();
    try (var file = repository.getDecisionModel(id)) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The shipped table, with another number of rows from which on it trains. */
  private static String rows(int most) {
    try {
      return Files.readString(Path.of("processes", DECISION + ".dmn"))
          .replace("&gt;= 1000", "&gt;= " + most);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
