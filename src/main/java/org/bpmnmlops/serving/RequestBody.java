package org.bpmnmlops.serving;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads JSON that callers of several systems write in several forms. */
final class RequestBody {

  /**
   * Rows to score.
   *
   * @param list whether they came as a list, and are answered as one
   */
  record Rows(List<Map<String, Object>> rows, boolean list) {}

  static final int MOST_ROWS = 100_000;

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
          .build();

  private RequestBody() {}

  /** {@code {"features": {...}}}, {@code {"rows": [...]}}, a list of rows, or one row. */
  static Rows rows(HttpServletRequest request) throws IOException {
    Object body = read(request);
    if (body instanceof List<?> list) {
      return list(list);
    }
    Map<String, Object> object = object("the body", body);
    if (object.get("rows") instanceof List<?> list) {
      return list(list);
    }
    if (object.get("features") instanceof Map<?, ?> features) {
      return new Rows(List.of(object("features", features)), false);
    }
    return new Rows(List.of(object), false);
  }

  static Map<String, Object> object(HttpServletRequest request) throws IOException {
    return object("the body", read(request));
  }

  static Map<String, Object> object(String field, Object value) {
    if (!(value instanceof Map<?, ?> map)) {
      throw new UnusableInputException(
          field, shown(value), "a JSON object such as {\"TV\": 230.1, \"radio\": 37.8}");
    }
    Map<String, Object> object = new LinkedHashMap<>();
    map.forEach((key, element) -> object.put((String) key, element));
    return object;
  }

  private static Rows list(List<?> list) {
    if (list.isEmpty() || list.size() > MOST_ROWS) {
      throw new UnusableInputException(
          "rows", "%d rows".formatted(list.size()), "1 to %d rows".formatted(MOST_ROWS));
    }
    List<Map<String, Object>> rows = new ArrayList<>(list.size());
    for (Object row : list) {
      rows.add(object("row " + rows.size(), row));
    }
    return new Rows(rows, true);
  }

  private static Object read(HttpServletRequest request) throws IOException {
    String encoding = request.getHeader("Content-Encoding");
    if (encoding != null && !encoding.equals("identity")) {
      throw new UnusableInputException("the header Content-Encoding", encoding, "none");
    }
    long announced = request.getContentLengthLong();
    byte[] body =
        request
            .getInputStream()
            .readNBytes(announced < 0 ? Integer.MAX_VALUE : Math.toIntExact(announced));
    if (body.length == 0) {
      // What is declared as a form is read as one before it comes here.
      throw new UnusableInputException(
          "the body", null, "JSON, with the header Content-Type: application/json");
    }
    try {
      return JSON.readValue(body, Object.class);
    } catch (JsonProcessingException e) {
      var place = e.getLocation();
      throw new UnusableInputException(
          "the body",
          place == null
              ? e.getOriginalMessage()
              : "%s (line %d, column %d)"
                  .formatted(e.getOriginalMessage(), place.getLineNr(), place.getColumnNr()),
          "JSON");
    }
  }

  private static String shown(Object value) {
    String text = String.valueOf(value);
    return text.length() <= 60 ? text : text.substring(0, 60) + "...";
  }
}
