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
      LocalRun run = new LocalRun(engine, options.json() ? new Silent() : new Told(terminal));
      run.start(pipeline, parameters);
      try {
        run.work(null);
      } finally {
        run.cancel();
      }
      long millis = Duration.ofNanos(System.nanoTime() - begin).toMillis();
      if (options.json()) {
        terminal.json(json(run, engine.home(), millis));
      } else {
        print(terminal, engine.bean(RunSummary.class), run, engine.home(), millis);
      }
      return run.failed() ? CommandFailedException.FAILED : 0;
    }
  }

  private void print(
      Terminal terminal, RunSummary summary, LocalRun run, Path folder, long millis) {
    terminal.line(
        "%s in %s"
            .formatted(
                run.failed()
                    ? terminal.tone(Tone.BAD, pipeline + " failed")
                    : terminal.tone(Tone.GOOD, pipeline + " succeeded"),
                Shown.duration(millis)));
    summary.result(run.id()).forEach(line -> terminal.line(Terminal.plainLines(line)));
    terminal.line(
        Terminal.plain(Pages.line("Files", Pages.shown(folder.resolve("runs").resolve(run.id())))));
  }

  private ObjectNode json(LocalRun run, Path folder, long millis) {
    ObjectNode shown = Api.JSON.createObjectNode();
    shown.put("pipeline", pipeline);
    shown.put("run", run.id());
    shown.put("outcome", run.failed() ? "failed" : "success");
    shown.put("durationMs", millis);
    shown.put("home", folder.toString());
    shown.set("variables", Api.JSON.valueToTree(new TreeMap<>(run.variables())));
    return shown;
  }

  /** A line per step, as it ends. */
  private record Told(Terminal terminal) implements LocalRun.Progress {

    @Override
    public void step(String id, String name, long millis) {
      terminal.line(
          "  %s %-28s %8s"
              .formatted(
                  terminal.tone(Tone.GOOD, "·"), Terminal.plain(name), Shown.duration(millis)));
    }

    @Override
    public void waiting(Instant until) {
      terminal.line(
          "  %s waits until %s UTC to try again; --set retryDelay=PT10S makes it shorter"
              .formatted(terminal.tone(Tone.ODD, "·"), until));
    }
  }

  private record Silent() implements LocalRun.Progress {

    @Override
    public void step(String id, String name, long millis) {
      // The JSON at the end has it all.
    }

    @Override
    public void waiting(Instant until) {
      // As above.
    }
  }
}
