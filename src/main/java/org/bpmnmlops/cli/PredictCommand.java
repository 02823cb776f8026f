package org.bpmnmlops.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.bpmnmlops.cli.Terminal.Tone;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "predict", description = "Ask the live model for the class of one row.")
final class PredictCommand implements Callable<Integer> {

  @Mixin private ServerOptions server;

  @Parameters(
      arity = "1..*",
      paramLabel = "COLUMN=VALUE",
      description = "The row, such as TV=230.1 radio=37.8 newspaper=69.2.")
  private Map<String, String> row = new LinkedHashMap<>();

  @Option(names = "--model", paramLabel = "MODEL", description = "Name of the model.")
  private String model;

  @Override
  public Integer call() {
    ObjectNode body = Api.JSON.createObjectNode();
    ObjectNode features = body.putObject("features");
    row.forEach((column, value) -> put(features, column, value));
    JsonNode answer =
        server
            .api()
            .post("/api/v1/predict" + (model == null ? "" : "?model=" + Api.part(model)), body);
    server.show(answer, () -> print(answer));
    return 0;
  }

  /** What looks like a number is sent as one. */
  private static void put(ObjectNode features, String column, String value) {
    if (value.isBlank()) {
      features.putNull(column);
    } else if (value.matches("[+-]?\\d+(\\.\\d+)?([eE][+-]?\\d+)?")) {
      features.put(column, Double.parseDouble(value));
    } else {
      features.put(column, value);
    }
  }

  private void print(JsonNode answer) {
    Terminal terminal = server.terminal();
    List<String> shares = new ArrayList<>();
    answer
        .path("probabilities")
        .properties()
        .forEach(
            share ->
                shares.add(
                    String.format(
                        Locale.ROOT, "%s %.3f", share.getKey(), share.getValue().asDouble())));
    terminal.line(
        "%s  (%s; %s version %s)"
            .formatted(
                terminal.tone(Tone.STRONG, Terminal.plain(Shown.text(answer, "prediction"))),
                Terminal.plain(String.join(", ", shares)),
                Terminal.plain(Shown.text(answer, "model")),
                Shown.text(answer, "version")));
    answer
        .path("remarks")
        .forEach(
            remark ->
                terminal.line(
                    Terminal.plain(
                        "%s '%s': %s"
                            .formatted(
                                Shown.text(remark, "field"),
                                Shown.text(remark, "value"),
                                Shown.text(remark, "handling")))));
  }
}
