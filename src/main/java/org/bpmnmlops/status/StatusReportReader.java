package org.bpmnmlops.status;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import org.springframework.stereotype.Component;

/**
 * Reads a report from JSON. Missing and null fields get the defaults of the service this API
 * replaces, fields nobody knows are left out as there; a wrong type is refused.
 */
@Component
class StatusReportReader {

  private static final int LONGEST_DAG_ID = 250;
  private static final int LONGEST_STATUS = 64;
  private static final int LONGEST_RUN_ID = 255;
  private static final int LONGEST_EXCERPT = 100;

  /** What a person can mean, and what every database holds. */
  private static final int LAST_YEAR = 9999;

  private static final String UNKNOWN = "unknown";
  private static final String A_REPORT =
      "a JSON object such as {\"dag_id\": \"advertising-pipeline\", \"status\": \"success\"}";

  private final ObjectReader json;

  StatusReportReader(ObjectMapper json) {
    this.json =
        json.reader()
            .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .with(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
  }

  /**
   * The report, its pipeline still under the name the caller uses.
   *
   * @throws UnreadableReportException when it cannot be used; the message names the field
   */
  StatusHistory.Entry read(byte[] body, String defaultDagId) {
    JsonNode report = parse(body);
    return new StatusHistory.Entry(
        text(report, "dag_id", defaultDagId, LONGEST_DAG_ID),
        text(report, "status", UNKNOWN, LONGEST_STATUS),
        text(report, "run_id", UNKNOWN, LONGEST_RUN_ID),
        accuracy(report),
        executionDate(report),
        ds(report));
  }

  /**
   * A pipeline's name in an address.
   *
   * @throws UnreadableReportException when no pipeline can have that name
   */
  String dagId(String text) {
    if (!isStorable(text, LONGEST_DAG_ID)) {
      throw wrong("dag_id", TextNode.valueOf(text), expectedText(LONGEST_DAG_ID));
    }
    return text;
  }

  private JsonNode parse(byte[] body) {
    if (body.length == 0) {
      throw new UnreadableReportException("The request has no body", A_REPORT);
    }
    try {
      JsonNode report = json.readTree(body);
      if (report.isObject()) {
        return report;
      }
    } catch (JsonProcessingException e) {
      throw new UnreadableReportException(
          "The body is no JSON: %s%s".formatted(e.getOriginalMessage(), place(e.getLocation())),
          A_REPORT);
    } catch (IOException e) {
      throw new UnreadableReportException("The body is no text in UTF-8", A_REPORT);
    }
    throw new UnreadableReportException("The body is JSON, but no object", A_REPORT);
  }

  /** Empty where the parser gave up before it knew a place, at one of its limits. */
  private static String place(JsonLocation location) {
    return location == null
        ? ""
        : " in line %d, column %d".formatted(location.getLineNr(), location.getColumnNr());
  }

  private static String text(JsonNode report, String field, String byDefault, int longest) {
    JsonNode value = report.path(field);
    if (absent(value) || (value.isTextual() && value.asText().isBlank())) {
      return byDefault;
    }
    String text = value.asText().strip();
    if (!value.isTextual() || !isStorable(text, longest)) {
      throw wrong(field, value, expectedText(longest));
    }
    return text;
  }

  private static String expectedText(int longest) {
    return "text of at most %d characters".formatted(longest);
  }

  /** No database stores NUL or half a surrogate pair as it came. */
  private static boolean isStorable(String text, int longest) {
    return text.length() <= longest
        && text.indexOf('\0') < 0
        && StandardCharsets.UTF_8.newEncoder().canEncode(text);
  }

  private static Double accuracy(JsonNode report) {
    JsonNode value = report.path("accuracy");
    if (absent(value)) {
      return null;
    }
    if (!value.isNumber() || !(value.asDouble() >= 0 && value.asDouble() <= 1)) {
      throw wrong("accuracy", value, "a number from 0 to 1, or null");
    }
    return value.asDouble();
  }

  /** The offset may be missing (UTC), and Python's {@code str()} writes a blank for the T. */
  private static OffsetDateTime executionDate(JsonNode report) {
    JsonNode value = report.path("execution_date");
    if (absent(value)) {
      return null;
    }
    String expected = "an ISO 8601 instant such as 2026-11-22T00:00:00Z";
    if (!value.isTextual()) {
      throw wrong("execution_date", value, expected);
    }
    try {
      String text = value.asText().strip().replaceFirst("^(\\d{4}-\\d{2}-\\d{2}) ", "$1T");
      TemporalAccessor parsed =
          DateTimeFormatter.ISO_DATE_TIME.parseBest(
              text, OffsetDateTime::from, LocalDateTime::from);
      OffsetDateTime instant =
          parsed instanceof OffsetDateTime withOffset
              ? withOffset.withOffsetSameInstant(ZoneOffset.UTC)
              : ((LocalDateTime) parsed).atOffset(ZoneOffset.UTC);
      if (isUsable(instant.toLocalDate())) {
        return instant;
      }
    } catch (DateTimeException e) {
      throw wrong("execution_date", value, expected);
    }
    throw wrong("execution_date", value, expected);
  }

  private static LocalDate ds(JsonNode report) {
    JsonNode value = report.path("ds");
    if (absent(value)) {
      return null;
    }
    String expected = "a day such as 2026-11-22";
    if (!value.isTextual()) {
      throw wrong("ds", value, expected);
    }
    try {
      LocalDate day = LocalDate.parse(value.asText().strip());
      if (isUsable(day)) {
        return day;
      }
    } catch (DateTimeException e) {
      throw wrong("ds", value, expected);
    }
    throw wrong("ds", value, expected);
  }

  private static boolean isUsable(LocalDate day) {
    return day.getYear() >= 1 && day.getYear() <= LAST_YEAR;
  }

  private static boolean absent(JsonNode value) {
    return value.isMissingNode() || value.isNull();
  }

  private static UnreadableReportException wrong(String field, JsonNode value, String expected) {
    String shown = value.toString();
    return new UnreadableReportException(
        field,
        shown.length() <= LONGEST_EXCERPT ? shown : shown.substring(0, LONGEST_EXCERPT) + "...",
        expected);
  }
}
