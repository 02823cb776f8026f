package org.bpmnmlops.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArtifactsTest {

  @TempDir private Path folder;
  private Artifacts artifacts;

  @BeforeEach
  void open() {
    artifacts = new Artifacts(new Home(folder, folder.resolve("data")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "admin-password",
        "db/mlops.mv.db",
        "runs",
        "runs/../admin-password",
        "models",
        "models/../admin-password",
        "../runs/1/model.zip",
        "/etc/passwd",
        "runs/\0"
      })
  void opensNothingElse(String reference) {
    assertThatThrownBy(() -> artifacts.path(reference))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is no file of a run or a model");
  }

  @Test
  void opensFilesOfRunsAndModels() {
    assertThat(artifacts.path("runs/4711/model.zip")).startsWithRaw(folder.resolve("runs"));
    assertThat(artifacts.path("models/advertising/v1/model.zip"))
        .startsWithRaw(folder.resolve("models"));
  }

  @Test
  void tidiesUpWhatAStepLeftThatWasCutOff() throws IOException {
    Path run = Files.createDirectories(folder.resolve("runs/1"));
    Files.writeString(run.resolve(".model.json.4711.part"), "{");

    artifacts.write("1", "model.json", file -> Files.writeString(file, "{}"));

    assertThat(run).isDirectoryContaining("glob:**/model.json");
    try (var files = Files.list(run)) {
      assertThat(files).hasSize(1);
    }
  }

  @Test
  void leavesTheOldFileWhenWritingFails() throws IOException {
    String reference = artifacts.write("1", "model.json", file -> Files.writeString(file, "old"));

    assertThatThrownBy(
            () ->
                artifacts.write(
                    "1",
                    "model.json",
                    file -> {
                      Files.writeString(file, "ne");
                      throw new IOException("disk full");
                    }))
        .hasMessageContaining("disk full");
    assertThat(artifacts.path(reference)).hasContent("old");
  }
}
