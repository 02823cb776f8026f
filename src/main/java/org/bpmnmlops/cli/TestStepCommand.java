package org.bpmnmlops.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.bpmnmlops.cli.Terminal.Tone;
import org.bpmnmlops.log.RunLog;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.history.HistoricActivityInstance;
import org.camunda.bpm.model.bpmn.instance.Task;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "test-step",
    description = {
      "Try one step of a pipeline, without a server, and show what it says; 1 if it fails.",
      "The steps whose results it needs run before it, the ones after it do not; nothing is"
          + " registered, mailed or reported."
    })
final class TestStepCommand implements Callable<Integer> {

  @Mixin private LocalOptions options;

  @Parameters(index = "0", paramLabel = "PIPELINE", description = "Process id.")
  private String pipeline;

  @Parameters(
      index = "1",
      paramLabel = "STEP",
      description = "Its id or name: buildModel, serviceTask_buildModel or \"Build model\".")
  private String step;

  @Option(
      names = "--set",
      paramLabel = "NAME=VALUE",
      description = "A parameter that wins over the diagram; repeatable.")
  private Map<String, String> parameters = new LinkedHashMap<>();

  @Option(names = "--dataset", paramLabel = "FILE", description = "CSV file, anywhere.")
  private Path dataset;

  private long millis;

  @Override
  public Integer call() {
    Terminal terminal = options.terminal();
    try (LocalEngine engine = options.start(pipeline, null, dataset, parameters)) {
      LocalRun run = new LocalRun(engine, new Quiet());
      Task task = task(engine, run);
      run.start(pipeline, parameters);
      run.work(task.getId());
      List<HistoricActivityInstance> visits =
          engine
              .bean(HistoryService.class)
              .createHistoricActivityInstanceQuery()
              .processInstanceId(run.id())
              .activityId(task.getId())
              .list();
      if (visits.isEmpty()) {
        throw new CommandFailedException(
            CommandFailedException.FAILED,
            "The run did not come to '%s': %s"
                .formatted(
                    task.getName(),
                    run.variables().getOrDefault("failureMessage", "it took another way")));
      }
      boolean failed = visits.get(0).isCanceled();
      JsonNode lines = lines(engine.bean(RunLog.class), run.id(), task.getId());
      show(terminal, task, lines, failed);
      run.cancel();
      return failed ? CommandFailedException.FAILED : 0;
    }
  }

  private Task task(LocalEngine engine, LocalRun run) {
    List<Task> tasks =
        List.copyOf(
            engine
                .bean(RepositoryService.class)
                .getBpmnModelInstance(run.definition(pipeline).getId())
                .getModelElementsByType(Task.class));
    return tasks.stream()
        .filter(
            task ->
                task.getId().equals(step)
                    || task.getId().endsWith("_" + step)
                    || step.equalsIgnoreCase(task.getName()))
        .findFirst()
        .orElseThrow(
            () ->
                new CommandFailedException(
                    CommandFailedException.NOT_THERE,
                    "%s has no step '%s'; its steps are %s"
                        .formatted(
                            pipeline,
                            step,
                            String.join(
                                ", ",
                                tasks.stream()
                                    .map(
                                        task ->
                                            task.getId().substring(task.getId().indexOf('_') + 1))
                                    .toList()))));
  }

  private static JsonNode lines(RunLog log, String run, String step) {
    return Api.JSON
        .copy()
        .registerModule(new JavaTimeModule())
        .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
        .valueToTree(log.read(run, 0, line -> step.equals(line.step())).lines());
  }

  private void show(Terminal terminal, Task task, JsonNode lines, boolean failed) {
    if (options.json()) {
      ObjectNode shown = Api.JSON.createObjectNode();
      shown.put("step", task.getId());
      shown.put("outcome", failed ? "failed" : "success");
      shown.put("durationMs", millis);
      shown.set("log", lines);
      terminal.json(shown);
      return;
    }
    lines.forEach(line -> LogsCommand.print(terminal, line));
    terminal.line(
        "%s in %s"
            .formatted(
                terminal.tone(
                    failed ? Tone.BAD : Tone.GOOD,
                    Terminal.plain(task.getName()) + (failed ? " failed" : " succeeded")),
                Shown.duration(millis)));
  }

  private final class Quiet implements LocalRun.Progress {

    /** The last one is the step that is tried. */
    @Override
    public void step(String id, String name, long time) {
      millis = time;
    }

    @Override
    public void waiting(Instant until, Map<String, String> why) {
      Shown.waiting(until, why).forEach(options.progress()::line);
    }
  }
}
