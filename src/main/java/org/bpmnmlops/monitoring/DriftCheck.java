package org.bpmnmlops.monitoring;

import org.bpmnmlops.drift.DatasetDrift;
import org.bpmnmlops.drift.DriftDetector;
import org.bpmnmlops.drift.DriftSettings;
import org.bpmnmlops.production.ProductionData;
import org.bpmnmlops.production.Window;
import org.bpmnmlops.registry.ModelVersion;
import org.springframework.stereotype.Component;

/**
 * Compares what a version was asked with what it was made of, as the drift report does and without
 * one.
 */
@Component
public class DriftCheck {

  private final ReferenceReader references;
  private final ProductionData production;

  DriftCheck(ReferenceReader references, ProductionData production) {
    this.references = references;
    this.production = production;
  }

  /**
   * @param window of predictions; those of other versions are left out
   * @throws NoReferenceException when one of the version's files is gone or damaged
   */
  public DatasetDrift check(ModelVersion version, Window window, DriftSettings settings) {
    Reference reference = references.read(version.name(), version.version());
    Current current =
        Current.of(
            reference,
            production.read(window.ofVersion(version.version()), reference.model().rawColumns()));
    return new DriftDetector(settings)
        .detect(reference.forDrift(), current.forDrift(), reference.compared());
  }
}
