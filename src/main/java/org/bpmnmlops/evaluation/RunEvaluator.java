package org.bpmnmlops.evaluation;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.bpmnmlops.artifact.Artifacts;
import org.bpmnmlops.data.InvalidDataException;
import org.bpmnmlops.data.SeparatedDataReader;
import org.bpmnmlops.training.TrainedModel;
import org.bpmnmlops.training.TrainingFailedException;
import org.springframework.stereotype.Component;

/** Evaluates the model in a run's folder and leaves the result beside it. */
@Component
class RunEvaluator {

  /** Name of the evaluation in the folder of its run. */
  static final String FILE = "evaluation.json";

  /** The same of a cross-validation. */
  static final String VALIDATION_FILE = "cross-validation.json";

  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  /**
   * A stored evaluation.
   *
   * @param reference to its file
   */
  record StoredEvaluation(String reference, ModelEvaluation evaluation) {}

  /** The same for a cross-validation. */
  record StoredValidation(String reference, CrossValidation validation) {}

  private final SeparatedDataReader reader;
  private final ModelEvaluator evaluator;
  private final CrossValidator validator;
  private final Artifacts artifacts;

  RunEvaluator(
      SeparatedDataReader reader,
      ModelEvaluator evaluator,
      CrossValidator validator,
      Artifacts artifacts) {
    this.reader = reader;
    this.evaluator = evaluator;
    this.validator = validator;
    this.artifacts = artifacts;
  }

  /**
   * @param model reference to the model's file
   * @param modelHash SHA-256 that file must have
   * @param preprocessed reference to the rows
   * @param separation reference to the record of their sides
   * @throws IllegalStateException when the file is not the one that was built, or one is gone
   */
  StoredEvaluation evaluate(
      String run, String model, String modelHash, String preprocessed, String separation) {
    ModelEvaluation evaluation =
        evaluator.evaluate(
            load(model, modelHash), reader.read(preprocessed, separation), modelHash);
    String reference =
        artifacts.write(run, FILE, path -> JSON.writeValue(path.toFile(), evaluation));
    return new StoredEvaluation(reference, evaluation);
  }

  /**
   * Trains again as the model was trained, in so many folds of its training rows.
   *
   * @throws InvalidDataException when a fold cannot be learned from
   * @throws TrainingFailedException when the algorithm finds no model
   */
  StoredValidation crossValidate(
      String run,
      String model,
      String modelHash,
      String preprocessed,
      String separation,
      int folds) {
    TrainedModel trained = load(model, modelHash);
    CrossValidation validation =
        validator.validate(
            reader.read(preprocessed, separation),
            reader.preparation(preprocessed),
            trained.settings(),
            trained.origin(),
            folds);
    String reference =
        artifacts.write(run, VALIDATION_FILE, path -> JSON.writeValue(path.toFile(), validation));
    return new StoredValidation(reference, validation);
  }

  private TrainedModel load(String model, String modelHash) {
    Path file = artifacts.written(model, "Build model");
    try {
      String found = Artifacts.sha256(file);
      if (!found.equals(modelHash)) {
        throw new IllegalStateException(
            "%s has SHA-256 %s; Build model wrote %s. Run it again"
                .formatted(model, found, modelHash));
      }
      return TrainedModel.load(file);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the model %s: %s".formatted(model, e), e);
    }
  }
}
