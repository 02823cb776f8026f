package org.bpmnmlops.retraining;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import org.bpmnmlops.data.ReferenceWindow;
import org.bpmnmlops.data.RowMerger;
import org.bpmnmlops.data.RowMerger.MergedRows;
import org.bpmnmlops.data.RowMerger.ProductionRows;
import org.bpmnmlops.data.SeparatedDataReader;
import org.bpmnmlops.production.ProductionData;
import org.bpmnmlops.production.ProductionTable;
import org.bpmnmlops.production.Window;
import org.bpmnmlops.registry.ModelRegistry;
import org.bpmnmlops.registry.ModelVersion;
import org.bpmnmlops.registry.RowReferences;
import org.springframework.stereotype.Component;

/** Brings together what the champion was made of and what came true since. */
@Component
class ProductionMerge {

  /**
   * How to merge; see {@link RowMerger.Settings}.
   *
   * @param forced trains on the same rows again
   */
  record Wishes(
      ReferenceWindow window, double testShare, long seed, boolean dropEqualRows, boolean forced) {}

  /**
   * What was merged.
   *
   * @param target the column to predict
   * @param trainedBefore the run that trained on the same rows, where that forbids to do it again
   */
  record Merged(MergedRows rows, String target, Optional<String> trainedBefore) {}

  private final ModelRegistry registry;
  private final SeparatedDataReader reader;
  private final ProductionData production;
  private final RowMerger merger;
  private final RetrainingLog log;
  private final Clock clock;

  ProductionMerge(
      ModelRegistry registry,
      SeparatedDataReader reader,
      ProductionData production,
      RowMerger merger,
      RetrainingLog log,
      Clock clock) {
    this.registry = registry;
    this.reader = reader;
    this.production = production;
    this.merger = merger;
    this.log = log;
    this.clock = clock;
  }

  /**
   * Writes the merged rows, and notes the attempt unless it ends here.
   *
   * @param champion version that the run compares with
   */
  Merged merge(String run, String model, int champion, Wishes wishes) {
    ModelVersion version =
        registry.find(model, champion).orElseThrow(() -> new NoChampionException(model));
    RowReferences reference = registry.rowReferences(version);
    var preparation = reader.preparation(reference.rows());
    ProductionTable rows = production.read(Window.of(model).labelled(), preparation.needed());
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    MergedRows merged =
        merger.merge(
            run,
            reference.rows(),
            reference.separation(),
            new ProductionRows(
                rows.features(),
                rows.actual(),
                rows.ids().stream().map(UUID::toString).toList(),
                rows.predictedAt()),
            new RowMerger.Settings(
                wishes.window(),
                version.registeredAt(),
                now,
                wishes.testShare(),
                wishes.seed(),
                wishes.dropEqualRows()));
    Optional<String> before =
        wishes.forced() ? Optional.empty() : log.trainedBefore(model, merged.sha256(), run);
    if (before.isEmpty()) {
      Instant until = rows.actualAt().stream().max(Instant::compareTo).orElse(null);
      log.add(new RetrainingLog.Attempt(run, model, champion, merged.sha256(), until, now));
    }
    return new Merged(merged, preparation.target(), before);
  }
}
