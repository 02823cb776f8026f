package org.bpmnmlops.notification;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.bpmnmlops.notification.MailPage.Fact;
import org.bpmnmlops.process.AlertVariables;
import org.bpmnmlops.process.ForModels;
import org.bpmnmlops.process.PipelineVariables;
import org.bpmnmlops.process.ProcessVariable;
import org.bpmnmlops.process.RunParameters;
import org.bpmnmlops.process.StepFaults;
import org.bpmnmlops.wording.Words;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.history.HistoricProcessInstance;
import org.springframework.stereotype.Component;

/**
 * What the pipelines' mails say. A model asks for one as the input {@code message} of the connector
 * {@code mail-send}: {@code ${mails.runSucceeded(execution)}}. Variables that are not set are left
 * out of the mail.
 */
@Component
@ForModels
public class Mails {

  private static final ProcessVariable<String> DATASET =
      ProcessVariable.text("dataset", "Name of the data set.");
  private static final ProcessVariable<String> ALGORITHM =
      ProcessVariable.text("algorithm", "How the model learns.");
  private static final ProcessVariable<Double> MINIMUM_ACCURACY =
      ProcessVariable.number("minimumAccuracy", "The accuracy a model must reach.");
  private static final ProcessVariable<String> MODEL_NAME =
      ProcessVariable.text("modelName", "Name of the model in the registry.");

  private final MailTemplates templates;
  private final CockpitLinks links;
  private final Clock clock;

  Mails(MailTemplates templates, CockpitLinks links, Clock clock) {
    this.templates = templates;
    this.links = links;
    this.clock = clock;
  }

  /** Accuracy with interval and baseline, rows, the model's reference and hash, warnings. */
  public MailMessage runSucceeded(DelegateExecution run) {
    String pipeline = pipeline(run);
    Optional<String> accuracy = PipelineVariables.ACCURACY.find(run).map(Words::percent);
    List<String> warnings = warnings(run);
    return templates.render(
        pipeline
            + (warnings.isEmpty() ? " succeeded" : " succeeded with warnings")
            + accuracy.map(": accuracy "::concat).orElse(""),
        new MailPage(
            "good",
            pipeline,
            "Model ready",
            "The run has trained a model that passed the check \"Good enough?\".",
            accuracy.orElse(null),
            accuracyHelp(run),
            null,
            null,
            warnings,
            facts(run),
            links.run(run.getProcessInstanceId()),
            "Open the run in Cockpit"));
  }

  /** Failure code and message, what to do, and what is known of the model. */
  public MailMessage runFailed(DelegateExecution run) {
    String pipeline = pipeline(run);
    String code = PipelineVariables.FAILURE_CODE.find(run).orElse("UNKNOWN");
    Optional<String> accuracy = PipelineVariables.ACCURACY.find(run).map(Words::percent);
    return templates.render(
        "%s failed: %s".formatted(pipeline, code),
        new MailPage(
            "bad",
            pipeline,
            "Run failed",
            FailureAdvice.meaning(code),
            accuracy.orElse(null),
            accuracyHelp(run),
            PipelineVariables.FAILURE_MESSAGE.find(run).orElse(null),
            FailureAdvice.whatToDo(code),
            warnings(run),
            facts(run),
            links.run(run.getProcessInstanceId()),
            "Open the run in Cockpit"));
  }

  /** What an alert's start variables tell, see {@link AlertVariables}. */
  public MailMessage alert(DelegateExecution alert) {
    String subject = AlertVariables.SUBJECT.get(alert);
    List<Fact> facts = new ArrayList<>();
    AlertVariables.PIPELINE.find(alert).ifPresent(it -> facts.add(fact("Pipeline", it)));
    AlertVariables.STEP.find(alert).ifPresent(it -> facts.add(fact("Step", it)));
    AlertVariables.RUN.find(alert).ifPresent(it -> facts.add(code("Run", it)));
    facts.add(fact("Noticed", Words.time(clock.instant())));
    Optional<String> run = AlertVariables.RUN.find(alert);
    return templates.render(
        subject,
        new MailPage(
            "alert",
            AlertVariables.PIPELINE.find(alert).orElse("bpmn-mlops"),
            subject,
            null,
            null,
            null,
            AlertVariables.TEXT.find(alert).orElse(null),
            AlertVariables.ADVICE.find(alert).orElse(null),
            List.of(),
            facts,
            run.map(links::run).orElseGet(links::cockpit),
            run.isPresent() ? "Open the run in Cockpit" : "Open Cockpit"));
  }

  private static String accuracyHelp(DelegateExecution run) {
    if (PipelineVariables.ACCURACY.find(run).isEmpty()) {
      return null;
    }
    StringBuilder help = new StringBuilder("accuracy");
    PipelineVariables.TEST_ROWS
        .find(run)
        .ifPresent(rows -> help.append(" on %s held-out rows".formatted(Words.count(rows))));
    Optional<Double> low = PipelineVariables.ACCURACY_LOW.find(run);
    Optional<Double> high = PipelineVariables.ACCURACY_HIGH.find(run);
    if (low.isPresent() && high.isPresent()) {
      help.append(
          ", 95 %% interval %s to %s"
              .formatted(Words.percent(low.get()), Words.percent(high.get())));
    }
    PipelineVariables.BASELINE_ACCURACY
        .find(run)
        .ifPresent(
            baseline ->
                help.append(
                    "; always answering the most frequent class gets " + Words.percent(baseline)));
    return help.append('.').toString();
  }

  private List<Fact> facts(DelegateExecution run) {
    List<Fact> facts = new ArrayList<>();
    DATASET.find(run).ifPresent(it -> facts.add(fact("Data set", RunParameters.withDate(it, run))));
    PipelineVariables.ROWS.find(run).ifPresent(it -> facts.add(fact("Rows", rows(run, it))));
    told(run, PipelineVariables.DROPPED_BECAUSE)
        .ifPresent(it -> facts.add(fact("Rows left out", it)));
    told(run, PipelineVariables.LEFT_OUT_COLUMNS)
        .ifPresent(it -> facts.add(fact("Columns left out", it)));
    told(run, PipelineVariables.CONSTANT_COLUMNS)
        .ifPresent(it -> facts.add(fact("Constant columns", it)));
    ALGORITHM.find(run).ifPresent(it -> facts.add(fact("Algorithm", it)));
    MINIMUM_ACCURACY
        .find(run)
        .ifPresent(it -> facts.add(fact("Accuracy wanted", "at least " + Words.percent(it))));
    PipelineVariables.MODEL_VERSION
        .find(run)
        .ifPresent(it -> facts.add(fact("Version", version(run, it))));
    PipelineVariables.MODEL.find(run).ifPresent(it -> facts.add(code("Model", it)));
    PipelineVariables.MODEL_HASH.find(run).ifPresent(it -> facts.add(code("SHA-256", it)));
    facts.add(code("Run", run.getProcessInstanceId()));
    Optional.ofNullable(run.getProcessBusinessKey())
        .ifPresent(it -> facts.add(code("Business key", it)));
    started(run)
        .ifPresent(
            it -> {
              facts.add(fact("Started", Words.time(it)));
              facts.add(fact("Took", took(Duration.between(it, clock.instant()))));
            });
    return facts;
  }

  private static String version(DelegateExecution run, long version) {
    StringBuilder text = new StringBuilder();
    MODEL_NAME.find(run).ifPresent(name -> text.append(name).append(' '));
    text.append('v').append(version);
    PipelineVariables.MODEL_ALIAS
        .find(run)
        .filter(alias -> !alias.equals("none"))
        .ifPresent(alias -> text.append(", ").append(alias));
    if (!PipelineVariables.MODEL_IS_NEW.find(run).orElse(true)) {
      text.append("; made before of the same data, parameters and seed");
    }
    return text.toString();
  }

  private static Optional<String> told(DelegateExecution run, ProcessVariable<String> variable) {
    return variable.find(run).filter(text -> !text.isBlank());
  }

  private static String rows(DelegateExecution run, long rows) {
    StringBuilder text = new StringBuilder(Words.count(rows));
    Optional<Long> train = PipelineVariables.TRAIN_ROWS.find(run);
    Optional<Long> test = PipelineVariables.TEST_ROWS.find(run);
    if (train.isPresent() && test.isPresent()) {
      text.append(
          " (%s to learn, %s to test".formatted(Words.count(train.get()), Words.count(test.get())));
      PipelineVariables.DROPPED_ROWS
          .find(run)
          .filter(dropped -> dropped > 0)
          .ifPresent(dropped -> text.append(", %s dropped".formatted(Words.count(dropped))));
      text.append(')');
    }
    return text.toString();
  }

  /** Faults that earlier steps left behind; this step's own is over when the mail arrives. */
  static List<String> warnings(DelegateExecution run) {
    String own = step(run.getCurrentActivityId());
    List<String> warnings = new ArrayList<>();
    StepFaults.in(run.getVariables())
        .forEach(
            (step, message) -> {
              if (!step.equals(own)) {
                warnings.add("%s: %s".formatted(sentence(step), message));
              }
            });
    return warnings;
  }

  private static String step(String activityId) {
    return activityId.substring(activityId.indexOf('_') + 1);
  }

  /** {@code reportStart} as the task is named: "Report start". */
  private static String sentence(String step) {
    String words = step.replaceAll("(?<=[a-z0-9])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
    return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }

  private static Optional<Instant> started(DelegateExecution run) {
    return Optional.ofNullable(
            run.getProcessEngineServices()
                .getHistoryService()
                .createHistoricProcessInstanceQuery()
                .processInstanceId(run.getProcessInstanceId())
                .singleResult())
        .map(HistoricProcessInstance::getStartTime)
        .map(start -> start.toInstant());
  }

  static String pipeline(DelegateExecution run) {
    return run.getProcessEngineServices()
        .getRepositoryService()
        .getProcessDefinition(run.getProcessDefinitionId())
        .getKey();
  }

  private static String took(Duration duration) {
    if (duration.toMinutes() < 1) {
      return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }
    return duration.toHours() < 1
        ? "%d min %d s".formatted(duration.toMinutes(), duration.toSecondsPart())
        : "%d h %d min".formatted(duration.toHours(), duration.toMinutesPart());
  }

  private static Fact fact(String label, String value) {
    return new Fact(label, value, false);
  }

  private static Fact code(String label, String value) {
    return new Fact(label, value, true);
  }
}
