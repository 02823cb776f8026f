package org.bpmnmlops.production;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.time.Instant;
import java.util.UUID;

/**
 * A row of {@code mlops_prediction} as it is stored; what came true of it is elsewhere.
 *
 * @param features as JSON
 * @param probabilities as JSON; null where nobody knows them
 */
@JsonFormat(shape = JsonFormat.Shape.ARRAY)
@JsonPropertyOrder({
  "id",
  "model",
  "version",
  "features",
  "prediction",
  "probabilities",
  "predictedAt",
  "source",
  "run"
})
public record StoredPrediction(
    UUID id,
    String model,
    Integer version,
    String features,
    String prediction,
    String probabilities,
    Instant predictedAt,
    Source source,
    String run) {

  /** Leaves out what came true. */
  public static StoredPrediction of(ProductionRow row) {
    return new StoredPrediction(
        row.id(),
        row.model(),
        row.version(),
        ProductionData.json(row.features()),
        row.prediction(),
        row.probabilities().isEmpty() ? null : ProductionData.json(row.probabilities()),
        row.predictedAt(),
        row.source(),
        row.run());
  }
}
