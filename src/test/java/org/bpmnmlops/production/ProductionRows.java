package org.bpmnmlops.production;

import java.time.Instant;
import java.util.Map;

/** Rows for tests. */
public final class ProductionRows {

  private ProductionRows() {}

  /** Another prediction at every call. */
  public static StoredPrediction served() {
    return StoredPrediction.of(
        ProductionRow.served(
            "advertising", 1, Map.of("TV", 1.5), "1", Map.of("1", 1.0), Instant.now(), null));
  }
}
