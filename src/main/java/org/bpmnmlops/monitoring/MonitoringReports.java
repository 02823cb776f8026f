package org.bpmnmlops.monitoring;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bpmnmlops.artifact.Artifacts;
import org.bpmnmlops.data.Schema;
import org.bpmnmlops.data.Table;
import org.bpmnmlops.drift.DriftParameters;
import org.bpmnmlops.drift.PreparedReference;
import org.bpmnmlops.report.ComparedData;
import org.bpmnmlops.report.DataContract;
import org.bpmnmlops.report.DriftReport;
import org.bpmnmlops.report.Finding;
import org.bpmnmlops.report.PerformanceReport;
import org.bpmnmlops.report.PreviousReport;
import org.bpmnmlops.report.QualityReport;
import org.bpmnmlops.report.Report;
import org.bpmnmlops.report.ReportKind;
import org.bpmnmlops.report.ReportSummary;
import org.bpmnmlops.report.ReportWriter;
import org.bpmnmlops.report.ScoredRows;
import org.bpmnmlops.wording.Verdict;
import org.bpmnmlops.wording.Words;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Makes and keeps the three reports of a run. */
@Component
class MonitoringReports {

  private static final Logger LOG = LoggerFactory.getLogger(MonitoringReports.class);

  /** Name of the contract, as it was kept to, in the folder of its run. */
  static final String CONTRACT = "contract.json";

  /** As the database and the engine's text variables hold. */
  private static final int LONGEST_SENTENCE = 3900;

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TypeReference<List<Finding>> FINDINGS = new TypeReference<>() {};

  private final ReferenceReader references;
  private final CurrentReader currents;
  private final Contracts contracts;
  private final ReportWriter writer;
  private final ReportStore store;
  private final Artifacts artifacts;

  MonitoringReports(
      ReferenceReader references,
      CurrentReader currents,
      Contracts contracts,
      ReportWriter writer,
      ReportStore store,
      Artifacts artifacts) {
    this.references = references;
    this.currents = currents;
    this.contracts = contracts;
    this.writer = writer;
    this.store = store;
    this.artifacts = artifacts;
  }

  /**
   * What became of a report.
   *
   * @param reference of its HTML file; null where there is no report
   * @param sentence what it says, or why there is none
   */
  record Written(String reference, Verdict verdict, String sentence) {}

  /**
   * The drift report.
   *
   * @param driftShare 0 to 1; null where no column could be judged
   * @param datasetDrift null likewise
   */
  record Drift(
      Written written,
      Double driftShare,
      int driftedColumns,
      int judgedColumns,
      Boolean datasetDrift) {}

  /**
   * The performance report.
   *
   * @param currentAccuracy 0 to 1; null where no row has an outcome
   */
  record Performance(
      Written written, int labelledRows, Double currentAccuracy, Double referenceAccuracy) {}

  /** The quality of the rows; of the reference alone where there is no production data. */
  Written quality(ReportTask task) {
    Reference reference = references.read(task.model(), task.version());
    Current current = currents.read(task.run(), reference, task.from(), task.to());
    DataContract contract = contracts.of(reference);
    contract.write(artifacts.path(artifacts.reference(task.run(), CONTRACT)));
    return keep(
        task,
        QualityReport.of(
            task.subject(),
            compared(
                reference,
                reference.forQuality(),
                reference.features(),
                current,
                current.forQuality()),
            contract,
            findings(task, current),
            previous(task, ReportKind.DATA_QUALITY)));
  }

  /** How far production is from the reference; nothing where there is no production data. */
  Drift drift(ReportTask task, Map<String, Object> variables) {
    Reference reference = references.read(task.model(), task.version());
    Current current = currents.read(task.run(), reference, task.from(), task.to());
    if (current.rows().rows() == 0) {
      return new Drift(none(noData(task)), null, 0, 0, null);
    }
    DriftReport report =
        DriftReport.of(
            task.subject(),
            compared(
                reference, reference.forDrift(), reference.compared(), current, current.forDrift()),
            DriftParameters.settings(variables, reference.compared()),
            findings(task, current),
            previous(task, ReportKind.DATA_DRIFT));
    return new Drift(
        keep(task, report),
        report.driftShare(),
        report.driftedColumns(),
        report.judgedColumns(),
        report.driftShare() == null ? null : report.datasetDrift());
  }

  /**
   * How good the predictions of the version are; nothing where there is no production data. The
   * rows that have an outcome are as many as had one when this step read them.
   */
  Performance performance(ReportTask task) {
    Reference reference = references.read(task.model(), task.version());
    Current current = currents.read(task.run(), reference, task.from(), task.to());
    ScoredRows heldOut = reference.scored();
    ScoredRows now = current.scored();
    double referenceAccuracy = share(heldOut);
    if (current.rows().rows() == 0) {
      return new Performance(none(noData(task)), 0, null, referenceAccuracy);
    }
    PerformanceReport report =
        PerformanceReport.of(
            task.subject(),
            heldOut,
            Optional.of(now),
            reference.model().positiveClass(),
            reference.mostFrequentClass(),
            findings(task, current),
            previous(task, ReportKind.MODEL_PERFORMANCE));
    int labelled = now.labels().length;
    return new Performance(
        keep(task, report), labelled, labelled == 0 ? null : share(now), referenceAccuracy);
  }

  private static double share(ScoredRows rows) {
    int right = 0;
    for (int row = 0; row < rows.labels().length; row++) {
      right += rows.labels()[row] == rows.answers()[row] ? 1 : 0;
    }
    return right / (double) rows.labels().length;
  }

  private Written keep(ReportTask task, Report report) {
    String id = StoredReport.id(report.kind(), task.reportedAt());
    writer.write(store.file(id, ReportStore.HTML), report);
    String sentence = sentence(report.summary());
    String reference =
        store.add(
            new StoredReport(
                id,
                report.kind(),
                task.run(),
                task.model(),
                task.version(),
                report.summary().verdict().text(),
                sentence,
                task.reportedAt()));
    return new Written(reference, report.summary().verdict(), sentence);
  }

  private static String sentence(ReportSummary summary) {
    String lead = summary.lead() == null ? "" : summary.lead().strip();
    String text = lead.isEmpty() ? summary.headline() : summary.headline() + ". " + lead;
    return text.length() <= LONGEST_SENTENCE ? text : text.substring(0, LONGEST_SENTENCE) + "...";
  }

  /** What a report before this run's said; nothing where its file is gone. */
  private Optional<PreviousReport> previous(ReportTask task, ReportKind kind) {
    return store
        .before(task.run(), kind, task.model())
        .map(report -> store.file(report.id(), ReportStore.HTML))
        .filter(html -> Files.isRegularFile(ReportWriter.twin(html)))
        .flatMap(this::read);
  }

  /** A damaged old report is no reason to make no new one. */
  private Optional<PreviousReport> read(Path html) {
    try {
      return Optional.of(writer.previous(html));
    } catch (UncheckedIOException e) {
      LOG.warn("The new report is compared with none: {}", e.getMessage());
      return Optional.empty();
    }
  }

  private List<Finding> findings(ReportTask task, Current current) {
    Path file = artifacts.path(task.findings());
    try {
      List<Finding> findings = new ArrayList<>(JSON.readValue(file.toFile(), FINDINGS));
      findings.addAll(current.misfits());
      return findings;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read %s: %s".formatted(file, e), e);
    }
  }

  private static ComparedData compared(
      Reference reference, Table before, Schema schema, Current current, Table now) {
    boolean empty = now.rows() == 0;
    return new ComparedData(
        before,
        PreparedReference.of(before, schema),
        empty ? Optional.empty() : Optional.of(now),
        empty ? Optional.empty() : Optional.of(current.times()),
        Optional.of(reference.target()));
  }

  private static Written none(String why) {
    return new Written(null, Verdict.UNKNOWN, why);
  }

  private static String noData(ReportTask task) {
    return "No production data since %s.".formatted(Words.time(task.from()));
  }
}
