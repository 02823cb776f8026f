package org.bpmnmlops.retraining;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.bpmnmlops.production.ProductionData;
import org.bpmnmlops.production.ProductionData.Hits;
import org.bpmnmlops.production.Window;
import org.bpmnmlops.registry.Alias;
import org.bpmnmlops.registry.ModelRegistry;
import org.bpmnmlops.registry.ModelVersion;
import org.springframework.stereotype.Component;

/** Finds out what has happened since the champion was trained. */
@Component
class ProductionCheck {

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * What the table asks about.
   *
   * @param newLabelledRows outcomes fed back since the last attempt to train
   * @param hits predictions of this champion, and how many came true
   * @param drop of the accuracy against its held-out rows; null where no outcome is known
   * @param dropPValue one-sided p-value of that; null likewise
   */
  record Facts(
      ModelVersion champion,
      long newLabelledRows,
      Hits hits,
      Double drop,
      Double dropPValue,
      long daysSinceTraining) {

    Double accuracy() {
      return hits.rows() == 0 ? null : hits.right() / (double) hits.rows();
    }
  }

  private final ModelRegistry registry;
  private final ProductionData production;
  private final RetrainingLog log;
  private final Clock clock;

  ProductionCheck(
      ModelRegistry registry, ProductionData production, RetrainingLog log, Clock clock) {
    this.registry = registry;
    this.production = production;
    this.log = log;
    this.clock = clock;
  }

  /**
   * @throws NoChampionException when no version of the model is live
   */
  Facts check(String model) {
    ModelVersion champion = champion(registry, model);
    Hits hits = production.hits(Window.of(model).ofVersion(champion.version()));
    Double drop = null;
    Double pValue = null;
    if (hits.rows() > 0) {
      long testRows = testRows(champion);
      long testHits = Math.round(champion.accuracy() * testRows);
      drop = champion.accuracy() - hits.right() / (double) hits.rows();
      pValue = TwoProportionTest.dropPValue(testHits, testRows, hits.right(), hits.rows());
    }
    return new Facts(
        champion,
        production.labelledSince(model, log.labelledUntil(model).orElse(null)),
        hits,
        drop,
        pValue,
        Duration.between(champion.registeredAt(), clock.instant()).toDays());
  }

  static ModelVersion champion(ModelRegistry registry, String model) {
    return registry.find(model, Alias.CHAMPION).orElseThrow(() -> new NoChampionException(model));
  }

  private long testRows(ModelVersion champion) {
    Path file = registry.file(champion, "evaluation.json");
    try {
      return JSON.readTree(file.toFile()).required("testRows").asLong();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read %s: %s".formatted(file, e), e);
    }
  }
}
