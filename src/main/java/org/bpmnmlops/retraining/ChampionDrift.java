package org.bpmnmlops.retraining;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.bpmnmlops.drift.ColumnDrift;
import org.bpmnmlops.drift.DatasetDrift;
import org.bpmnmlops.drift.DriftSettings;
import org.bpmnmlops.monitoring.DriftCheck;
import org.bpmnmlops.monitoring.NoReferenceException;
import org.bpmnmlops.production.Window;
import org.bpmnmlops.registry.Alias;
import org.bpmnmlops.registry.ModelAlias;
import org.bpmnmlops.registry.ModelRegistry;
import org.springframework.stereotype.Component;

/** How far what came to the champion since it went live is from what it was made of. */
@Component
class ChampionDrift {

  private final ModelRegistry registry;
  private final DriftCheck check;
  private final Clock clock;

  ChampionDrift(ModelRegistry registry, DriftCheck check, Clock clock) {
    this.registry = registry;
    this.check = check;
    this.clock = clock;
  }

  /**
   * @param longest how far back predictions are looked at
   * @throws NoChampionException when no version of the model is live
   * @throws NoReferenceException when one of the champion's files is gone or damaged
   */
  DatasetDrift check(String model, Duration longest) {
    return check.check(
        ProductionCheck.champion(registry, model),
        Window.of(model).since(since(model, longest)),
        DriftSettings.DEFAULT);
  }

  private Instant since(String model, Duration longest) {
    Instant earliest = clock.instant().minus(longest);
    return registry.aliases(model).stream()
        .filter(alias -> alias.alias() == Alias.CHAMPION)
        .map(ModelAlias::since)
        .filter(since -> since.isAfter(earliest))
        .findFirst()
        .orElse(earliest);
  }

  static List<String> drifted(DatasetDrift drift) {
    return drift.columns().stream().filter(ColumnDrift::drifted).map(ColumnDrift::column).toList();
  }
}
