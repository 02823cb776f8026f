package org.bpmnmlops.training;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.bpmnmlops.artifact.Artifacts;
import org.bpmnmlops.data.InvalidDataException;
import org.bpmnmlops.data.SeparatedData;
import org.bpmnmlops.data.SeparatedDataReader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Trains on the files of a run and leaves the model in the run's folder. */
@Component
class ModelBuilder {

  /** Name of a model's file in the folder of its run. */
  static final String FILE = "model.zip";

  private static final Logger LOG = LoggerFactory.getLogger(ModelBuilder.class);

  /**
   * A stored model.
   *
   * @param reference to its file
   * @param sha256 of its file
   * @param constantColumns what it could learn nothing from
   */
  record BuiltModel(String reference, String sha256, List<String> constantColumns) {}

  private final SeparatedDataReader reader;
  private final ModelTrainer trainer;
  private final Artifacts artifacts;

  ModelBuilder(SeparatedDataReader reader, ModelTrainer trainer, Artifacts artifacts) {
    this.reader = reader;
    this.trainer = trainer;
    this.artifacts = artifacts;
  }

  /**
   * @param preprocessed reference to the rows
   * @param separation reference to the record of their sides
   * @throws InvalidDataException when nothing can be learned from the training rows
   * @throws TrainingFailedException when the algorithm finds no model
   */
  BuiltModel build(
      String preprocessed, String separation, TrainingSettings settings, Origin origin) {
    SeparatedData data = reader.read(preprocessed, separation);
    TrainedModel model = trainer.train(data, reader.preparation(preprocessed), settings, origin);
    LOG.info(
        "Trained {} on {} rows and {} features{}",
        settings.algorithm(),
        data.trainRows().length,
        model.encoder().width(),
        model.droppedColumns().isEmpty()
            ? ""
            : "; left out as constant: " + String.join(", ", model.droppedColumns()));
    String reference = artifacts.write(origin.run(), FILE, model::write);
    try {
      return new BuiltModel(
          reference, Artifacts.sha256(artifacts.path(reference)), model.droppedColumns());
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read back %s: %s".formatted(reference, e), e);
    }
  }
}
