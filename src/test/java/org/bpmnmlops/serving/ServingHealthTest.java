package org.bpmnmlops.serving;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import org.bpmnmlops.TestDatabase;
import org.bpmnmlops.artifact.Home;
import org.bpmnmlops.log.Outage;
import org.bpmnmlops.production.ProductionData;
import org.bpmnmlops.registry.ModelRegistry;
import org.bpmnmlops.registry.RegistryOnDisk;
import org.bpmnmlops.registry.TrainedRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.http.ResponseEntity;

class ServingHealthTest {

  private static final String NAME = "advertising";

  @TempDir private Path folder;

  private final SwitchedDatabase database = new SwitchedDatabase(TestDatabase.H2.create());

  @Test
  void isBadWhileTheDatabaseRecordsNoPredictions() {
    Home home = new Home(folder, Path.of("data"));
    ModelRegistry registry = RegistryOnDisk.of(home, database);
    registry.register(TrainedRun.of(home, NAME, 1).asked());
    LiveModels models = new LiveModels(registry);
    Serving serving =
        new Serving(
            models,
            registry,
            null,
            new CommittedLog((ProductionData) null, null),
            new ServingSettings(NAME, 1),
            new Outage(database));
    PredictionController controller = new PredictionController(serving, models, new ObjectMapper());

    assertThat(controller.health(null).getStatusCode().value()).isEqualTo(200);

    database.down(true);
    ResponseEntity<PredictionController.Health> health = controller.health(null);

    assertThat(health.getStatusCode().value()).isEqualTo(503);
    assertThat(health.getBody())
        .isEqualTo(
            new PredictionController.Health(
                "unhealthy",
                true,
                NAME,
                1,
                "The database does not answer: predictions cannot be recorded"));

    database.down(false);
    assertThat(controller.health(null).getStatusCode().value()).isEqualTo(200);
  }
}
