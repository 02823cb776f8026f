package org.bpmnmlops.production;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.bpmnmlops.TestDatabase;
import org.bpmnmlops.data.ColumnType;
import org.bpmnmlops.data.NumericColumn;
import org.bpmnmlops.data.Schema;
import org.bpmnmlops.data.Schema.ColumnSchema;
import org.bpmnmlops.data.TypedRows.Misfit;
import org.bpmnmlops.production.ProductionData.Labelled;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What production data promises on every database. */
abstract class ProductionDataPromises {

  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  private static final Schema SCHEMA =
      new Schema(
          List.of(
              new ColumnSchema("TV", ColumnType.NUMERICAL),
              new ColumnSchema("region", ColumnType.CATEGORICAL)));

  private ProductionData data;

  private final TestDatabase kind;

  ProductionDataPromises(TestDatabase kind) {
    this.kind = kind;
  }

  @BeforeEach
  void create() {
    DataSource database = kind.create();
    data = new ProductionData(JdbcClient.create(database), new JdbcTemplate(database));
  }

  @Test
  void givesBackWhatWasRecorded() {
    ProductionRow row = served(0, 230.1, "north");

    data.record(List.of(row));

    assertThat(data.find(row.id())).contains(row);
    assertThat(data.find(UUID.randomUUID())).isEmpty();
  }

  @Test
  void recordsEveryNewRowWhateverTheirNumber() {
    List<StoredPrediction> rows =
        IntStream.range(0, 2_001)
            .mapToObj(i -> StoredPrediction.of(served(i, i + 0.5, i % 2 == 0 ? "north" : null)))
            .toList();

    for (int number : new int[] {1, 1_000, 2_001}) {
      create();
      data.recordNew(rows.subList(0, number));

      assertThat(data.count(Window.of("advertising"))).isEqualTo(number);
      StoredPrediction last = rows.get(number - 1);
      assertThat(data.find(last.id())).map(StoredPrediction::of).contains(last);
    }
  }

  @Test
  void recordsARowOnceHoweverOftenItComes() {
    ProductionRow row = served(0, 230.1, "north");

    data.record(List.of(row, row));
    data.record(List.of(row, served(1, 1.0, "south")));

    assertThat(data.count(Window.of("advertising"))).isEqualTo(2);
  }

  @Test
  void givesNoPredictionOfAnotherModelAnOutcome() {
    ProductionRow row = served(0, 230.1, "north");
    data.record(List.of(row));

    data.record(List.of(labelled(row, "another")));
    assertThat(data.find(row.id()).orElseThrow().actual()).isNull();

    data.record(List.of(labelled(row, row.model())));
    assertThat(data.find(row.id()).orElseThrow().actual()).isEqualTo("1");
  }

  @Test
  void countsTheFirstOutcomeASecondTimeOnlyWhenItDiffers() {
    ProductionRow row = served(0, 230.1, "north");
    data.record(List.of(row));

    assertThat(data.label(row.id(), "1", NOON)).isEqualTo(Labelled.NEW);
    assertThat(data.label(row.id(), "1", NOON.plusSeconds(1))).isEqualTo(Labelled.SAME);
    assertThat(data.find(row.id()).orElseThrow().actualAt()).isEqualTo(NOON);
    assertThat(data.label(row.id(), "0", NOON.plusSeconds(2))).isEqualTo(Labelled.CORRECTED);
    assertThat(data.label(UUID.randomUUID(), "0", NOON)).isEqualTo(Labelled.UNKNOWN);

    assertThat(data.find(row.id()).orElseThrow())
        .returns("0", ProductionRow::actual)
        .returns(NOON.plusSeconds(2), ProductionRow::actualAt);
  }

  @Test
  void readsAWindowWithTheTypesOfTheSchema() {
    data.record(
        List.of(
            served(2, "17.5", 1.0),
            served(1, 1, "south"),
            served(0, null, "  "),
            served(3, 4.0, "late")));

    ProductionTable table = data.read(Window.of("advertising").until(NOON.plusSeconds(3)), SCHEMA);

    assertThat(((NumericColumn) table.features().column("TV")).values())
        .containsExactly(Double.NaN, 1, 17.5);
    assertThat(texts(table, "region")).containsExactly("", "south", "1");
    assertThat(table.predictedAt()).containsExactly(NOON, NOON.plusSeconds(1), NOON.plusSeconds(2));
    assertThat(table.versions()).containsExactly(3, 3, 3);
    assertThat(table.prediction().levels()).containsExactly("1");
    assertThat(table.actual().isMissing(0)).isTrue();
    assertThat(table.misfits()).isEmpty();
  }

  @Test
  void readsIdsAndMomentsAsTheyWereRecorded() {
    Instant exact = NOON.plusNanos(123_456_000);
    List<ProductionRow> rows =
        IntStream.range(0, 3).mapToObj(i -> served(i, 1.0, "north")).toList();
    data.record(rows);
    data.label(rows.get(1).id(), "1", exact);

    ProductionTable table = data.read(Window.of("advertising"), SCHEMA);

    assertThat(table.ids()).isEqualTo(ids(rows));
    assertThat(table.predictedAt())
        .isEqualTo(rows.stream().map(ProductionRow::predictedAt).toList());
    assertThat(table.actualAt()).containsExactly(null, exact, null);
  }

  @Test
  void reportsWhatDoesNotFitAndTakesItForMissing() {
    data.record(List.of(served(0, 1.0, "north"), served(1, "many", List.of("a"))));

    ProductionTable table = data.read(Window.of("advertising"), SCHEMA);

    assertThat(table.misfits())
        .containsExactly(
            new Misfit(1, "TV", "many", "a number"), new Misfit(1, "region", "[a]", "text"));
    assertThat(table.features().column("TV").isMissing(1)).isTrue();
    assertThat(table.rows()).isEqualTo(2);
  }

  @Test
  void hasAllColumnsAndNoRowsBeforeTheFirstPrediction() {
    ProductionTable table = data.read(Window.of("advertising"), SCHEMA);

    assertThat(table.rows()).isZero();
    assertThat(table.features().names()).containsExactly("TV", "region");
    assertThat(data.count(Window.of("advertising"))).isZero();
  }

  @Test
  void looksThroughEveryWindow() {
    List<ProductionRow> rows =
        IntStream.range(0, 10).mapToObj(i -> served(i, 1.0 * i, "north")).toList();
    data.record(rows);
    rows.subList(0, 6).forEach(row -> data.label(row.id(), "1", NOON));
    Window all = Window.of("advertising");

    assertThat(data.archive(ids(rows.subList(0, 2)), "run-1")).isEqualTo(2);
    assertThat(data.archive(ids(rows), "run-2")).isEqualTo(4);
    assertThat(data.unarchive("run-2")).isEqualTo(4);

    assertThat(data.count(all.labelled())).isEqualTo(6);
    assertThat(data.count(all.labelled().unarchived())).isEqualTo(4);
    assertThat(data.count(all.unarchived())).isEqualTo(8);
    assertThat(data.count(all.since(NOON.plusSeconds(4)).until(NOON.plusSeconds(7)))).isEqualTo(3);
    assertThat(data.count(all.ofVersion(3))).isEqualTo(10);
    assertThat(data.count(all.ofVersion(4))).isZero();
    assertThat(data.count(Window.of("other"))).isZero();
  }

  @Test
  void findsTheOldestPredictionOfTheSameFeaturesThatHasNoOutcome() {
    ProductionRow first = served(0, 1.0, "north");
    ProductionRow second = served(1, 1.0, "north");
    data.record(List.of(second, first, served(2, 2.0, "north")));

    assertThat(data.findUnlabelled("advertising", first.features())).contains(first.id());
    data.label(first.id(), "1", NOON);
    assertThat(data.findUnlabelled("advertising", first.features())).contains(second.id());
    data.label(second.id(), "1", NOON);
    assertThat(data.findUnlabelled("advertising", first.features())).isEmpty();
    assertThat(data.findUnlabelled("other", first.features())).isEmpty();
  }

  @Test
  void knowsTheOutcomeThatCameWithAKey() {
    ProductionRow row = served(0, 1.0, "north");
    data.record(List.of(row));
    data.label(row.id(), "1", NOON);

    data.rememberKey(row.id(), "caller's key");

    assertThat(data.findByKey("caller's key")).contains(row.id());
    assertThat(data.findByKey("another")).isEmpty();
  }

  @Test
  void letsACorrectedRowJoinTheReferenceAgain() {
    ProductionRow row = served(0, 1.0, "north");
    data.record(List.of(row));
    data.label(row.id(), "1", NOON);
    data.archive(List.of(row.id()), "run-1");

    data.label(row.id(), "0", NOON);

    assertThat(data.find(row.id()).orElseThrow().archivedBy()).isNull();
  }

  private static List<UUID> ids(List<ProductionRow> rows) {
    return rows.stream().map(ProductionRow::id).toList();
  }

  private static List<String> texts(ProductionTable table, String column) {
    return IntStream.range(0, table.rows())
        .mapToObj(row -> table.features().column(column).text(row))
        .toList();
  }

  private static ProductionRow labelled(ProductionRow row, String model) {
    return new ProductionRow(
        row.id(),
        model,
        row.version(),
        row.features(),
        row.prediction(),
        row.probabilities(),
        row.predictedAt(),
        "1",
        row.predictedAt(),
        row.source(),
        row.run(),
        row.archivedBy());
  }

  private static ProductionRow served(int second, Object tv, Object region) {
    Map<String, Object> features = new LinkedHashMap<>();
    features.put("TV", tv);
    features.put("region", region);
    return ProductionRow.served(
        "advertising",
        3,
        features,
        "1",
        Map.of("0", 0.25, "1", 0.75),
        NOON.plusSeconds(second),
        null);
  }
}
