package org.bpmnmlops.notification;

import static org.bpmnmlops.process.RetrainingVariables.APPROVAL_REASON;
import static org.bpmnmlops.process.RetrainingVariables.APPROVED_BY;
import static org.bpmnmlops.process.RetrainingVariables.ARCHIVED_ROWS;
import static org.bpmnmlops.process.RetrainingVariables.ARCHIVE_FILE;
import static org.bpmnmlops.process.RetrainingVariables.CANDIDATE_SCORES;
import static org.bpmnmlops.process.RetrainingVariables.CHAMPION_ACCURACY;
import static org.bpmnmlops.process.RetrainingVariables.CHAMPION_VERSION;
import static org.bpmnmlops.process.RetrainingVariables.COMMON_ROWS;
import static org.bpmnmlops.process.RetrainingVariables.FAILED_CANDIDATES;
import static org.bpmnmlops.process.RetrainingVariables.GAIN_INTERVAL;
import static org.bpmnmlops.process.RetrainingVariables.GAIN_IN_WORDS;
import static org.bpmnmlops.process.RetrainingVariables.NEW_ROWS;
import static org.bpmnmlops.process.RetrainingVariables.NEW_ROWS_ACCURACY;
import static org.bpmnmlops.process.RetrainingVariables.NEW_ROWS_CHAMPION_ACCURACY;
import static org.bpmnmlops.process.RetrainingVariables.PROMOTED_HERE;
import static org.bpmnmlops.process.RetrainingVariables.PROMOTION;
import static org.bpmnmlops.process.RetrainingVariables.PROMOTION_REASON;
import static org.bpmnmlops.process.RetrainingVariables.REASON;
import static org.bpmnmlops.process.RetrainingVariables.TAKEN_BACK;
import static org.bpmnmlops.process.RetrainingVariables.WINNER;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bpmnmlops.notification.MailPage.Fact;
import org.bpmnmlops.process.ForModels;
import org.bpmnmlops.process.PipelineVariables;
import org.bpmnmlops.process.ProcessVariable;
import org.bpmnmlops.wording.Words;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.task.Task;
import org.springframework.stereotype.Component;

/**
 * What the mails of retraining and rollback say, asked for like those of {@link Mails}: {@code
 * ${retrainingMails.result(execution)}}.
 */
@Component
@ForModels
public class RetrainingMails {

  private static final ProcessVariable<String> MODEL_NAME =
      ProcessVariable.text("modelName", "Name of the model in the registry.");
  private static final ProcessVariable<String> METRIC =
      ProcessVariable.text("metric", "What the gain is measured by.");
  private static final ProcessVariable<String> APPROVAL_DEADLINE =
      ProcessVariable.text("approvalDeadline", "When an open approval becomes a rejection.");

  private static final ProcessVariable<String> ROLLBACK_REASON =
      ProcessVariable.text("rollbackReason", "Why a version is taken back.");

  private final MailTemplates templates;
  private final CockpitLinks links;

  RetrainingMails(MailTemplates templates, CockpitLinks links) {
    this.templates = templates;
    this.links = links;
  }

  /**
   * How a retraining ended: promoted, kept back, or failed; both models on the same rows. Or how a
   * rollback did, which is told by its parameter.
   */
  public MailMessage result(DelegateExecution run) {
    if (ROLLBACK_REASON.find(run).isPresent()) {
      return rollback(run);
    }
    Optional<String> failure = PipelineVariables.FAILURE_CODE.find(run);
    boolean live = PROMOTED_HERE.find(run).isPresent();
    String model = MODEL_NAME.get(run);
    if (failure.isPresent()) {
      return failed(run, "Retraining of %s failed: %s".formatted(model, failure.get()));
    }
    String version = version(run, PipelineVariables.MODEL_VERSION);
    String champion = version(run, CHAMPION_VERSION);
    if (version.equals(champion)) {
      return page(
          run,
          "%s stays live".formatted(champion),
          "good",
          "Model kept",
          "%s stays live; the training came to the same model.".formatted(champion));
    }
    return live
        ? page(
            run,
            "%s is live".formatted(version),
            "good",
            "New model is live",
            "%s answers predictions from now on, in place of %s.".formatted(version, champion))
        : page(
            run,
            "%s was kept back".formatted(version),
            "good",
            "Model kept",
            "%s stays live; %s stays in the registry.".formatted(champion, version));
  }

  private MailMessage rollback(DelegateExecution run) {
    String model = MODEL_NAME.get(run);
    if (PipelineVariables.FAILURE_CODE.find(run).isPresent()) {
      return failed(run, "Rollback of %s failed".formatted(model));
    }
    String version = version(run, PipelineVariables.MODEL_VERSION);
    return page(
        run,
        "%s is live again".formatted(version),
        "good",
        "Rolled back",
        "%s answers predictions from now on, in place of %s."
            .formatted(version, version(run, CHAMPION_VERSION)));
  }

  /** That a model needs a person's decision, the first time. */
  public MailMessage approvalRequest(DelegateExecution run) {
    return approval(run, "Approval is needed", "needs your decision in Tasklist");
  }

  /** That a model waits for a person. */
  public MailMessage approvalReminder(DelegateExecution run) {
    return approval(run, "Approval is still open", "waits for your decision in Tasklist");
  }

  /** That a model still waits, and what happens if nobody decides. */
  public MailMessage approvalEscalation(DelegateExecution run) {
    return approval(run, "Approval is urgent", "still waits for a decision in Tasklist");
  }

  private MailMessage approval(DelegateExecution run, String headline, String waits) {
    String version = version(run, PipelineVariables.MODEL_VERSION);
    return templates.render(
        "%s: %s".formatted(headline, version),
        new MailPage(
            "alert",
            MODEL_NAME.get(run),
            headline,
            "%s %s. Without one it is rejected %s after it was asked for; %s stays live meanwhile."
                .formatted(
                    version,
                    waits,
                    Words.duration(Duration.parse(APPROVAL_DEADLINE.get(run))),
                    version(run, CHAMPION_VERSION)),
            GAIN_IN_WORDS.find(run).orElse(null),
            GAIN_INTERVAL.find(run).map(interval -> gainHelp(run, interval)).orElse(null),
            PROMOTION_REASON.find(run).orElse(null),
            null,
            List.of(),
            facts(run),
            links.tasklist(openTask(run)),
            "Open Tasklist"));
  }

  /** Empty where somebody decided before the mail was written. */
  private static Optional<String> openTask(DelegateExecution run) {
    return run
        .getProcessEngineServices()
        .getTaskService()
        .createTaskQuery()
        .processInstanceId(run.getProcessInstanceId())
        .list()
        .stream()
        .map(Task::getId)
        .findFirst();
  }

  private MailMessage failed(DelegateExecution run, String subject) {
    String code = PipelineVariables.FAILURE_CODE.get(run);
    boolean undone = TAKEN_BACK.find(run).orElse(false);
    return templates.render(
        subject,
        new MailPage(
            "bad",
            MODEL_NAME.get(run),
            undone ? "Promotion taken back" : "Run failed",
            undone
                ? version(run, CHAMPION_VERSION)
                    + " is live again, and its production data are as before."
                : FailureAdvice.meaning(code),
            null,
            null,
            PipelineVariables.FAILURE_MESSAGE.find(run).orElse(null),
            FailureAdvice.whatToDo(code),
            List.of(),
            facts(run),
            links.run(run.getProcessInstanceId()),
            "Open the run in Cockpit"));
  }

  private MailMessage page(
      DelegateExecution run, String subject, String tone, String headline, String lead) {
    return templates.render(
        subject,
        new MailPage(
            tone,
            MODEL_NAME.get(run),
            headline,
            lead,
            GAIN_IN_WORDS.find(run).orElse(null),
            GAIN_INTERVAL.find(run).map(interval -> gainHelp(run, interval)).orElse(null),
            APPROVAL_REASON
                .find(run)
                .filter(reason -> !reason.isBlank())
                .or(() -> PROMOTION_REASON.find(run))
                .orElse(null),
            null,
            FAILED_CANDIDATES
                .find(run)
                .filter(failed -> !failed.isEmpty())
                .map(failed -> List.of("Candidates that failed: " + failed))
                .orElse(List.of()),
            facts(run),
            links.run(run.getProcessInstanceId()),
            "Open the run in Cockpit"));
  }

  private static String gainHelp(DelegateExecution run, String interval) {
    return "gain over the champion in %s on %s held-out rows neither was trained on, 95 %% interval %s."
        .formatted(METRIC.get(run), Words.count(COMMON_ROWS.get(run)), interval);
  }

  private static List<Fact> facts(DelegateExecution run) {
    List<Fact> facts = new ArrayList<>();
    add(facts, "Why trained", REASON.find(run));
    add(facts, "Decided by", decidedBy(run));
    add(
        facts,
        "Challenger",
        PipelineVariables.ACCURACY.find(run).map(it -> "accuracy " + Words.percent(it)));
    add(facts, "Champion", CHAMPION_ACCURACY.find(run).map(it -> "accuracy " + Words.percent(it)));
    if (NEW_ROWS_ACCURACY.find(run).isPresent()) {
      add(
          facts,
          "New rows alone",
          Optional.of(
              "challenger %s, champion %s"
                  .formatted(
                      Words.percent(NEW_ROWS_ACCURACY.get(run)),
                      Words.percent(NEW_ROWS_CHAMPION_ACCURACY.get(run)))));
    }
    add(facts, "Candidates", CANDIDATE_SCORES.find(run));
    add(facts, "Best", WINNER.find(run));
    add(facts, "New rows", NEW_ROWS.find(run).map(it -> Words.count(it) + " from production"));
    add(
        facts,
        "Archived",
        ARCHIVED_ROWS
            .find(run)
            .filter(rows -> rows > 0)
            .map(rows -> "%s in %s".formatted(Words.count(rows, "row"), ARCHIVE_FILE.get(run))));
    facts.add(new Fact("Run", run.getProcessInstanceId(), true));
    return facts;
  }

  /** A person, or the row of the table. Its reason for asking decides nothing. */
  private static Optional<String> decidedBy(DelegateExecution run) {
    boolean byTable = !PROMOTION.find(run).orElse("ask").equals("ask");
    return APPROVED_BY.find(run).or(() -> PROMOTION_REASON.find(run).filter(row -> byTable));
  }

  private static void add(List<Fact> facts, String label, Optional<String> value) {
    value.ifPresent(text -> facts.add(new Fact(label, text, false)));
  }

  private static String version(DelegateExecution run, ProcessVariable<Long> version) {
    return version
        .find(run)
        .map(number -> "%s v%d".formatted(MODEL_NAME.get(run), number))
        .orElse(MODEL_NAME.get(run));
  }
}
