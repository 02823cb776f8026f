package org.bpmnmlops.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.bpmnmlops.wording.Verdict;
import org.bpmnmlops.wording.Words;

/** JSON values of the REST API as people read them in a table. */
final class Shown {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);

  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm:ss 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  /** The step that looks for the data set. */
  private static final String LOAD_DATA = "loadData";

  private Shown() {}

  /** The field's text; {@code -} where it is missing or null. */
  static String text(JsonNode node, String field) {
    JsonNode value = node.path(field);
    return value.isMissingNode() || value.isNull() || value.asText().isBlank()
        ? "-"
        : value.asText();
  }

  /** A run's status, with what it waits for. */
  static Terminal.Cell status(JsonNode run) {
    String status = text(run, "status");
    String task = text(run, "task");
    return new Terminal.Cell(
        Terminal.plain(status.equals("waiting") ? status + ": " + task : status),
        Terminal.Tone.of(status));
  }

  /** A time in UTC, to the second. */
  static String time(JsonNode node, String field) {
    String value = text(node, field);
    return value.equals("-")
        ? value
        : TIME.format(Instant.parse(value).truncatedTo(ChronoUnit.SECONDS));
  }

  /** In per cent. */
  static String share(JsonNode node, String field) {
    JsonNode value = node.path(field);
    return value.isNumber() ? Words.percent(value.asDouble()) : "-";
  }

  /** A report's verdict in words. */
  static Terminal.Cell verdict(JsonNode node, String field) {
    String text = text(node, field);
    String words =
        Arrays.stream(Verdict.values())
            .filter(verdict -> verdict.text().equals(text))
            .map(Verdict::words)
            .findFirst()
            .orElse(text);
    return new Terminal.Cell(Terminal.plain(words), Terminal.Tone.of(text));
  }

  /** Milliseconds as the pages in Cockpit show them. */
  static String duration(JsonNode node, String field) {
    JsonNode value = node.path(field);
    return value.isNumber() ? duration(value.asLong()) : "-";
  }

  static String duration(long millis) {
    if (millis < 1000) {
      return millis + " ms";
    }
    if (millis < 59_950) {
      return String.format(Locale.ROOT, millis < 9_995 ? "%.2f s" : "%.1f s", millis / 1000.0);
    }
    long seconds = Math.round(millis / 1000.0);
    return seconds < 3600
        ? "%d min %d s".formatted(seconds / 60, seconds % 60)
        : "%d h %d min".formatted(seconds / 3600, seconds % 3600 / 60);
  }

  /**
   * Why a run at the terminal waits, until when, and what makes it go on.
   *
   * @param why what went wrong, by step
   */
  static List<String> waiting(Instant until, Map<String, String> why) {
    List<String> lines = new ArrayList<>();
    why.forEach((step, fault) -> lines.add(Terminal.plainLines(step + ": " + fault)));
    if (why.containsKey(LOAD_DATA)) {
      lines.add("--dataset names a file anywhere, MLOPS_DATA_DIR another data folder");
    }
    lines.add(
        "waits until %s to try again; --set retryDelay=PT10S makes it shorter"
            .formatted(clock(until)));
    return lines;
  }

  /** The time of day in UTC; with the day where that is another. */
  private static String clock(Instant moment) {
    LocalDate today = LocalDate.ofInstant(Instant.now(), ZoneOffset.UTC);
    return LocalDate.ofInstant(moment, ZoneOffset.UTC).equals(today)
        ? CLOCK.format(moment)
        : Words.time(moment);
  }
}
