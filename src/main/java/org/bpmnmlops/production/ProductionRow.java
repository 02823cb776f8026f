package org.bpmnmlops.production;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * One case in production.
 *
 * @param id the {@code predictionId}
 * @param version of the model; null where nobody knows it
 * @param features number, text or null by raw column
 * @param prediction the class answered; null where nobody knows it
 * @param probabilities 0 to 1 by class; empty where nobody knows them
 * @param actual the class that came true; null as long as nobody fed it back
 * @param actualAt when that was fed back last; null likewise
 * @param run the process instance that asked; null where a request did
 * @param archivedBy the retraining run that took the row into the reference; null before
 */
public record ProductionRow(
    UUID id,
    String model,
    Integer version,
    Map<String, Object> features,
    String prediction,
    Map<String, Double> probabilities,
    Instant predictedAt,
    String actual,
    Instant actualAt,
    Source source,
    String run,
    String archivedBy) {

  public ProductionRow {
    features = Collections.unmodifiableMap(new LinkedHashMap<>(features));
    probabilities = Collections.unmodifiableMap(new LinkedHashMap<>(probabilities));
  }

  /**
   * A prediction that is answered now.
   *
   * @param run the process instance that asks; null where a request does
   */
  public static ProductionRow served(
      String model,
      int version,
      Map<String, Object> features,
      String prediction,
      Map<String, Double> probabilities,
      Instant predictedAt,
      String run) {
    return new ProductionRow(
        PredictionIds.at(predictedAt),
        model,
        version,
        features,
        prediction,
        probabilities,
        predictedAt,
        null,
        null,
        Source.SERVED,
        run,
        null);
  }
}
