package org.bpmnmlops.cli;

import static org.bpmnmlops.process.PipelineVariables.ACCURACY;
import static org.bpmnmlops.process.PipelineVariables.ACCURACY_HIGH;
import static org.bpmnmlops.process.PipelineVariables.ACCURACY_LOW;
import static org.bpmnmlops.process.PipelineVariables.BASELINE_ACCURACY;
import static org.bpmnmlops.process.PipelineVariables.CONSTANT_COLUMNS;
import static org.bpmnmlops.process.PipelineVariables.DROPPED_BECAUSE;
import static org.bpmnmlops.process.PipelineVariables.FAILURE_CODE;
import static org.bpmnmlops.process.PipelineVariables.FAILURE_MESSAGE;
import static org.bpmnmlops.process.PipelineVariables.LEFT_OUT_COLUMNS;
import static org.bpmnmlops.process.PipelineVariables.MODEL;
import static org.bpmnmlops.process.PipelineVariables.MODEL_ALIAS;
import static org.bpmnmlops.process.PipelineVariables.MODEL_VERSION;
import static org.bpmnmlops.process.PipelineVariables.TEST_ROWS;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bpmnmlops.artifact.Artifacts;
import org.bpmnmlops.artifact.Home;
import org.bpmnmlops.notification.CockpitLinks;
import org.bpmnmlops.process.ProcessVariable;
import org.bpmnmlops.process.RecordedParameters;
import org.bpmnmlops.process.StepFaults;
import org.bpmnmlops.registry.RegistryParameters;
import org.bpmnmlops.wording.Words;
import org.camunda.bpm.engine.ActivityTypes;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.history.HistoricActivityInstance;
import org.camunda.bpm.engine.history.HistoricProcessInstance;
import org.camunda.bpm.engine.history.HistoricVariableInstance;
import org.springframework.stereotype.Component;

/** Tells on one screen what a run did, for whoever sits at the terminal. */
@Component
class RunSummary {

  private static final Pattern NOTIFICATION = Pattern.compile("send\\w+Notification");

  private final HistoryService history;
  private final Artifacts artifacts;
  private final Home home;
  private final CockpitLinks links;
  private final Pages pages;

  RunSummary(
      HistoryService history, Artifacts artifacts, Home home, CockpitLinks links, Pages pages) {
    this.history = history;
    this.artifacts = artifacts;
    this.home = home;
    this.links = links;
    this.pages = pages;
  }

  /** Several lines, no line break at the end. The run must have ended. */
  String of(String run) {
    HistoricProcessInstance instance =
        history.createHistoricProcessInstanceQuery().processInstanceId(run).singleResult();
    String pipeline = instance.getProcessDefinitionKey();
    Map<String, Object> variables = variables(run);
    boolean failed = variables.containsKey(FAILURE_CODE.name());
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s %s in %s"
            .formatted(
                pipeline,
                failed ? "failed" : "succeeded",
                Shown.duration(instance.getDurationInMillis())));
    Map<String, Long> steps = steps(run);
    steps.forEach((step, millis) -> lines.add(stepLine(step, millis)));
    waits(run).ifPresent(millis -> lines.add(stepLine("(waiting to try again)", millis)));
    lines.add("");
    lines.addAll(result(run, variables));
    lines.add(Pages.line("Status", links.base() + "/api/v1/status?dag_id=" + pipeline));
    lines.add("");
    lines.add(pages.text());
    return String.join("\n", lines);
  }

  /** What the run came to, without its steps and without pages to open. */
  List<String> result(String run) {
    return result(run, variables(run));
  }

  private List<String> result(String run, Map<String, Object> variables) {
    List<String> lines = new ArrayList<>();
    addResult(variables, variables.containsKey(FAILURE_CODE.name()), lines);
    lines.add(Pages.line("Mail", mail(run, variables)));
    faults(variables).forEach(fault -> lines.add(Pages.line("Warning", fault)));
    return lines;
  }

  private void addResult(Map<String, Object> variables, boolean failed, List<String> lines) {
    if (variables.containsKey(ACCURACY.name())) {
      lines.add(
          Pages.line(
              "Accuracy",
              "%s (95 %% interval %s to %s) on %s held-out rows"
                  .formatted(
                      Words.percent(value(variables, ACCURACY)),
                      Words.percent(value(variables, ACCURACY_LOW)),
                      Words.percent(value(variables, ACCURACY_HIGH)),
                      Words.count(value(variables, TEST_ROWS)))));
      lines.add(
          Pages.line(
              "Baseline",
              "%s by always answering the most frequent class"
                  .formatted(Words.percent(value(variables, BASELINE_ACCURACY)))));
    }
    addLeftOut("Rows out", variables.get(DROPPED_BECAUSE.name()), lines);
    addLeftOut("Left out", variables.get(LEFT_OUT_COLUMNS.name()), lines);
    addLeftOut("Constant", variables.get(CONSTANT_COLUMNS.name()), lines);
    if (failed) {
      lines.add(Pages.line("Failure", value(variables, FAILURE_CODE)));
      lines.add(Pages.line("", value(variables, FAILURE_MESSAGE)));
    } else {
      if (variables.get(MODEL_VERSION.name()) instanceof Long version) {
        lines.add(
            Pages.line(
                "Version",
                "%s v%d (%s)"
                    .formatted(
                        variables.get(RegistryParameters.MODEL_NAME.name()),
                        version,
                        value(variables, MODEL_ALIAS))));
      }
      if (variables.containsKey(MODEL.name())) {
        lines.add(Pages.line("Model", Pages.shown(artifacts.path(value(variables, MODEL)))));
      }
    }
  }

  private static void addLeftOut(String label, Object text, List<String> lines) {
    if (text != null && !text.toString().isBlank()) {
      lines.add(Pages.line(label, text));
    }
  }

  /** Time in the timers of retry loops; empty when there was none. */
  private Optional<Long> waits(String run) {
    return history
        .createHistoricActivityInstanceQuery()
        .processInstanceId(run)
        .activityType(ActivityTypes.INTERMEDIATE_EVENT_TIMER)
        .list()
        .stream()
        .map(HistoricActivityInstance::getDurationInMillis)
        .reduce(Long::sum);
  }

  private static String stepLine(String step, long millis) {
    return "  %-28s %10s".formatted(step, Shown.duration(millis));
  }

  /** Time in each service task, attempts added up, in the order they were first entered. */
  private Map<String, Long> steps(String run) {
    Map<String, Long> millis = new LinkedHashMap<>();
    for (HistoricActivityInstance activity :
        history
            .createHistoricActivityInstanceQuery()
            .processInstanceId(run)
            .activityType(ActivityTypes.TASK_SERVICE)
            .orderPartiallyByOccurrence()
            .asc()
            .list()) {
      millis.merge(activity.getActivityName(), activity.getDurationInMillis(), Long::sum);
    }
    return millis;
  }

  private Map<String, Object> variables(String run) {
    Map<String, Object> values = new HashMap<>();
    for (HistoricVariableInstance variable :
        history.createHistoricVariableInstanceQuery().processInstanceId(run).list()) {
      values.put(variable.getName(), variable.getValue());
    }
    return RecordedParameters.with(values);
  }

  /** A run's mails that no server took are files named by the run. */
  private String mail(String run, Map<String, Object> variables) {
    boolean failed =
        StepFaults.in(variables).keySet().stream().anyMatch(NOTIFICATION.asMatchPredicate());
    Optional<String> file = inOutbox(run);
    if (failed) {
      return "not sent" + file.map("; a copy is in "::concat).orElse("");
    }
    return file.orElse("sent");
  }

  private Optional<String> inOutbox(String run) {
    if (!Files.isDirectory(home.outbox())) {
      return Optional.empty();
    }
    try (Stream<Path> mails = Files.list(home.outbox())) {
      return mails
          .filter(mail -> mail.getFileName().toString().startsWith(run))
          .map(Pages::shown)
          .findFirst();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What went wrong in a step and was not made good by a later attempt. */
  private static List<String> faults(Map<String, Object> variables) {
    return StepFaults.in(variables).entrySet().stream()
        .map(fault -> fault.getKey() + ": " + fault.getValue())
        .toList();
  }

  private static <T> T value(Map<String, Object> variables, ProcessVariable<T> variable) {
    return variable.type().cast(variables.get(variable.name()));
  }
}
