package org.bpmnmlops.retraining;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.bpmnmlops.artifact.Artifacts;
import org.bpmnmlops.data.SeparatedDataReader;
import org.bpmnmlops.evaluation.Metric;
import org.bpmnmlops.evaluation.ModelEvaluation;
import org.bpmnmlops.evaluation.ModelEvaluator;
import org.bpmnmlops.registry.ModelRegistry;
import org.bpmnmlops.registry.ModelVersion;
import org.bpmnmlops.training.TrainedModel;
import org.springframework.stereotype.Component;

/** Lets a run's challenger meet the held-out rows and the champion, and keeps what came out. */
@Component
class ChampionComparison {

  private static final String EVALUATION = "evaluation.json";
  private static final String COMPARISON = "comparison.json";

  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  /** The challenger's files, all references but the hash. */
  record Challenger(String model, String modelHash, String preprocessed, String separation) {}

  /**
   * What came out.
   *
   * @param evaluationFile reference to the challenger's evaluation on all its held-out rows
   * @param comparisonFile reference to the comparison
   */
  record Compared(
      String evaluationFile,
      ModelEvaluation evaluation,
      String comparisonFile,
      ModelComparison comparison) {}

  private final ModelRegistry registry;
  private final SeparatedDataReader reader;
  private final ModelEvaluator evaluator;
  private final ModelComparer comparer;
  private final Artifacts artifacts;

  ChampionComparison(
      ModelRegistry registry,
      SeparatedDataReader reader,
      ModelEvaluator evaluator,
      ModelComparer comparer,
      Artifacts artifacts) {
    this.registry = registry;
    this.reader = reader;
    this.evaluator = evaluator;
    this.comparer = comparer;
    this.artifacts = artifacts;
  }

  /**
   * @param mergedWith version of the champion whose rows the challenger has
   * @throws NoChampionException when no version of the model is live
   * @throws ComparisonFailedException when the two cannot be compared
   */
  Compared compare(
      String run, String name, int mergedWith, Challenger files, Metric metric, long seed) {
    ModelVersion champion = ProductionCheck.champion(registry, name);
    var challenger =
        new ModelComparer.Contender(
            load(files),
            files.modelHash(),
            reader.read(files.preprocessed(), files.separation()),
            reader.origins(files.preprocessed()));
    ModelEvaluation evaluation =
        evaluator.evaluate(challenger.model(), challenger.data(), files.modelHash());
    ModelComparison comparison =
        comparer.compare(
            champion.version(),
            new ModelComparer.Contender(
                registry.load(champion),
                champion.modelHash(),
                registry.rows(champion),
                reader.origins(registry.rowReferences(champion).rows())),
            challenger,
            champion.version() == mergedWith,
            metric,
            seed);
    return new Compared(
        artifacts.write(run, EVALUATION, path -> JSON.writeValue(path.toFile(), evaluation)),
        evaluation,
        artifacts.write(run, COMPARISON, path -> JSON.writeValue(path.toFile(), comparison)),
        comparison);
  }

  private TrainedModel load(Challenger files) {
    Path file = artifacts.path(files.model());
    try {
      String found = Artifacts.sha256(file);
      if (!found.equals(files.modelHash())) {
        throw new IllegalStateException(
            "%s has SHA-256 %s; Build model wrote %s. Start the retraining again"
                .formatted(files.model(), found, files.modelHash()));
      }
      return TrainedModel.load(file);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the model %s: %s".formatted(files.model(), e), e);
    }
  }
}
