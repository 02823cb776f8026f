package org.bpmnmlops.registry;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.UUID;
import org.bpmnmlops.artifact.Artifacts;
import org.bpmnmlops.artifact.Home;
import org.bpmnmlops.data.PreparedRun;
import org.bpmnmlops.evaluation.ModelEvaluator;
import org.bpmnmlops.training.ModelTrainer;
import org.bpmnmlops.training.Origin;
import org.bpmnmlops.training.TrainedModel;
import org.bpmnmlops.training.TrainingSettings;
import org.bpmnmlops.training.TrainingSettings.Algorithm;
import org.bpmnmlops.training.TrainingSettings.Scaling;

/** A run that has trained and evaluated a model, its files in the home, ready to be registered. */
public record TrainedRun(String run, TrainedModel model, PreparedRun rows, Registration asked) {

  /** On the shipped data. */
  public static TrainedRun of(Home home, String name, long seed) {
    return of(home, name, "advertising.csv", "conversion", Algorithm.LOGISTIC_REGRESSION, seed);
  }

  /** On a file of the home's data folder. */
  public static TrainedRun of(
      Home home, String name, String dataset, String target, Algorithm algorithm, long seed) {
    return of(home, name, dataset, target, "keep", algorithm, seed);
  }

  /** On the shipped data, as a model that was trained on complete rows only. */
  public static TrainedRun complete(Home home, String name) {
    return of(
        home, name, "advertising.csv", "conversion", "drop", Algorithm.LOGISTIC_REGRESSION, 42);
  }

  private static TrainedRun of(
      Home home,
      String name,
      String dataset,
      String target,
      String missing,
      Algorithm algorithm,
      long seed) {
    String run = UUID.randomUUID().toString();
    PreparedRun rows = PreparedRun.of(home, run, dataset, target, missing, seed);
    TrainedModel model =
        new ModelTrainer()
            .train(
                rows.data(),
                rows.how(),
                TrainingSettings.of(algorithm, Scaling.MIN_MAX, seed),
                new Origin(rows.dataHash(), run, "test:1:1"));
    Artifacts artifacts = new Artifacts(home);
    String file = artifacts.write(run, "model.zip", model::write);
    String hash = hash(artifacts, file);
    var evaluation = new ModelEvaluator().evaluate(model, rows.data(), hash);
    String evaluated =
        artifacts.write(
            run,
            "evaluation.json",
            path ->
                new com.fasterxml.jackson.databind.ObjectMapper()
                    .writeValue(path.toFile(), evaluation));
    return new TrainedRun(
        run,
        model,
        rows,
        new Registration(
            name,
            run,
            "advertising-pipeline",
            "advertising-pipeline:1:1",
            file,
            hash,
            evaluated,
            rows.preprocessed(),
            rows.separation(),
            rows.dataHash()));
  }

  private static String hash(Artifacts artifacts, String reference) {
    try {
      return Artifacts.sha256(artifacts.path(reference));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
