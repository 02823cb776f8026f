package org.bpmnmlops.monitoring;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import org.bpmnmlops.artifact.Artifacts;
import org.bpmnmlops.data.InvalidDataException;
import org.bpmnmlops.drift.DriftParameters;
import org.bpmnmlops.production.ProductionData;
import org.bpmnmlops.production.WaitingRows;
import org.bpmnmlops.production.Window;
import org.springframework.stereotype.Component;

/** Finds out what a monitoring run compares with what, before the first report is made. */
@Component
class DataCheck {

  /** Name of the findings in the folder of their run. */
  static final String FINDINGS = "findings.json";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final ReferenceReader references;
  private final Contracts contracts;
  private final ProductionImport files;
  private final ProductionData production;
  private final WaitingRows waiting;
  private final MonitoringLog log;
  private final Artifacts artifacts;
  private final Clock clock;

  DataCheck(
      ReferenceReader references,
      Contracts contracts,
      ProductionImport files,
      ProductionData production,
      WaitingRows waiting,
      MonitoringLog log,
      Artifacts artifacts,
      Clock clock) {
    this.references = references;
    this.contracts = contracts;
    this.files = files;
    this.production = production;
    this.waiting = waiting;
    this.log = log;
    this.artifacts = artifacts;
    this.clock = clock;
  }

  /**
   * What was found.
   *
   * @param version live version of the model
   * @param reportedAt the second the run's reports are named by
   * @param from earliest prediction the run looks at
   * @param to end of the predictions it looks at
   * @param rows production rows in between
   * @param imported rows taken from the production file just now
   * @param findings reference to what was found about that file
   */
  record Checked(
      int version,
      Instant reportedAt,
      Instant from,
      Instant to,
      long rows,
      int imported,
      String findings,
      int findingCount) {}

  /**
   * @param file name of the production file
   * @param days of predictions to look at; empty for all since the version went live
   * @param variables of the run, the parameters of drift among them
   * @throws NoReferenceException when no version of the model is live
   * @throws InvalidDataException when production file or contract cannot be read, or parameters do
   *     not fit
   */
  Checked check(
      String run, String model, String file, Optional<Long> days, Map<String, Object> variables) {
    ReferenceReader.Live live = references.live(model);
    Reference reference = references.read(model, live.version().version());
    DriftParameters.settings(variables, reference.compared());
    contracts.of(reference);
    waiting.await();
    Instant from =
        days.map(number -> clock.instant().minus(Duration.ofDays(number))).orElse(live.since());
    var imported = files.importFile(run, file, live.version(), reference.expected(), from);
    String findings =
        artifacts.write(run, FINDINGS, path -> JSON.writeValue(path.toFile(), imported.findings()));
    // The end is excluded; what was imported just now belongs to this run.
    Instant to = clock.instant().truncatedTo(ChronoUnit.MILLIS).plusMillis(1);
    long rows = production.count(Window.of(model).since(from).until(to));
    return new Checked(
        live.version().version(),
        log.begin(run, model, live.version().version()),
        from,
        to,
        rows,
        imported.rows(),
        findings,
        imported.findings().size());
  }
}
