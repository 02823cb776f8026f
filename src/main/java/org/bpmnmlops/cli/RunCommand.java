package org.bpmnmlops.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.bpmnmlops.cli.Terminal.Tone;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "run",
    description = {
      "Run a pipeline here and now, without a server; 1 is the exit code of a run that failed.",
      "The engine is in memory and all files go to a folder of the run's own, whose name is printed;"
          + " with --home the run and its model are registered in that home."
    })
final class RunCommand implements Callable<Integer> {

  @Mixin private LocalOptions options;

  @Parameters(paramLabel = "PIPELINE", description = "Process id, such as advertising-pipeline.")
  private String pipeline;

  @Option(
      names = "--set",
      paramLabel = "NAME=VALUE",
      description = "A parameter that wins over the diagram; repeatable.")
  private Map<String, String> parameters = new LinkedHashMap<>();

  @Option(
      names = "--dataset",
      paramLabel = "FILE",
      description = "CSV file, anywhere; default: the pipeline's in MLOPS_DATA_DIR, or data.")
  private Path dataset;

  @Option(
      names = "--home",
      paramLabel = "FOLDER",
      description = "Home in which run and model are registered; no server may use it meanwhile.")
  private Path home;

  @Override
  public Integer call() {
    Terminal terminal = options.terminal();
    long begin = System.nanoTime();
    try (LocalEngine engine = options.start(pipeline, home, dataset, parameters)) {
      LocalRun run = new LocalRun(engine, new Told(options.progress()));
      long started = System.nanoTime();
      run.start(pipeline, parameters);
      try {
        run.work(null);
      } finally {
        run.cancel();
      }
      Times times =
          new Times(
              Duration.ofNanos(started - begin).toMillis(),
              Duration.ofNanos(System.nanoTime() - started).toMillis());
      if (options.json()) {
        terminal.json(json(run, engine.home(), times));
      } else {
        print(terminal, engine.bean(RunSummary.class), run, engine.home(), times);
      }
      return run.failed() ? CommandFailedException.FAILED : 0;
    }
  }

  /** In milliseconds: until the engine was there, and of the run itself. */
  private record Times(long start, long run) {}

  private void print(
      Terminal terminal, RunSummary summary, LocalRun run, Path folder, Times times) {
    terminal.line(
        "%s in %s, after %s for the start of the engine"
            .formatted(
                run.failed()
                    ? terminal.tone(Tone.BAD, pipeline + " failed")
                    : terminal.tone(Tone.GOOD, pipeline + " succeeded"),
                Shown.duration(times.run()),
                Shown.duration(times.start())));
    summary.result(run.id()).forEach(line -> terminal.line(Terminal.plainLines(line)));
    terminal.line(
        Terminal.plain(Pages.line("Files", Pages.shown(folder.resolve("runs").resolve(run.id())))));
  }

  private ObjectNode json(LocalRun run, Path folder, Times times) {
    ObjectNode shown = Api.JSON.createObjectNode();
    shown.put("pipeline", pipeline);
    shown.put("run", run.id());
    shown.put("outcome", run.failed() ? "failed" : "success");
    shown.put("durationMs", times.run());
    shown.put("engineStartMs", times.start());
    shown.put("home", folder.toString());
    shown.set("variables", Api.JSON.valueToTree(new TreeMap<>(run.variables())));
    return shown;
  }

  /** A line per step, as it ends. */
  private record Told(Terminal terminal) implements LocalRun.Progress {

    @Override
    public void step(String id, String name, long millis) {
      terminal.line(
          "  %s %-28s %10s"
              .formatted(
                  terminal.tone(Tone.GOOD, "·"), Terminal.plain(name), Shown.duration(millis)));
    }

    @Override
    public void waiting(Instant until, Map<String, String> why) {
      Shown.waiting(until, why)
          .forEach(line -> terminal.line("  %s %s".formatted(terminal.tone(Tone.ODD, "·"), line)));
    }
  }
}
