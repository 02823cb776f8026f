package org.bpmnmlops.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** JSON values of the REST API as people read them in a table. */
final class Shown {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);

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

  /** Three decimals. */
  static String share(JsonNode node, String field) {
    JsonNode value = node.path(field);
    return value.isNumber() ? String.format(Locale.ROOT, "%.3f", value.asDouble()) : "-";
  }

  /** Milliseconds as seconds, or minutes and seconds. */
  static String duration(JsonNode node, String field) {
    JsonNode value = node.path(field);
    return value.isNumber() ? duration(value.asLong()) : "-";
  }

  static String duration(long millis) {
    return millis < 60_000
        ? String.format(Locale.ROOT, "%.2f s", millis / 1000.0)
        : String.format(Locale.ROOT, "%d m %02d s", millis / 60_000, millis / 1000 % 60);
  }
}
