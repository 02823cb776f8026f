package org.bpmnmlops.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.bpmnmlops.cli.Terminal.Cell;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "models", description = "List the models, or the versions of one.")
final class ModelsCommand implements Callable<Integer> {

  @Mixin private ServerOptions server;

  @Parameters(arity = "0..1", paramLabel = "MODEL", description = "Its versions, newest first.")
  private String model;

  @Override
  public Integer call() {
    String path = "/api/v1/models" + (model == null ? "" : "/" + Api.part(model));
    JsonNode answer = server.api().get(path);
    server.show(
        answer,
        () -> {
          if (model == null) {
            models(answer);
          } else {
            versions(answer);
          }
        });
    return 0;
  }

  private void models(JsonNode models) {
    List<List<Cell>> rows = new ArrayList<>();
    for (JsonNode one : models) {
      JsonNode champion = one.path("champion");
      rows.add(
          List.of(
              Cell.of(Shown.text(one, "name")),
              Cell.of(Shown.text(champion, "version")),
              Cell.of(Shown.share(champion, "accuracy")),
              Cell.of(Shown.text(champion, "algorithm")),
              Cell.of(Shown.time(champion, "registeredAt"))));
    }
    if (rows.isEmpty()) {
      server.terminal().line("There is no model yet: a run of a pipeline registers one.");
      return;
    }
    server
        .terminal()
        .table(List.of("MODEL", "CHAMPION", "ACCURACY", "ALGORITHM", "REGISTERED (UTC)"), rows);
  }

  private void versions(JsonNode model) {
    List<List<Cell>> rows = new ArrayList<>();
    for (JsonNode version : model.path("versions")) {
      List<String> aliases = new ArrayList<>();
      version
          .path("aliases")
          .forEach(alias -> aliases.add(alias.asText().toLowerCase(java.util.Locale.ROOT)));
      rows.add(
          List.of(
              Cell.of(Shown.text(version, "version")),
              Cell.of(aliases.isEmpty() ? "-" : String.join(", ", aliases)),
              Cell.of(Shown.share(version, "accuracy")),
              Cell.of(Shown.text(version, "algorithm")),
              Cell.of(Shown.time(version, "registeredAt")),
              Cell.of(Shown.text(version, "run"))));
    }
    server
        .terminal()
        .table(
            List.of("VERSION", "ALIAS", "ACCURACY", "ALGORITHM", "REGISTERED (UTC)", "RUN"),
            rows,
            "RUN");
  }
}
