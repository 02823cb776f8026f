package org.bpmnmlops.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bpmnmlops.artifact.Artifacts;
import org.bpmnmlops.data.SeparatedData;
import org.bpmnmlops.data.SeparatedDataReader;
import org.bpmnmlops.training.TrainedModel;
import org.bpmnmlops.training.UnreadableModelException;
import org.springframework.stereotype.Component;

/** What a run's files say, and the copies of them that a version keeps. */
@Component
class ModelFiles {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final ModelFolders folders;
  private final Artifacts artifacts;
  private final SeparatedDataReader reader;

  ModelFiles(ModelFolders folders, Artifacts artifacts, SeparatedDataReader reader) {
    this.folders = folders;
    this.artifacts = artifacts;
    this.reader = reader;
  }

  /**
   * @throws DamagedModelException when the file is not the one that was built
   */
  TrainedModel load(Registration registration) {
    return load(artifacts.written(registration.model(), "Build model"), registration.modelHash());
  }

  /**
   * @throws DamagedModelException when the file is missing or is not the one that was registered
   */
  TrainedModel load(ModelVersion version) {
    return load(path(version, ModelFolders.MODEL), version.modelHash());
  }

  /** The path of a file in the version's folder, whether it is there or not. */
  Path path(ModelVersion version, String fileName) {
    Path folder = folders.folder(version.name(), version.version());
    Path file = folder.resolve(fileName).normalize();
    if (!folder.equals(file.getParent())) {
      throw new IllegalArgumentException("'%s' is no name of a file".formatted(fileName));
    }
    return file;
  }

  /** Keeps a run's files in the version's folder. */
  RowFiles store(ModelVersion version, Registration registration) {
    folders.store(version, references(registration));
    return new RowFiles(fileName(registration.preprocessed()), fileName(registration.separation()));
  }

  /** SHA-256 over data, sides, parameters and seed. */
  String fingerprint(Registration registration, TrainedModel model) {
    try {
      return Artifacts.sha256(
          String.join(
              "\n",
              registration.dataHash(),
              reader.decisions(registration.preprocessed(), registration.separation()),
              JSON.writeValueAsString(model.settings())));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Training settings are JSON", e);
    }
  }

  /** On the held-out rows, 0 to 1. */
  double accuracy(Registration registration) {
    String evaluation = registration.evaluation();
    try {
      JsonNode accuracy =
          JSON.readTree(artifacts.written(evaluation, "Evaluate model").toFile()).path("accuracy");
      if (!accuracy.isNumber()) {
        throw new IllegalStateException(
            "%s has no accuracy; run Evaluate model again".formatted(evaluation));
      }
      return accuracy.doubleValue();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read %s: %s".formatted(evaluation, e), e);
    }
  }

  RowReferences rowReferences(ModelVersion version, RowFiles files) {
    return new RowReferences(
        folders.reference(version.name(), version.version(), files.rows()),
        folders.reference(version.name(), version.version(), files.separation()));
  }

  SeparatedData rows(RowReferences references) {
    return reader.read(references.rows(), references.separation());
  }

  /** References by the names the files get in the version's folder. */
  private Map<String, String> references(Registration registration) {
    Map<String, String> files = new LinkedHashMap<>();
    files.put(ModelFolders.MODEL, registration.model());
    files.put(ModelFolders.EVALUATION, registration.evaluation());
    for (String reference : reader.files(registration.preprocessed(), registration.separation())) {
      files.put(fileName(reference), reference);
    }
    return files;
  }

  private static String fileName(String reference) {
    return reference.substring(reference.lastIndexOf('/') + 1);
  }

  private static TrainedModel load(Path file, String expectedHash) {
    try {
      String found = Artifacts.sha256(file);
      if (!found.equals(expectedHash)) {
        throw new DamagedModelException(
            "%s has SHA-256 %s; registered was %s. Put the right file back, or register another version"
                .formatted(file, found, expectedHash),
            null);
      }
      return TrainedModel.load(file);
    } catch (IOException | UnreadableModelException e) {
      throw new DamagedModelException("Cannot read the model %s: %s".formatted(file, e), e);
    }
  }
}
