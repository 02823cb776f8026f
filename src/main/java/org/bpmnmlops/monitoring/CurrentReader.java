package org.bpmnmlops.monitoring;

import java.time.Instant;
import org.bpmnmlops.production.ProductionData;
import org.bpmnmlops.production.Window;
import org.springframework.stereotype.Component;

/** Reads the production rows of a window, once for steps that ask at the same time. */
@Component
class CurrentReader {

  private record Asked(String run, String model, int version, Instant from, Instant to) {}

  private final ProductionData production;
  private final LastMade<Asked, Current> last = new LastMade<>();

  CurrentReader(ProductionData production) {
    this.production = production;
  }

  /**
   * @param run that asks
   */
  Current read(String run, Reference reference, Instant from, Instant to) {
    String model = reference.version().name();
    int version = reference.version().version();
    return last.get(
        new Asked(run, model, version, from, to),
        () ->
            Current.of(
                reference,
                production.read(
                    Window.of(model).since(from).until(to), reference.model().rawColumns())));
  }
}
