package org.bpmnmlops.production;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.core.io.NumberOutput;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.bpmnmlops.artifact.Artifacts;
import org.bpmnmlops.data.Schema;
import org.bpmnmlops.data.Table;
import org.bpmnmlops.data.TextRows;
import org.bpmnmlops.data.TypedRows;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Every prediction served or imported, and every outcome fed back, in the caller's transaction.
 * Types are those of the model's schema; nothing is inferred from the rows.
 */
@Component
public class ProductionData {

  /** What a label changed. */
  public enum Labelled {
    /** The outcome was not known before. */
    NEW,
    /** The same outcome was known already; nothing changed. */
    SAME,
    /** Another outcome was known; this one took its place. */
    CORRECTED,
    /** There is no such prediction. */
    UNKNOWN
  }

  private static final int MATCHED = 10_000;

  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER).build();
  private static final TypeReference<LinkedHashMap<String, Object>> VALUES =
      new TypeReference<>() {};
  private static final TypeReference<LinkedHashMap<String, Double>> SHARES =
      new TypeReference<>() {};

  private static final int AT_ONCE = 1000;

  /** Many rows in one statement, which takes about three quarters of the time of one per row. */
  private static final String ADD_NEW =
      """
      INSERT INTO mlops_prediction (id, model, version, features, features_hash, prediction,
          probabilities, predicted_at, source, run)
      SELECT n.* FROM UNNEST(CAST(? AS UUID ARRAY), CAST(? AS VARCHAR(100) ARRAY),
          CAST(? AS INTEGER ARRAY), CAST(? AS VARCHAR(1000000) ARRAY), CAST(? AS BIGINT ARRAY),
          CAST(? AS VARCHAR(4000) ARRAY), CAST(? AS VARCHAR(1000000) ARRAY),
          CAST(? AS TIMESTAMP WITH TIME ZONE ARRAY), CAST(? AS VARCHAR(10) ARRAY),
          CAST(? AS VARCHAR(64) ARRAY)) AS n (id, model, version, features, features_hash,
          prediction, probabilities, predicted_at, source, run)
      """;

  private static final String ADD =
      ADD_NEW + "WHERE NOT EXISTS (SELECT 1 FROM mlops_prediction p WHERE p.id = n.id)";

  private static final String ADD_OUTCOME =
      """
      INSERT INTO mlops_outcome (prediction_id, model, actual, actual_at, archived_by)
      SELECT n.* FROM UNNEST(CAST(? AS UUID ARRAY), CAST(? AS VARCHAR(100) ARRAY),
          CAST(? AS VARCHAR(4000) ARRAY), CAST(? AS TIMESTAMP WITH TIME ZONE ARRAY),
          CAST(? AS VARCHAR(64) ARRAY)) AS n (prediction_id, model, actual, actual_at, archived_by)
      JOIN mlops_prediction p ON p.id = n.prediction_id AND p.model = n.model
      WHERE NOT EXISTS (SELECT 1 FROM mlops_outcome o WHERE o.prediction_id = n.prediction_id)
      """;

  /**
   * A column of rows that are added.
   *
   * @param type of its values, in PostgreSQL's words; H2 does not ask
   */
  private record Parameter<T>(String type, Function<T, Object> of) {}

  private static final List<Parameter<StoredPrediction>> PREDICTION_COLUMNS =
      List.of(
          new Parameter<>("uuid", StoredPrediction::id),
          new Parameter<>("varchar", StoredPrediction::model),
          new Parameter<>("int4", StoredPrediction::version),
          new Parameter<>("varchar", StoredPrediction::features),
          new Parameter<>("int8", row -> hash(row.features())),
          new Parameter<>("varchar", StoredPrediction::prediction),
          new Parameter<>("varchar", StoredPrediction::probabilities),
          new Parameter<>("timestamptz", row -> row.predictedAt().atOffset(ZoneOffset.UTC)),
          new Parameter<>("varchar", row -> row.source().toString()),
          new Parameter<>("varchar", StoredPrediction::run));

  private static final List<Parameter<ProductionRow>> OUTCOME_COLUMNS =
      List.of(
          new Parameter<>("uuid", ProductionRow::id),
          new Parameter<>("varchar", ProductionRow::model),
          new Parameter<>("varchar", ProductionRow::actual),
          new Parameter<>(
              "timestamptz",
              row ->
                  (row.actualAt() == null ? row.predictedAt() : row.actualAt())
                      .atOffset(ZoneOffset.UTC)),
          new Parameter<>("varchar", ProductionRow::archivedBy));

  private final JdbcClient jdbc;
  private final JdbcTemplate batches;

  ProductionData(JdbcClient jdbc, JdbcTemplate batches) {
    this.jdbc = jdbc;
    this.batches = batches;
  }

  /** Adds rows whose ids were made just now. */
  @Transactional
  public void recordNew(Collection<StoredPrediction> rows) {
    add(ADD_NEW, ascending(rows.stream()), PREDICTION_COLUMNS);
  }

  /** Adds rows; one whose id is known changes nothing. */
  @Transactional
  public void recordMissing(Collection<StoredPrediction> rows) {
    Set<UUID> seen = new HashSet<>();
    add(ADD, ascending(rows.stream().filter(row -> seen.add(row.id()))), PREDICTION_COLUMNS);
  }

  /** In the order of its index a row costs H2 about half as much. */
  private static List<StoredPrediction> ascending(Stream<StoredPrediction> rows) {
    return rows.sorted(Comparator.comparing(StoredPrediction::id)).toList();
  }

  /**
   * Adds rows, with their outcomes where they have one; a row whose id is known changes nothing but
   * an outcome that its prediction lacks, and that only where the prediction is of the same model.
   */
  @Transactional
  public void record(Collection<ProductionRow> rows) {
    recordMissing(rows.stream().map(StoredPrediction::of).toList());
    Set<UUID> seen = new HashSet<>();
    add(
        ADD_OUTCOME,
        rows.stream().filter(row -> row.actual() != null && seen.add(row.id())).toList(),
        OUTCOME_COLUMNS);
  }

  /**
   * A prediction that is there already.
   *
   * @param actual its outcome; null where none is known
   */
  public record Known(String model, String actual) {}

  /** Those of at most a thousand predictions that are there, by their id. */
  public Map<UUID, Known> known(List<UUID> predictions) {
    Map<UUID, Known> known = new HashMap<>();
    if (!predictions.isEmpty()) {
      jdbc.sql(
              "SELECT p.id, p.model, o.actual FROM mlops_prediction p"
                  + " LEFT JOIN mlops_outcome o ON o.prediction_id = p.id WHERE p.id IN (:ids)")
          .param("ids", predictions)
          .query(
              (ResultSet row) -> {
                known.put(
                    row.getObject("id", UUID.class),
                    new Known(row.getString("model"), row.getString("actual")));
              });
    }
    return known;
  }

  private <T> void add(String statement, List<T> rows, List<Parameter<T>> columns) {
    for (int from = 0; from < rows.size(); from += AT_ONCE) {
      List<T> part = rows.subList(from, Math.min(rows.size(), from + AT_ONCE));
      batches.update(
          statement,
          (PreparedStatement prepared) -> {
            Connection connection = prepared.getConnection();
            for (int i = 0; i < columns.size(); i++) {
              Parameter<T> column = columns.get(i);
              Object[] values = part.stream().map(column.of()).toArray();
              prepared.setArray(i + 1, connection.createArrayOf(column.type(), values));
            }
          });
    }
  }

  /**
   * Notes what came true of a prediction; the last word counts. A corrected row is no longer
   * archived: the reference has it with another outcome.
   */
  @Transactional
  public Labelled label(UUID prediction, String actual, Instant at) {
    // Two outcomes of one prediction at once wait for each other here.
    Optional<String> model =
        jdbc.sql("SELECT model FROM mlops_prediction WHERE id = :id FOR UPDATE")
            .param("id", prediction)
            .query(String.class)
            .optional();
    if (model.isEmpty()) {
      return Labelled.UNKNOWN;
    }
    Optional<String> known =
        jdbc.sql("SELECT actual FROM mlops_outcome WHERE prediction_id = :id")
            .param("id", prediction)
            .query(String.class)
            .optional();
    if (known.isEmpty()) {
      jdbc.sql(
              "INSERT INTO mlops_outcome (prediction_id, model, actual, actual_at)"
                  + " VALUES (:id, :model, :actual, :at)")
          .param("id", prediction)
          .param("model", model.get())
          .param("actual", actual)
          .param("at", Timestamp.from(at))
          .update();
      return Labelled.NEW;
    }
    if (known.get().equals(actual)) {
      return Labelled.SAME;
    }
    jdbc.sql(
            "UPDATE mlops_outcome SET actual = :actual, actual_at = :at, archived_by = NULL"
                + " WHERE prediction_id = :id")
        .param("id", prediction)
        .param("actual", actual)
        .param("at", Timestamp.from(at))
        .update();
    return Labelled.CORRECTED;
  }

  /**
   * The oldest of the newest {@value #MATCHED} predictions that was made of these features and has
   * no outcome yet: the one that a caller means who does not know its id.
   */
  public Optional<UUID> findUnlabelled(String model, Map<String, Object> features) {
    String text = json(features);
    return jdbc.sql(
            """
            SELECT p.id FROM (
                SELECT id, features, features_hash, predicted_at FROM mlops_prediction WHERE model = :model
                ORDER BY predicted_at DESC FETCH FIRST :matched ROWS ONLY) p
            WHERE p.features_hash = :hash AND p.features = :features AND NOT EXISTS (
                SELECT 1 FROM mlops_outcome o WHERE o.prediction_id = p.id)
            ORDER BY p.predicted_at, p.id FETCH FIRST 1 ROW ONLY
            """)
        .param("model", model)
        .param("matched", MATCHED)
        .param("hash", hash(text))
        .param("features", text)
        .query(UUID.class)
        .optional();
  }

  /** The prediction whose outcome came with this key. */
  public Optional<UUID> findByKey(String key) {
    return jdbc.sql("SELECT prediction_id FROM mlops_outcome WHERE feedback_key = :key")
        .param("key", Artifacts.sha256(key))
        .query(UUID.class)
        .optional();
  }

  /** Keeps the key with which the outcome of a prediction came. */
  @Transactional
  public void rememberKey(UUID prediction, String key) {
    jdbc.sql("UPDATE mlops_outcome SET feedback_key = :key WHERE prediction_id = :id")
        .param("key", Artifacts.sha256(key))
        .param("id", prediction)
        .update();
  }

  /** A row by its id. */
  public Optional<ProductionRow> find(UUID prediction) {
    return jdbc.sql(
            """
            SELECT p.*, o.actual, o.actual_at, o.archived_by FROM mlops_prediction p
            LEFT JOIN mlops_outcome o ON o.prediction_id = p.id WHERE p.id = :id
            """)
        .param("id", prediction)
        .query((row, number) -> row(row))
        .optional();
  }

  /** How many rows there are; looks for outcomes only where the window asks for them. */
  public long count(Window window) {
    Query query = new Query(window, window.labelledOnly() || window.unarchivedOnly());
    return jdbc.sql("SELECT COUNT(*) " + query.text())
        .params(query.values())
        .query(Long.class)
        .single();
  }

  /**
   * Reads rows, oldest prediction first. A wanted column that a row does not have is missing there;
   * columns that are not wanted are left out.
   *
   * @param schema the wanted raw columns and their types: the model's
   */
  @Transactional
  public ProductionTable read(Window window, Schema schema) {
    return rowByRow(() -> readRows(window, schema));
  }

  /**
   * H2 hands over what it has found so far instead of keeping all rows in its file until the last
   * one is found. PostgreSQL does so within a transaction by the size of a fetch.
   */
  private <T> T rowByRow(Supplier<T> reading) {
    if (!Boolean.TRUE.equals(batches.execute(ProductionData::isH2))) {
      return reading.get();
    }
    batches.execute("SET LAZY_QUERY_EXECUTION 1");
    try {
      return reading.get();
    } finally {
      batches.execute("SET LAZY_QUERY_EXECUTION 0");
    }
  }

  private static boolean isH2(Connection connection) throws SQLException {
    return connection.getMetaData().getDatabaseProductName().equals("H2");
  }

  private ProductionTable readRows(Window window, Schema schema) {
    Query query = new Query(window);
    int expected = Math.toIntExact(count(window));
    TypedRows features = new TypedRows("production data of " + window.model(), schema, expected);
    List<UUID> ids = new Ids(expected);
    List<Integer> versions = new ArrayList<>(expected);
    TextRows predictions = new TextRows(expected);
    TextRows actuals = new TextRows(expected);
    List<Instant> predictedAt = new Moments(expected);
    List<Instant> actualAt = new Moments(expected);
    jdbc.sql(
            "SELECT p.id, p.version, p.features, p.prediction, p.predicted_at, o.actual, o.actual_at "
                + query.text()
                + " ORDER BY p.model, p.predicted_at, p.id")
        .params(query.values())
        .query(
            (ResultSet row) -> {
              features.add(values(row.getString("features")));
              ids.add(row.getObject("id", UUID.class));
              versions.add(row.getObject("version", Integer.class));
              predictions.add(row.getString("prediction"));
              actuals.add(row.getString("actual"));
              predictedAt.add(moment(row, "predicted_at"));
              actualAt.add(moment(row, "actual_at"));
            });
    return new ProductionTable(
        features.table(),
        predictions.column("prediction"),
        actuals.column("actual"),
        Collections.unmodifiableList(ids),
        Collections.unmodifiableList(versions),
        Collections.unmodifiableList(predictedAt),
        Collections.unmodifiableList(actualAt),
        features.misfits());
  }

  /**
   * How often predictions came true.
   *
   * @param rows with a prediction and an outcome
   * @param right how many of them were predicted correctly
   */
  public record Hits(long rows, long right) {}

  /** How often the predictions of a window came true, as far as outcomes are known. */
  public Hits hits(Window window) {
    Query query = new Query(window.labelled());
    return jdbc.sql(
            "SELECT COUNT(p.prediction), COALESCE(SUM(CASE WHEN p.prediction = o.actual THEN 1"
                + " ELSE 0 END), 0) "
                + query.text())
        .params(query.values())
        .query((row, number) -> new Hits(row.getLong(1), row.getLong(2)))
        .single();
  }

  /** How many of a model's outcomes were fed back, or corrected, after a moment; null for ever. */
  public long labelledSince(String model, Instant after) {
    return jdbc.sql(
            "SELECT COUNT(*) FROM mlops_outcome WHERE model = :model AND actual_at > :after")
        .param("model", model)
        .param("after", Timestamp.from(after == null ? Instant.EPOCH : after))
        .query(Long.class)
        .single();
  }

  /** The features of a model's newest predictions, at most so many. */
  public Table newest(String model, int most, Schema schema) {
    TypedRows features = new TypedRows("production data of " + model, schema, most);
    jdbc.sql(
            "SELECT features FROM mlops_prediction WHERE model = :model"
                + " ORDER BY predicted_at DESC, id FETCH FIRST :most ROWS ONLY")
        .param("model", model)
        .param("most", most)
        .query((ResultSet row) -> features.add(values(row.getString("features"))));
    return features.table();
  }

  /**
   * Marks rows as taken into the reference.
   *
   * @return how many were not before; a row without an outcome cannot be taken
   */
  @Transactional
  public int archive(Collection<UUID> predictions, String run) {
    int[][] changed =
        batches.batchUpdate(
            "UPDATE mlops_outcome SET archived_by = ? WHERE prediction_id = ? AND archived_by IS NULL",
            predictions,
            1000,
            (statement, id) -> {
              statement.setString(1, run);
              statement.setObject(2, id);
            });
    int count = 0;
    for (int[] batch : changed) {
      for (int rows : batch) {
        count += rows;
      }
    }
    return count;
  }

  /**
   * Takes back what a run archived.
   *
   * @return how many rows
   */
  @Transactional
  public int unarchive(String run) {
    return jdbc.sql("UPDATE mlops_outcome SET archived_by = NULL WHERE archived_by = :run")
        .param("run", run)
        .update();
  }

  /** The rest of a query over a window. */
  private static final class Query {

    private final StringBuilder text = new StringBuilder("FROM mlops_prediction p");
    private final Map<String, Object> values = new HashMap<>();

    Query(Window window) {
      this(window, true);
    }

    Query(Window window, boolean outcomes) {
      text.append(outcomes ? " LEFT JOIN mlops_outcome o ON o.prediction_id = p.id" : "");
      text.append(" WHERE p.model = :model");
      values.put("model", window.model());
      and(" AND p.version = :version", "version", window.version());
      and(" AND p.predicted_at >= :from", "from", timestamp(window.from()));
      and(" AND p.predicted_at < :to", "to", timestamp(window.to()));
      if (window.labelledOnly()) {
        text.append(" AND o.actual IS NOT NULL");
      }
      if (window.unarchivedOnly()) {
        text.append(" AND o.archived_by IS NULL");
      }
    }

    private void and(String condition, String name, Object value) {
      if (value != null) {
        text.append(condition);
        values.put(name, value);
      }
    }

    String text() {
      return text.toString();
    }

    Map<String, Object> values() {
      return values;
    }
  }

  private static ProductionRow row(ResultSet row) throws SQLException {
    String probabilities = row.getString("probabilities");
    return new ProductionRow(
        row.getObject("id", UUID.class),
        row.getString("model"),
        row.getObject("version", Integer.class),
        values(row.getString("features")),
        row.getString("prediction"),
        probabilities == null ? Map.of() : parse(probabilities, SHARES),
        moment(row, "predicted_at"),
        row.getString("actual"),
        moment(row, "actual_at"),
        Source.of(row.getString("source")),
        row.getString("run"),
        row.getString("archived_by"));
  }

  private static Instant moment(ResultSet row, String column) throws SQLException {
    OffsetDateTime moment = row.getObject(column, OffsetDateTime.class);
    return moment == null ? null : moment.toInstant();
  }

  private static Timestamp timestamp(Instant moment) {
    return moment == null ? null : Timestamp.from(moment);
  }

  private static Map<String, Object> values(String json) {
    return parse(json, VALUES);
  }

  /** Equal features in equal order give equal numbers; others hardly ever do. */
  static long hash(String features) {
    long hash = 0;
    for (int i = 0; i < features.length(); i++) {
      hash = (hash ^ features.charAt(i)) * 0x100000001B3L;
      hash ^= hash >>> 29;
    }
    return hash;
  }

  /** As Jackson's mapper writes it, without its cost for each of many small objects. */
  static String json(Map<String, ?> values) {
    JsonStringEncoder quoter = JsonStringEncoder.getInstance();
    StringBuilder json = new StringBuilder(32 * values.size() + 2);
    char separator = '{';
    for (Map.Entry<String, ?> entry : values.entrySet()) {
      json.append(separator).append('"');
      quoter.quoteAsString(entry.getKey(), json);
      json.append("\":");
      Object value = entry.getValue();
      if (value instanceof Double number && Double.isFinite(number)) {
        json.append(NumberOutput.toString(number, true));
      } else if (value instanceof String text) {
        json.append('"');
        quoter.quoteAsString(text, json);
        json.append('"');
      } else if (value == null) {
        json.append("null");
      } else {
        return jsonOfAnything(values);
      }
      separator = ',';
    }
    return values.isEmpty() ? "{}" : json.append('}').toString();
  }

  static String jsonOfAnything(Map<String, ?> values) {
    try {
      return JSON.writeValueAsString(values);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("Features are numbers, texts and null", e);
    }
  }

  private static <T> T parse(String json, TypeReference<T> type) {
    try {
      return JSON.readValue(json, type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A row of mlops_prediction holds no JSON of ours", e);
    }
  }
}
