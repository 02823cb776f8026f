package org.bpmnmlops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.bpmnmlops.cli.Terminal.Cell;
import org.bpmnmlops.cli.Terminal.Tone;
import org.junit.jupiter.api.Test;

class TerminalTest {

  private static final String RUN = "88a66eed-e920-11f1-8d3e-02fc00000001";
  private static final List<String> HEADERS = List.of("RUN", "STATUS", "TIME", "PIPELINE");

  private final StringWriter out = new StringWriter();

  @Test
  void fitsATableIntoANarrowTerminalAndKeepsIdsWhole() {
    table(new Terminal(new PrintWriter(out), false, 80));

    assertThat(out.toString().lines()).allMatch(line -> line.length() <= 80).hasSize(2);
    assertThat(out.toString())
        .contains(RUN, "a-pipeline-with-a-long-name-inde…")
        .doesNotContain("1.65 s");
  }

  @Test
  void leavesNothingOutInAWideOne() {
    table(new Terminal(new PrintWriter(out), false, 120));

    assertThat(out.toString().lines()).allMatch(line -> line.length() <= 120);
    assertThat(out.toString()).contains(RUN, "a-pipeline-with-a-long-name-indeed-it-is", "1.65 s");
  }

  @Test
  void cutsNothingAndPaintsNothingInAPipe() {
    table(new Terminal(new PrintWriter(out), false, 0));

    assertThat(out.toString())
        .contains("a-pipeline-with-a-long-name-indeed-it-is")
        .doesNotContain("\u001b");
  }

  @Test
  void paintsWordsInATerminalWithoutMovingTheColumns() {
    table(new Terminal(new PrintWriter(out), true, 120));

    assertThat(out.toString()).contains("\u001b[32msuccess\u001b[0m  1.65 s");
  }

  @Test
  void obeysNothingThatATextOfAServerHolds() {
    Terminal terminal = new Terminal(new PrintWriter(out), true, 120);

    terminal.line(terminal.tone(Tone.PLAIN, Terminal.plain("a\u001b[2Jb\nc\u0007")));
    terminal.line(Terminal.plainLines("d\n\u009b31me"));

    assertThat(out.toString()).isEqualTo("a [2Jb c \nd\n 31me\n");
  }

  @Test
  void writesNumbersAsPagesAndMailsDo() {
    assertThat(Shown.duration(812)).isEqualTo("812 ms");
    assertThat(Shown.duration(4_210)).isEqualTo("4.21 s");
    assertThat(Shown.duration(9_996)).isEqualTo("10.0 s");
    assertThat(Shown.duration(42_730)).isEqualTo("42.7 s");
    assertThat(Shown.duration(59_960)).isEqualTo("1 min 0 s");
    assertThat(Shown.duration(270_000)).isEqualTo("4 min 30 s");
    assertThat(Shown.duration(7_800_000)).isEqualTo("2 h 10 min");
    var run = Api.JSON.createObjectNode().put("accuracy", 0.9125).put("verdict", "unknown");
    assertThat(Shown.share(run, "accuracy")).isEqualTo("91.3 %");
    assertThat(Shown.verdict(run, "verdict")).isEqualTo(new Cell("too little to judge", Tone.ODD));
    assertThat(Shown.verdict(run.put("verdict", "bad"), "verdict"))
        .isEqualTo(new Cell("bad", Tone.BAD));
  }

  @Test
  void tellsWhyARunWaitsAndUntilWhen() {
    var lines =
        Shown.waiting(
            Instant.parse("2025-11-22T16:12:26.217Z"), Map.of("loadData", "a.csv is not in /x"));

    assertThat(lines)
        .containsExactly(
            "loadData: a.csv is not in /x",
            "--dataset names a file anywhere, MLOPS_DATA_DIR another data folder",
            "waits until 2025-11-22 16:12:26 UTC to try again; --set retryDelay=PT10S makes it"
                + " shorter");
  }

  private void table(Terminal terminal) {
    terminal.table(
        HEADERS,
        List.of(
            List.of(
                Cell.of(RUN),
                Cell.status("success"),
                Cell.of("1.65 s"),
                Cell.of("a-pipeline-with-a-long-name-indeed-it-is"))),
        "TIME");
  }

  @Test
  void tellsWhoLetAModelGoLiveAndWhy() throws IOException {
    JsonNode detail =
        Api.JSON.readTree(
            """
            {"run": {"pipeline": "p", "businessKey": "k", "status": "success",
                "outcome": "success", "failureCode": null, "warnings": []},
             "path": [{"name": "Model promoted", "type": "noneEndEvent"}],
             "variables": [
                {"name": "approvalReason", "value": "looks sound"},
                {"name": "approvedBy", "value": "olga"},
                {"name": "promotionReason", "value": "few rows"}]}
            """);

    StateCommand.print(
        new Terminal(new PrintWriter(out), false, 0), detail, Api.JSON.createArrayNode());

    assertThat(out.toString())
        .contains("Model promoted, by olga: looks sound")
        .doesNotContain("few rows");
  }

  @Test
  void tellsWhatARunWaitsFor() {
    var run = Api.JSON.createObjectNode().put("status", "waiting").put("task", "Approve model");

    assertThat(Shown.status(run).text()).isEqualTo("waiting: Approve model");
    assertThat(Shown.status(run.put("status", "running")).text()).isEqualTo("running");
  }
}
