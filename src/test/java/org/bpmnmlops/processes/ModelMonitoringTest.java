package org.bpmnmlops.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.bpmnmlops.Server;
import org.bpmnmlops.data.TypedRows;
import org.bpmnmlops.production.ProductionData;
import org.bpmnmlops.production.ProductionRow;
import org.bpmnmlops.registry.Alias;
import org.bpmnmlops.registry.ModelVersion;
import org.bpmnmlops.registry.TrainedRun;
import org.bpmnmlops.training.TrainedModel;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.util.FileSystemUtils;

/** Every way through model monitoring: a real model, real rows, a real mail server. */
class ModelMonitoringTest extends ProcessTest {

  private static final String PIPELINE = "model-monitoring";
  private static final String MODEL = "advertising";

  @Autowired private ProductionData production;
  @Autowired private Server server;

  private ModelVersion champion;
  private TrainedModel model;

  ModelMonitoringTest() {
    super(PIPELINE);
  }

  @DynamicPropertySource
  static void surroundings(DynamicPropertyRegistry settings) {
    surround(settings, "monitoring");
  }

  @BeforeAll
  void trainAModel() {
    ClockUtil.setCurrentTime(Date.from(Instant.parse("2026-11-20T06:00:00Z")));
    work(runtime.startProcessInstanceByKey("advertising-pipeline"));
    champion = registry.find(MODEL, Alias.CHAMPION).orElseThrow();
    model = registry.load(champion);
  }

  @BeforeEach
  void startAfresh() throws IOException {
    ClockUtil.setCurrentTime(Date.from(Instant.parse("2026-11-25T12:00:00Z")));
    for (String table : List.of("mlops_outcome", "mlops_prediction", "mlops_report")) {
      jdbc.sql("DELETE FROM " + table).update();
    }
    jdbc.sql("DELETE FROM mlops_monitoring WHERE run <> '*'").update();
    jdbc.sql("DELETE FROM mlops_import WHERE sha256 <> '*'").update();
    jdbc.sql("DELETE FROM mlops_run WHERE pipeline = :pipeline")
        .param("pipeline", PIPELINE)
        .update();
    for (Path folder : List.of(home.reports(), home.production(), home.contracts())) {
      FileSystemUtils.deleteRecursively(folder);
    }
  }

  /**
   * The replaced system's performance report never worked, its drift check failed on the column
   * that production alone has, the prediction, and its summary was printed.
   */
  @Test
  void writesThreeReportsAndMailsASummary() throws Exception {
    serve(row -> row, 150);

    ProcessInstance run = start(Map.of());
    work(run);

    assertThat(run)
        .isEnded()
        .hasPassed(
            "serviceTask_checkData",
            "serviceTask_qualityReport",
            "serviceTask_driftReport",
            "serviceTask_performanceReport",
            "serviceTask_compareWithLastRun",
            "serviceTask_cleanUpOldReports",
            "serviceTask_sendSummary",
            "endEvent_reportsReady");
    assertThat(variable(run, "productionRows")).isEqualTo(200L);
    assertThat(variable(run, "labelledRows")).isEqualTo(150L);
    assertThat(variable(run, "judgedColumns")).isEqualTo(5L);
    assertThat(variable(run, "driftedColumns")).isEqualTo(0L);
    assertThat(variable(run, "driftShare")).isEqualTo(0.0);
    assertThat(variable(run, "datasetDrift")).isEqualTo(false);
    assertThat(variable(run, "currentAccuracy")).isEqualTo(accuracyOfFirst(150));
    assertThat(variable(run, "qualityVerdict")).isEqualTo("good");
    assertThat(variable(run, "driftVerdict")).isEqualTo("good");
    assertThat(reports())
        .containsExactly(
            "data_drift_report_20261125_120000.html",
            "data_drift_report_20261125_120000.json",
            "data_quality_report_20261125_120000.html",
            "data_quality_report_20261125_120000.json",
            "model_performance_report_20261125_120000.html",
            "model_performance_report_20261125_120000.json");
    assertThat(variable(run, "driftReport"))
        .isEqualTo("reports/data_drift_report_20261125_120000.html");
    assertThat(MAIL.getReceivedMessages()).hasSize(1);
    assertThat(mails().get(0))
        .contains(
            "/api/v1/reports/data_quality_report_20261125_120000",
            "/api/v1/reports/data_drift_report_20261125_120000",
            "/api/v1/reports/model_performance_report_20261125_120000",
            "0 of 5 judged columns",
            run.getId());
    assertThat(STATUS.heard()).last().asString().contains("\"status\":\"success\"", PIPELINE);
    assertThat(row(run)).containsEntry("outcome", "success").containsEntry("warnings", null);
  }

  @Test
  void givesTheSameNumbersInTheVariablesAndInTheJsonTwin() throws Exception {
    serve(row -> row, 100);
    ProcessInstance run = start(Map.of());
    work(run);

    JsonNode drift = twin("data_drift_report_20261125_120000");
    assertThat(drift.path("driftShare").doubleValue()).isEqualTo(variable(run, "driftShare"));
    assertThat(drift.path("judgedColumns").longValue()).isEqualTo(variable(run, "judgedColumns"));
    JsonNode performance = twin("model_performance_report_20261125_120000");
    assertThat(performance.path("current").path("accuracy").doubleValue())
        .isEqualTo(variable(run, "currentAccuracy"));
    assertThat(performance.path("reference").path("accuracy").doubleValue())
        .isEqualTo(champion.accuracy())
        .isEqualTo(variable(run, "referenceAccuracy"));
  }

  @Test
  void findsTheDriftOfAColumnThatMoved() {
    serve(row -> with(row, "TV", (Double) row.get("TV") + 200), 0);

    ProcessInstance run = start(Map.of());
    work(run);

    assertThat((Long) variable(run, "driftedColumns")).isPositive();
    assertThat(variable(run, "driftVerdict")).isIn("warn", "bad");
    assertThat(variable(run, "verdict")).isIn("warn", "bad");
  }

  @Test
  void judgesByTheRulesThatTheDiagramOrTheStartGives() {
    serve(row -> row, 0);

    ProcessInstance run = start(Map.of("columnRules", "TV: psi 0.000001; radio: hellinger"));
    work(run);

    assertThat(variable(run, "driftedColumns")).isEqualTo(0L);
    assertThat(variable(run, "judgedColumns")).isEqualTo(2L);
  }

  @Test
  void runsEverySixHoursByItself() {
    Job timer =
        management
            .createJobQuery()
            .timers()
            .processDefinitionKey(PIPELINE)
            .activityId("startEvent_everySixHoursOrOnRequest")
            .singleResult();
    Instant due = timer.getDuedate().toInstant();
    assertThat(due).isEqualTo(due.truncatedTo(ChronoUnit.HOURS));
    assertThat(due.getEpochSecond() % (6 * 3600)).isZero();
    management.executeJob(timer.getId());
    ProcessInstance run =
        runtime.createProcessInstanceQuery().processDefinitionKey(PIPELINE).singleResult();

    work(run);

    assertThat(run).isEnded().hasPassed("endEvent_reportsReady");
  }

  /** The replaced system ended green without a report, and nobody knew. */
  @Test
  void makesTheQualityReportAloneWhenThereIsNoProductionDataYet() throws Exception {
    ProcessInstance run = start(Map.of());
    work(run);

    assertThat(run).isEnded().hasPassed("endEvent_reportsReady");
    assertThat(reports())
        .containsExactly(
            "data_quality_report_20261125_120000.html", "data_quality_report_20261125_120000.json");
    assertThat(variable(run, "productionRows")).isEqualTo(0L);
    assertThat(variable(run, "driftShare")).isNull();
    assertThat(variable(run, "datasetDrift")).isNull();
    assertThat(variable(run, "currentAccuracy")).isNull();
    assertThat(variable(run, "driftReport")).isNull();
    assertThat(variable(run, "driftVerdict")).isEqualTo("unknown");
    assertThat((String) variable(run, "performanceSummary"))
        .startsWith("No production data since 2026-11-20 06:00:0");
    assertThat(mails().get(0))
        .contains("Data quality: too little to judge", "Data drift: too little to judge")
        .contains("No production data since 2026-11-20 06:00:0");
    assertThat(row(run)).containsEntry("outcome", "success");
  }

  @Test
  void measuresOnTheRowsThatHaveAnOutcomeAndSaysHowMany() {
    serve(row -> row, 0);

    ProcessInstance run = start(Map.of());
    work(run);

    assertThat(variable(run, "productionRows")).isEqualTo(200L);
    assertThat(variable(run, "labelledRows")).isEqualTo(0L);
    assertThat(variable(run, "currentAccuracy")).isNull();
    assertThat(variable(run, "performanceVerdict")).isEqualTo("unknown");
    assertThat((String) variable(run, "performanceSummary"))
        .contains("No outcomes known yet. Of 200 predictions none has");
    assertThat(twin("model_performance_report_20261125_120000").path("summary").path("verdict"))
        .describedAs("an old verdict is not the newest one")
        .asString()
        .contains("UNKNOWN");
    JsonNode quality = twin("data_quality_report_20261125_120000");
    assertThat(quality.path("current").path("missingCells").asInt(-1))
        .describedAs("outcomes that are not known yet are no missing values")
        .isZero();
  }

  @Test
  void looksAtTheLastDaysOnlyWhenAsked() {
    serve(row -> row, 0);
    ClockUtil.setCurrentTime(Date.from(Instant.parse("2026-11-27T13:00:00Z")));

    ProcessInstance run = start(Map.of("window", 2));
    work(run);

    assertThat(variable(run, "productionRows")).isEqualTo(0L);
    assertThat(variable(run, "windowFrom")).isEqualTo("2026-11-25T13:00:00Z");
  }

  @Test
  void importsTheProductionFileAndReportsWhatWasFoundInIt() throws Exception {
    put("prod_data.csv", csv(200) + "1,2,3\n" + "many,2,3,1,0\n");

    ProcessInstance run = start(Map.of());
    work(run);

    assertThat(variable(run, "importedRows")).isEqualTo(201L);
    assertThat(variable(run, "productionRows")).isEqualTo(201L);
    assertThat(variable(run, "labelledRows")).isEqualTo(201L);
    assertThat(home.production().resolve("prod_data.csv")).doesNotExist();
    JsonNode findings = twin("data_quality_report_20261125_120000").path("findings");
    assertThat(findings)
        .anySatisfy(
            finding -> {
              assertThat(finding.path("source").asText()).isEqualTo("prod_data.csv");
              assertThat(finding.path("line").asInt()).isEqualTo(202);
            })
        .anySatisfy(
            finding -> {
              assertThat(finding.path("line").asInt()).isEqualTo(203);
              assertThat(finding.path("column").asText()).isEqualTo("TV");
              assertThat(finding.path("what").asText()).contains("'many' is no number");
            });
  }

  /** In the replaced system an emptied file was one newline, on which the next read failed. */
  @Test
  void goesOnBesideAFileThatIsOneNewline() throws Exception {
    put("prod_data.csv", "\n");

    ProcessInstance run = start(Map.of());
    work(run);

    assertThat(run).isEnded().hasPassed("endEvent_reportsReady");
    assertThat(variable(run, "findingCount")).isEqualTo(1L);
    assertThat(twin("data_quality_report_20261125_120000").path("findings").path(0).path("what"))
        .asString()
        .contains("is empty");
  }

  @Test
  void writesTheSameReportWhenAStepRunsTwice() throws Exception {
    serve(row -> row, 100);
    ProcessInstance run = start(Map.of());
    workUntil(run, "serviceTask_compareWithLastRun");
    List<String> once = reports();

    for (String step : List.of("quality", "drift", "performance")) {
      String task = "serviceTask_" + step + "Report";
      runtime.createProcessInstanceModification(run.getId()).startBeforeActivity(task).execute();
      execute(task, run);
    }

    assertThat(reports()).isEqualTo(once).hasSize(6);
    assertThat(jdbc.sql("SELECT COUNT(*) FROM mlops_report").query(Long.class).single())
        .isEqualTo(3);
    assertThat(json(server.admin().get("/api/v1/reports?run=" + run.getId())).path("total").asInt())
        .isEqualTo(3);
  }

  @Test
  void leavesAFileThatCannotBeReadAsItWasAndFails() throws Exception {
    put("prod_data.csv", "TV,radio,newspaper,prediction\n1,2,\"3,1\n4,5,6,0\n");

    ProcessInstance run = start(Map.of());
    work(run);

    assertFailed(run, "PRODUCTION_DATA_INVALID", "prod_data.csv, line 2");
    assertThat(run).hasPassed("boundaryEvent_checkDataInvalid");
    assertThat(home.production().resolve("prod_data.csv"))
        .hasContent("TV,radio,newspaper,prediction\n1,2,\"3,1\n4,5,6,0\n");
    assertThat(jdbc.sql("SELECT COUNT(*) FROM mlops_prediction").query(Long.class).single())
        .isZero();
  }

  @Test
  void failsOnARuleForAColumnThatTheModelDoesNotHave() throws Exception {
    ProcessInstance run = start(Map.of("columnRules", "tv: psi"));
    work(run);

    assertFailed(run, "PRODUCTION_DATA_INVALID", "columnRules has a rule for 'tv'", "TV, radio");
  }

  @Test
  void failsWhenAFileOfTheLiveVersionIsGone() throws Exception {
    ModelVersion lost = registry.register(TrainedRun.of(home, "lost", 1).asked()).version();
    Files.delete(registry.file(lost, "separation.csv"));

    ProcessInstance run = start(Map.of("modelName", "lost"));
    work(run);

    assertFailed(run, "NO_REFERENCE", "lost v1", "separation.csv is not there", "from a backup");
  }

  @Test
  void looksAtTheVersionThatWasLiveWhenItBegan() throws Exception {
    serve(row -> row, 150);
    ProcessInstance run = start(Map.of());
    workUntil(run, "serviceTask_performanceReport");
    ModelVersion next = registry.register(TrainedRun.of(home, MODEL, 1).asked()).version();
    try {
      registry.promote(MODEL, next.version(), run.getId(), "test");
      work(run);

      assertThat(run).isEnded().hasPassed("endEvent_reportsReady");
      assertThat(variable(run, "modelVersion")).isEqualTo((long) champion.version());
      assertThat(variable(run, "labelledRows")).isEqualTo(150L);
    } finally {
      // As if it had never been: a restored champion is live since its return.
      jdbc.sql("DELETE FROM mlops_model_promotion WHERE name = :name AND version = :version")
          .param("name", MODEL)
          .param("version", next.version())
          .update();
      jdbc.sql("UPDATE mlops_model SET changes = changes + 1").update();
    }
  }

  @Test
  void keepsToTheContractThatPeopleWrote() throws Exception {
    serve(row -> row, 0);
    ProcessInstance first = start(Map.of());
    work(first);
    assertThat(variable(first, "qualityVerdict")).isEqualTo("good");
    Path used = home.runs().resolve(first.getId()).resolve("contract.json");
    ObjectMapper json = new ObjectMapper();
    var contract = (ObjectNode) json.readTree(used.toFile());
    var range = (ObjectNode) contract.path("columns").path(0).path("range");
    range.put("max", range.path("min").asDouble());
    Files.createDirectories(home.contracts());
    json.writeValue(home.contracts().resolve("advertising.json").toFile(), contract);

    ProcessInstance second = start(Map.of());
    work(second);

    assertThat(variable(second, "qualityVerdict")).isEqualTo("bad");
  }

  @Test
  void failsWithoutALiveModelAndTellsSoOnceADay() throws Exception {
    ProcessInstance first = start(Map.of("modelName", "nobody"));
    work(first);
    assertFailed(first, "NO_REFERENCE", "'nobody'");
    assertThat(first).hasPassed("boundaryEvent_noReference", "serviceTask_sendFailureNotification");

    ProcessInstance second = start(Map.of("modelName", "nobody"));
    work(second);
    assertThat(second)
        .isEnded()
        .hasPassed("endEvent_runFailed", "serviceTask_reportFailure")
        .hasNotPassed("serviceTask_sendFailureNotification");
    assertThat(MAIL.getReceivedMessages()).hasSize(1);
    assertThat(row(second)).containsEntry("failure_code", "NO_REFERENCE");

    ClockUtil.setCurrentTime(Date.from(Instant.parse("2026-11-26T00:00:00Z")));
    work(start(Map.of("modelName", "nobody")));
    assertThat(MAIL.getReceivedMessages()).hasSize(2);
  }

  @Test
  void tellsAFailureAgainWhenItsMailWasLost() throws Exception {
    ProcessInstance first = start(Map.of("modelName", "nobody", "maxAttempts", 1));
    workUntil(first, "serviceTask_sendFailureNotification");
    MAIL.stop();
    try {
      work(first);
    } finally {
      MAIL.start();
    }
    assertThat((String) row(first).get("warnings")).contains("sendFailureNotification: ");

    work(start(Map.of("modelName", "nobody")));

    assertThat(MAIL.getReceivedMessages()).hasSize(1);
  }

  @Test
  void mailsASummaryOnceADayAndWhenAVerdictChanges() throws Exception {
    serve(row -> row, 0);
    work(start(Map.of()));
    assertThat(MAIL.getReceivedMessages()).hasSize(1);
    assertThat(mails().get(0)).contains("the first summary about this model");

    ProcessInstance unchanged = start(Map.of());
    work(unchanged);
    assertThat(unchanged).isEnded().hasNotPassed("serviceTask_sendSummary");
    assertThat(MAIL.getReceivedMessages()).hasSize(1);

    jdbc.sql("DELETE FROM mlops_prediction").update();
    serve(row -> with(row, "TV", 1e6), 0);
    ProcessInstance changed = start(Map.of());
    work(changed);
    assertThat(MAIL.getReceivedMessages()).hasSize(2);
    assertThat((String) variable(changed, "verdictChange")).contains("drift was “good” and is “");
    assertThat(MAIL.getReceivedMessages()[1].getSubject())
        .startsWith("Monitoring of advertising v1: ")
        .contains("(", "drift")
        .hasSizeLessThan(75);
    assertThat(mails().get(1)).contains("Since the last summary: ", "drift was ");

    ProcessInstance again = start(Map.of());
    work(again);
    assertThat(MAIL.getReceivedMessages()).hasSize(2);

    ClockUtil.setCurrentTime(Date.from(Instant.parse("2026-11-26T00:00:00Z")));
    work(start(Map.of()));
    assertThat(MAIL.getReceivedMessages()).hasSize(3);
    assertThat(mails().get(2)).contains("same verdicts as in the last summary");
  }

  @Test
  void mailsEverySummaryWhenAskedTo() {
    work(start(Map.of("summaryMail", "always")));
    work(start(Map.of("summaryMail", "always")));

    assertThat(MAIL.getReceivedMessages()).hasSize(2);
  }

  @Test
  void losesNoReportWhenTheMailServerIsDownAndSendsTheNextSummary() {
    ProcessInstance run = start(Map.of());
    workUntil(run, "serviceTask_sendSummary");
    MAIL.stop();
    try {
      work(run);
      assertThat(run).isWaitingAt("event_sendSummaryWait");
      execute("event_sendSummaryWait", run);
      work(run);
    } finally {
      MAIL.start();
    }
    assertThat(run).isEnded().hasPassed("serviceTask_reportSuccess", "endEvent_reportsReady");
    assertThat((String) row(run).get("warnings")).startsWith("sendSummary: ");

    work(start(Map.of()));

    assertThat(MAIL.getReceivedMessages()).hasSize(1);
  }

  @Test
  void losesNoReportWhenTheStatusServerIsDown() {
    STATUS.answers(500);
    ProcessInstance run = start(Map.of());
    work(run);
    assertThat(run)
        .hasPassed("boundaryEvent_reportStartFailed")
        .isWaitingAt("event_reportSuccessWait");
    execute("event_reportSuccessWait", run);
    work(run);

    assertThat(run).isEnded().hasPassed("endEvent_reportsReady");
    assertThat((String) row(run).get("warnings")).contains("reportSuccess: ", "reportStart: ");
  }

  @Test
  void endsAFailedRunAlsoWhenNobodyCanBeTold() {
    ProcessInstance run = start(Map.of("modelName", "nobody"));
    workUntil(run, "serviceTask_sendFailureNotification");
    MAIL.stop();
    STATUS.answers(500);
    try {
      work(run);
      execute("event_sendFailureNotificationWait", run);
      work(run);
      execute("event_reportFailureWait", run);
      work(run);
    } finally {
      MAIL.start();
    }

    assertThat(run).isEnded().hasPassed("endEvent_runFailed");
    assertThat((String) row(run).get("warnings"))
        .contains("sendFailureNotification: ", "reportFailure: ");
  }

  @Test
  void waitsForASlotAndGoesOnWhenItGetsOne() {
    ProcessInstance first = start(Map.of());
    workUntil(first, "serviceTask_checkData");
    ProcessInstance second = start(Map.of());
    work(second);
    assertThat(second).isWaitingAt("event_slotGranted");

    work(first);
    work(second);

    assertThat(second).isEnded().hasPassed("endEvent_reportsReady");
  }

  /** The replaced system counted all kinds together: three kinds left three generations. */
  @Test
  void keepsTheNewestReportsOfEachKindHtmlAndJsonTogether() throws Exception {
    serve(row -> row, 200);
    for (int i = 0; i < 4; i++) {
      ClockUtil.setCurrentTime(
          Date.from(Instant.parse("2026-11-25T12:00:00Z").plus(6L * i, ChronoUnit.HOURS)));
      work(start(Map.of("keepReports", 2)));
    }

    assertThat(reports())
        .hasSize(12)
        .filteredOn(name -> name.startsWith("model_performance_report_"))
        .containsExactly(
            "model_performance_report_20261126_000000.html",
            "model_performance_report_20261126_000000.json",
            "model_performance_report_20261126_060000.html",
            "model_performance_report_20261126_060000.json");
    JsonNode list = json(server.admin().get("/api/v1/reports?kind=data_drift"));
    assertThat(list.path("total").asInt()).isEqualTo(2);
  }

  @Test
  void namesTheReportsOfTwoRunsInOneSecondApart() throws Exception {
    work(start(Map.of()));
    work(start(Map.of()));

    assertThat(reports())
        .containsExactly(
            "data_quality_report_20261125_120000.html",
            "data_quality_report_20261125_120000.json",
            "data_quality_report_20261125_120001.html",
            "data_quality_report_20261125_120001.json");
  }

  private void assertFailed(ProcessInstance run, String code, String... message) {
    assertThat(run).isEnded().hasPassed("endEvent_runFailed").hasNotPassed("endEvent_reportsReady");
    assertThat(variable(run, "failureCode")).isEqualTo(code);
    assertThat((String) variable(run, "failureMessage")).contains(message);
    assertThat(STATUS.heard()).last().asString().contains("\"status\":\"failed\"");
    assertThat(MAIL.getReceivedMessages()).hasSize(1);
    assertThat(mails().get(0)).contains(code);
    assertThat(row(run)).containsEntry("outcome", "failed").containsEntry("failure_code", code);
  }

  /** Serves the shipped rows, changed in some way, and feeds the first outcomes back. */
  private void serve(UnaryOperator<Map<String, Object>> change, int labelled) {
    Instant now = ClockUtil.getCurrentTime().toInstant();
    List<Map<String, Object>> features =
        shipped().stream().map(ModelMonitoringTest::features).map(change).toList();
    String[] answers = answers(features);
    List<ProductionRow> rows = new ArrayList<>();
    for (int i = 0; i < answers.length; i++) {
      rows.add(
          ProductionRow.served(
              MODEL,
              champion.version(),
              features.get(i),
              answers[i],
              Map.of(),
              now.minusSeconds(i),
              null));
    }
    production.record(rows);
    for (int i = 0; i < labelled; i++) {
      production.label(rows.get(i).id(), shipped().get(i)[3], now);
    }
  }

  private double accuracyOfFirst(int labelled) {
    String[] answers = answers(shipped().stream().map(ModelMonitoringTest::features).toList());
    double right = 0;
    for (int i = 0; i < labelled; i++) {
      right += answers[i].equals(shipped().get(i)[3]) ? 1 : 0;
    }
    return right / labelled;
  }

  private String[] answers(List<Map<String, Object>> features) {
    TypedRows rows = new TypedRows("test", model.rawColumns(), features.size());
    features.forEach(rows::add);
    double[][] probabilities = model.probabilities(rows.table());
    String[] answers = new String[features.size()];
    for (int i = 0; i < answers.length; i++) {
      answers[i] = model.classes().get(probabilities[1][i] > probabilities[0][i] ? 1 : 0);
    }
    return answers;
  }

  /** Production data as another system writes it. */
  private String csv(int rows) {
    StringBuilder csv = new StringBuilder("TV,radio,newspaper,prediction,target\n");
    shipped().stream()
        .limit(rows)
        .forEach(row -> csv.append("%s,%s,%s,1,%s\n".formatted((Object[]) row)));
    return csv.toString();
  }

  private static Map<String, Object> features(String[] row) {
    Map<String, Object> features = new LinkedHashMap<>();
    features.put("TV", Double.valueOf(row[0]));
    features.put("radio", Double.valueOf(row[1]));
    features.put("newspaper", Double.valueOf(row[2]));
    return features;
  }

  private static Map<String, Object> with(Map<String, Object> row, String column, Object value) {
    Map<String, Object> changed = new LinkedHashMap<>(row);
    changed.put(column, value);
    return changed;
  }

  /** TV, radio, newspaper and conversion. */
  private static List<String[]> shipped() {
    try (Stream<String> lines = Files.lines(Path.of("data", "advertising.csv"))) {
      return lines.skip(1).map(line -> line.split(",")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void put(String name, String content) throws IOException {
    Files.createDirectories(home.production());
    Files.writeString(home.production().resolve(name), content);
  }

  private List<String> reports() throws IOException {
    if (Files.notExists(home.reports())) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(home.reports())) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private JsonNode twin(String report) {
    return json(server.admin().get("/api/v1/reports/" + report, "Accept", "application/json"));
  }

  private static JsonNode json(HttpResponse<String> answer) {
    try {
      assertThat(answer.statusCode()).describedAs(answer.body()).isEqualTo(200);
      return new ObjectMapper().readTree(answer.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ProcessInstance start(Map<String, Object> parameters) {
    return runtime.startProcessInstanceByKey(PIPELINE, new HashMap<>(parameters));
  }
}
