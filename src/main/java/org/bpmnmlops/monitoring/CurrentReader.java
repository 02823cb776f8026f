package org.bpmnmlops.monitoring;

import java.time.Instant;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.bpmnmlops.data.Schema;
import org.bpmnmlops.production.ProductionData;
import org.bpmnmlops.production.ProductionTable;
import org.bpmnmlops.production.Window;
import org.springframework.stereotype.Component;

/** Reads the production rows of a window. */
@Component
class CurrentReader {

  private final ProductionData production;

  CurrentReader(ProductionData production) {
    this.production = production;
  }

  Current read(Reference reference, Instant from, Instant to) {
    Window window = Window.of(reference.version().name()).since(from).until(to);
    ProductionTable rows = production.read(window, reference.model().rawColumns());
    Window own = window.ofVersion(reference.version().version());
    return new Current(reference, rows, ofVersion(rows, own));
  }

  private BitSet ofVersion(ProductionTable rows, Window own) {
    BitSet ofVersion = new BitSet(rows.rows());
    if (production.count(own) == rows.rows()) {
      ofVersion.set(0, rows.rows());
      return ofVersion;
    }
    Set<UUID> ids = new HashSet<>(production.read(own, new Schema(List.of())).ids());
    for (int row = 0; row < rows.rows(); row++) {
      ofVersion.set(row, ids.contains(rows.ids().get(row)));
    }
    return ofVersion;
  }
}
