package org.bpmnmlops.cli;

import static org.bpmnmlops.process.PipelineVariables.ACCURACY;
import static org.bpmnmlops.process.PipelineVariables.ACCURACY_HIGH;
import static org.bpmnmlops.process.PipelineVariables.ACCURACY_LOW;
import static org.bpmnmlops.process.PipelineVariables.BASELINE_ACCURACY;
import static org.bpmnmlops.process.PipelineVariables.FAILURE_CODE;
import static org.bpmnmlops.process.PipelineVariables.FAILURE_MESSAGE;
import static org.bpmnmlops.process.PipelineVariables.MODEL;
import static org.bpmnmlops.process.PipelineVariables.TEST_ROWS;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.bpmnmlops.artifact.Artifacts;
import org.bpmnmlops.artifact.Home;
import org.bpmnmlops.notification.CockpitLinks;
import org.bpmnmlops.process.ProcessVariable;
import org.camunda.bpm.engine.ActivityTypes;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.history.HistoricActivityInstance;
import org.camunda.bpm.engine.history.HistoricProcessInstance;
import org.camunda.bpm.engine.history.HistoricVariableInstance;
import org.springframework.stereotype.Component;

/** Tells on one screen what a run did, for whoever sits at the terminal. */
@Component
class RunSummary {

  private final HistoryService history;
  private final Artifacts artifacts;
  private final Home home;
  private final CockpitLinks links;

  RunSummary(HistoryService history, Artifacts artifacts, Home home, CockpitLinks links) {
    this.history = history;
    this.artifacts = artifacts;
    this.home = home;
    this.links = links;
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
                seconds(instance.getDurationInMillis())));
    steps(run).forEach((step, millis) -> lines.add("  %-28s %8s".formatted(step, seconds(millis))));
    lines.add("");
    addResult(variables, failed, lines);
    lines.add(line("Mail", mail(run)));
    lines.add(line("Status", links.base() + "/api/v1/status?dag_id=" + pipeline));
    lines.add("");
    lines.add(line("Cockpit", links.cockpit()));
    lines.add(line("Tasklist", links.base() + "/camunda/app/tasklist/ (start a run here)"));
    lines.add(line("Sign in", "user admin, " + password()));
    return String.join("\n", lines);
  }

  private void addResult(Map<String, Object> variables, boolean failed, List<String> lines) {
    if (variables.containsKey(ACCURACY.name())) {
      lines.add(
          line(
              "Accuracy",
              String.format(
                  Locale.ROOT,
                  "%.3f (95 %% interval %.3f to %.3f) on %d held-out rows",
                  value(variables, ACCURACY),
                  value(variables, ACCURACY_LOW),
                  value(variables, ACCURACY_HIGH),
                  value(variables, TEST_ROWS))));
      lines.add(
          line(
              "Baseline",
              String.format(
                  Locale.ROOT,
                  "%.3f by always answering the most frequent class",
                  value(variables, BASELINE_ACCURACY))));
    }
    if (failed) {
      lines.add(line("Failure", value(variables, FAILURE_CODE)));
      lines.add(line("", value(variables, FAILURE_MESSAGE)));
    } else {
      lines.add(line("Model", shown(artifacts.path(value(variables, MODEL)))));
    }
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
    return values;
  }

  /** Without a mail server a run's mails are files named by the run. */
  private String mail(String run) {
    if (!Files.isDirectory(home.outbox())) {
      return "sent; see the log";
    }
    try (Stream<Path> mails = Files.list(home.outbox())) {
      return mails
          .filter(mail -> mail.getFileName().toString().startsWith(run))
          .map(RunSummary::shown)
          .findFirst()
          .orElse("sent; see the log");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String password() {
    Path file = home.home().resolve("admin-password");
    return Files.exists(file)
        ? "password in " + shown(file)
        : "with the password of MLOPS_ADMIN_PASSWORD";
  }

  private static <T> T value(Map<String, Object> variables, ProcessVariable<T> variable) {
    return variable.type().cast(variables.get(variable.name()));
  }

  private static String line(String label, Object text) {
    return "  %-10s%s".formatted(label, text);
  }

  private static String seconds(long millis) {
    return String.format(Locale.ROOT, "%.3f s", millis / 1000.0);
  }

  /** As short as the reader can use it from the folder the server was started in. */
  private static String shown(Path path) {
    Path here = Path.of("").toAbsolutePath();
    return path.startsWith(here) ? here.relativize(path).toString() : path.toString();
  }
}
