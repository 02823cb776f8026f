package org.bpmnmlops.notification;

import static org.bpmnmlops.process.MonitoringVariables.CURRENT_ACCURACY;
import static org.bpmnmlops.process.MonitoringVariables.DRIFTED_COLUMNS;
import static org.bpmnmlops.process.MonitoringVariables.DRIFT_REPORT;
import static org.bpmnmlops.process.MonitoringVariables.DRIFT_SUMMARY;
import static org.bpmnmlops.process.MonitoringVariables.DRIFT_VERDICT;
import static org.bpmnmlops.process.MonitoringVariables.FINDING_COUNT;
import static org.bpmnmlops.process.MonitoringVariables.IMPORTED_ROWS;
import static org.bpmnmlops.process.MonitoringVariables.JUDGED_COLUMNS;
import static org.bpmnmlops.process.MonitoringVariables.LABELLED_ROWS;
import static org.bpmnmlops.process.MonitoringVariables.PERFORMANCE_REPORT;
import static org.bpmnmlops.process.MonitoringVariables.PERFORMANCE_SUMMARY;
import static org.bpmnmlops.process.MonitoringVariables.PERFORMANCE_VERDICT;
import static org.bpmnmlops.process.MonitoringVariables.PRODUCTION_ROWS;
import static org.bpmnmlops.process.MonitoringVariables.QUALITY_REPORT;
import static org.bpmnmlops.process.MonitoringVariables.QUALITY_SUMMARY;
import static org.bpmnmlops.process.MonitoringVariables.QUALITY_VERDICT;
import static org.bpmnmlops.process.MonitoringVariables.REFERENCE_ACCURACY;
import static org.bpmnmlops.process.MonitoringVariables.VERDICT;
import static org.bpmnmlops.process.MonitoringVariables.VERDICT_CHANGE;
import static org.bpmnmlops.process.MonitoringVariables.WINDOW_FROM;
import static org.bpmnmlops.process.MonitoringVariables.WINDOW_TO;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.bpmnmlops.notification.MailPage.Fact;
import org.bpmnmlops.notification.MailPage.Section;
import org.bpmnmlops.process.ForModels;
import org.bpmnmlops.process.PipelineVariables;
import org.bpmnmlops.process.ProcessVariable;
import org.bpmnmlops.wording.Verdict;
import org.bpmnmlops.wording.Words;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/**
 * The summary of a monitoring run, as the input {@code message} of the connector {@code mail-send}:
 * {@code ${monitoringMail.summary(execution)}}.
 */
@Component
@ForModels
public class MonitoringMail {

  private static final ProcessVariable<String> MODEL_NAME =
      ProcessVariable.text("modelName", "Name of the model in the registry.");

  private final MailTemplates templates;
  private final CockpitLinks links;

  MonitoringMail(MailTemplates templates, CockpitLinks links) {
    this.templates = templates;
    this.links = links;
  }

  /** Verdicts, main numbers and links to the reports; what changed since the last summary. */
  public MailMessage summary(DelegateExecution run) {
    Verdict verdict = Verdict.of(VERDICT.get(run));
    String model =
        "%s v%d".formatted(MODEL_NAME.get(run), PipelineVariables.MODEL_VERSION.get(run));
    Optional<String> change = VERDICT_CHANGE.find(run);
    return templates.render(
        "Monitoring of %s: %s%s".formatted(model, verdict.words(), reportsThatAre(verdict, run)),
        new MailPage(
            pageTone(verdict),
            "%s, %s".formatted(Mails.pipeline(run), model),
            headline(verdict),
            lead(change),
            null,
            null,
            null,
            null,
            sections(run),
            Mails.warnings(run),
            facts(run),
            links.run(run.getProcessInstanceId()),
            "Open the run in Cockpit"));
  }

  /** What to open first: {@code (drift, performance)}; empty where all is good. */
  private static String reportsThatAre(Verdict verdict, DelegateExecution run) {
    if (verdict == Verdict.GOOD) {
      return "";
    }
    Map<String, ProcessVariable<String>> reports = new LinkedHashMap<>();
    reports.put("quality", QUALITY_VERDICT);
    reports.put("drift", DRIFT_VERDICT);
    reports.put("performance", PERFORMANCE_VERDICT);
    return reports.entrySet().stream()
        .filter(report -> Verdict.of(report.getValue().get(run)) == verdict)
        .map(Map.Entry::getKey)
        .collect(Collectors.joining(", ", " (", ")"));
  }

  private static String headline(Verdict verdict) {
    return switch (verdict) {
      case GOOD -> "Data and model are as they were";
      case UNKNOWN -> "Nothing wrong, not everything could be judged";
      case WARN -> "Something deserves a look";
      case BAD -> "Data or model are no longer as they were";
    };
  }

  private static String lead(Optional<String> change) {
    return change
        .map(
            it ->
                it.isEmpty()
                    ? "The same verdicts as in the last summary."
                    : "Since the last summary: %s.".formatted(it))
        .orElse("This is the first summary about this model.");
  }

  private List<Section> sections(DelegateExecution run) {
    return List.of(
        section(run, "Data quality", QUALITY_VERDICT, QUALITY_SUMMARY, QUALITY_REPORT),
        section(run, "Data drift", DRIFT_VERDICT, DRIFT_SUMMARY, DRIFT_REPORT),
        section(
            run,
            "Model performance",
            PERFORMANCE_VERDICT,
            PERFORMANCE_SUMMARY,
            PERFORMANCE_REPORT));
  }

  private Section section(
      DelegateExecution run,
      String title,
      ProcessVariable<String> verdict,
      ProcessVariable<String> summary,
      ProcessVariable<String> report) {
    Optional<String> link = report.find(run).map(links::report);
    Verdict found = Verdict.of(verdict.get(run));
    return new Section(
        sectionTone(found),
        title,
        found.words(),
        summary.get(run),
        link.orElse(null),
        "Open the report");
  }

  private static List<Fact> facts(DelegateExecution run) {
    List<Fact> facts = new ArrayList<>();
    facts.add(fact("Production rows", Words.count(PRODUCTION_ROWS.get(run))));
    facts.add(
        fact(
            "Window",
            "from %s to %s".formatted(time(WINDOW_FROM.get(run)), time(WINDOW_TO.get(run)))));
    IMPORTED_ROWS
        .find(run)
        .filter(rows -> rows > 0)
        .ifPresent(rows -> facts.add(fact("Imported", Words.count(rows, "row"))));
    FINDING_COUNT
        .find(run)
        .filter(count -> count > 0)
        .ifPresent(
            count ->
                facts.add(
                    fact(
                        "Production file",
                        Words.count(count, "finding") + " in it, see the reports")));
    facts.add(fact("With outcome", Words.count(LABELLED_ROWS.get(run), "row")));
    facts.add(fact("Drifted", drifted(run)));
    facts.add(
        fact(
            "Accuracy",
            "%s now, %s on the held-out rows"
                .formatted(
                    CURRENT_ACCURACY.find(run).map(Words::percent).orElse("not known"),
                    REFERENCE_ACCURACY.find(run).map(Words::percent).orElse("not known"))));
    facts.add(new Fact("Run", run.getProcessInstanceId(), true));
    return facts;
  }

  private static String drifted(DelegateExecution run) {
    long judged = JUDGED_COLUMNS.find(run).orElse(0L);
    return judged == 0
        ? "no column could be judged"
        : "%s of %s"
            .formatted(Words.count(DRIFTED_COLUMNS.get(run)), Words.count(judged, "judged column"));
  }

  private static String pageTone(Verdict verdict) {
    return switch (verdict) {
      case GOOD -> "good";
      case UNKNOWN, WARN -> "alert";
      case BAD -> "bad";
    };
  }

  private static String sectionTone(Verdict verdict) {
    return switch (verdict) {
      case GOOD -> "good";
      case WARN -> "alert";
      case UNKNOWN -> "quiet";
      case BAD -> "bad";
    };
  }

  private static String time(String instant) {
    return Words.time(Instant.parse(instant));
  }

  private static Fact fact(String label, String value) {
    return new Fact(label, value, false);
  }
}
