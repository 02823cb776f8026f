package org.bpmnmlops.retraining;

import java.nio.file.Files;
import org.bpmnmlops.artifact.Artifacts;
import org.bpmnmlops.registry.ModelRegistry;
import org.bpmnmlops.registry.ModelVersion;
import org.springframework.stereotype.Component;

/** Keeps a copy of the champion beside the run that may replace it. */
@Component
class ModelBackup {

  private final ModelRegistry registry;
  private final Artifacts artifacts;

  ModelBackup(ModelRegistry registry, Artifacts artifacts) {
    this.registry = registry;
    this.artifacts = artifacts;
  }

  /**
   * @return reference to the copy
   * @throws org.bpmnmlops.registry.DamagedModelException when the champion's file is not the one
   *     that was registered
   */
  String copy(String run, String model, int version) {
    ModelVersion champion =
        registry.find(model, version).orElseThrow(() -> new NoChampionException(model));
    registry.load(champion);
    return artifacts.write(
        run,
        "champion_v%d.zip".formatted(version),
        path -> Files.copy(registry.file(champion, "model.zip"), path));
  }
}
