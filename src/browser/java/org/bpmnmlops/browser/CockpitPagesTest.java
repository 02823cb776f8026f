package org.bpmnmlops.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.bpmnmlops.MlopsTest;
import org.bpmnmlops.Server;
import org.bpmnmlops.artifact.Home;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.identity.User;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Our pages in Cockpit, by the hand of an operator. The test runs the jobs, so it sees each state.
 */
@MlopsTest
@BrowserTest
class CockpitPagesTest {

  private static final String PIPELINE = "advertising-pipeline";
  private static final String READER = "rita";
  private static final String PASSWORD = "Correct-Horse-7";
  private static final int MANY = 10_000;

  @Autowired private Server server;
  @Autowired private RuntimeService runtime;
  @Autowired private ManagementService management;
  @Autowired private RepositoryService repository;
  @Autowired private HistoryService history;
  @Autowired private IdentityService identity;
  @Autowired private JdbcClient jdbc;
  @Autowired private Home home;

  @LocalServerPort private int port;

  @AfterEach
  void cleanUp() {
    runtime
        .createProcessInstanceQuery()
        .rootProcessInstances()
        .list()
        .forEach(run -> runtime.deleteProcessInstance(run.getId(), "test over"));
    runtime
        .createProcessInstanceQuery()
        .list()
        .forEach(run -> runtime.deleteProcessInstance(run.getId(), "test over"));
    for (String table : List.of("PROCINST", "ACTINST", "VARINST")) {
      jdbc.sql("DELETE FROM ACT_HI_" + table + " WHERE PROC_INST_ID_ LIKE '00000000-%'").update();
    }
    history
        .createHistoricProcessInstanceQuery()
        .list()
        .forEach(run -> history.deleteHistoricProcessInstance(run.getId()));
    jdbc.sql("DELETE FROM mlops_run").update();
    repository
        .createDeploymentQuery()
        .deploymentName("Edited decision table")
        .list()
        .forEach(edited -> repository.deleteDeployment(edited.getId(), true));
    identity.deleteUser(READER);
  }

  @ParameterizedTest
  @CsvSource({"1280, LIGHT", "1920, LIGHT", "1280, DARK", "1920, DARK"})
  void showsHowThePipelinesAreDoing(int width, ColorScheme theme, Chromium chromium) {
    work(start(Map.of("seed", 1)));
    work(start(Map.of("seed", 7, "minimumAccuracy", 1)));
    workUntil(start(Map.of("dataset", "late.csv")), "event_loadDataWait");
    try (Tab tab = chromium.open(width, 900, theme)) {
      Cockpit cockpit = admin(tab);
      Page page = cockpit.page();
      assertThat(page.locator(".mlops.card")).containsText("Advertising pipeline");
      assertThat(page.locator(".mlops.card")).hasCSS("color-scheme", "light");
      page.getByRole(AriaRole.LINK, named("Pipelines")).first().click();

      Locator row = page.locator("tr", having("Advertising pipeline"));
      assertThat(row).containsText("50 %");
      assertThat(row.locator(".square")).hasCount(3);
      assertThat(row.locator(".square.failed")).hasCount(1);
      tab.screenshot("pipelines-%d-%s".formatted(width, theme));

      row.getByRole(AriaRole.LINK).first().click();
      assertThat(page.locator("table.grid .run-bar")).hasCount(3);
      assertThat(page.locator("table.grid .square.retrying")).hasCount(1);
      assertThat(page.locator(".chart circle")).hasCount(2);
      tab.screenshot("runs-of-a-pipeline-%d-%s".formatted(width, theme));

      page.locator("table.grid .run-bar").nth(1).click();
      assertThat(page.locator(".problem")).containsText("minimumAccuracy");
      assertThat(page.locator(".djs-shape.done").first()).isVisible();
      tab.screenshot("failed-run-%d-%s".formatted(width, theme));

      cockpit.open("/mlops/pipelines/" + PIPELINE + "/heat?measure=meanMs");
      assertThat(page.locator(".djs-shape[class*=heat-5]").first()).isVisible();
      String heated = ".djs-shape[class*=heat-] > .djs-visual > ";
      assertThat(Contrast.ofShapes(page, heated + ":first-child", heated + "text").ink())
          .as("names of steps on their heat")
          .isGreaterThan(4.5);
      tab.screenshot("heat-map-%d-%s".formatted(width, theme));
      assertThat(cockpit.errors()).isEmpty();
      assertThat(tab.requests()).allMatch(url -> url.startsWith("http://localhost:" + port));
    }
  }

  @Test
  void letsARunBeStartedAndWatchedUntilItEnds(Chromium chromium) {
    try (Tab tab = chromium.open(1280, 900, ColorScheme.LIGHT)) {
      Cockpit cockpit = admin(tab);
      Page page = cockpit.open("/mlops/pipelines");
      cockpit.button("Start Advertising pipeline").click();
      page.getByLabel("seed").fill("7");
      cockpit.button("Start run").click();

      assertThat(page.locator("h1 .badge")).containsText("Queued");
      String run = page.url().substring(page.url().lastIndexOf('/') + 1);
      workUntil(run, "serviceTask_buildModel");
      assertThat(page.locator("h1 .badge")).containsText("Running");
      assertThat(step(page, "Separate data")).containsText("Succeeded");
      assertThat(step(page, "Build model")).containsText("Queued");
      assertThat(page.locator(".tag.token")).hasCount(1);
      tab.screenshot("run-under-way");
      work(run);

      assertThat(page.locator("h1 .badge")).containsText("Succeeded");
      assertThat(page.locator(".tag.token")).hasCount(0);
      page.getByRole(AriaRole.TAB, tabNamed("Variables")).click();
      assertThat(page.getByRole(AriaRole.TABPANEL)).containsText("baselineAccuracy");
      page.getByRole(AriaRole.TAB, tabNamed("Files")).click();
      assertThat(page.getByRole(AriaRole.TABPANEL)).containsText("evaluation.json");
      page.getByRole(AriaRole.TAB, tabNamed("Log")).click();
      assertThat(page.getByRole(AriaRole.TABPANEL)).containsText("Trained logistic-regression");
      page.getByRole(AriaRole.TAB, tabNamed("Gantt")).click();
      assertThat(page.locator(".gantt .piece.success").first()).isVisible();
      tab.screenshot("run-gantt");
      assertThat(cockpit.errors()).isEmpty();
    }
  }

  @Test
  void letsAFailedStepBeRepairedAndTheRunGoOn(Chromium chromium) throws IOException {
    String run = start(Map.of());
    workUntil(run, "serviceTask_separateData");
    Path data = home.runs().resolve(run).resolve("preprocessed_advertising.csv");
    byte[] rows = Files.readAllBytes(data);
    Files.delete(data);
    fail(run);
    try (Tab tab = chromium.open(1280, 900, ColorScheme.LIGHT)) {
      Cockpit cockpit = admin(tab);
      Page page = cockpit.open("/mlops/runs/" + run + "?step=serviceTask_separateData");

      assertThat(page.locator(".note")).containsText("Separate data failed and is tried again, at");
      assertThat(page.locator(".note")).containsText("preprocessed_advertising.csv");
      assertThat(page.locator(".djs-shape.bad")).hasCount(1);
      fail(run);

      assertThat(page.locator(".problem").first())
          .containsText("Separate data failed and waits for help");
      assertThat(page.locator(".problem").first()).containsText("preprocessed_advertising.csv");
      assertThat(page.locator(".djs-shape.trouble")).hasCount(1);
      tab.screenshot("incident");

      Files.write(data, rows);
      cockpit.button("Retry …").click();
      cockpit.button("Retry").click();
      assertThat(page.locator(".problem")).hasCount(0);
      work(run);

      assertThat(page.locator("h1 .badge")).containsText("Succeeded");
      assertThat(step(page, "Separate data")).containsText("3");
      assertThat(cockpit.errors()).isEmpty();
    }
  }

  @Test
  void putsRunsSideBySide(Chromium chromium) {
    work(start(Map.of("seed", 1)));
    work(start(Map.of("seed", 2, "algorithm", "xgboost")));
    try (Tab tab = chromium.open(1280, 900, ColorScheme.LIGHT)) {
      Cockpit cockpit = admin(tab);
      Page page = cockpit.open("/mlops/pipelines/" + PIPELINE + "/runs");
      page.locator("table.list input[type=checkbox]").nth(0).check();
      page.locator("table.list input[type=checkbox]").nth(1).check();
      cockpit.button("Compare 2 runs").click();

      Locator algorithm = page.locator("tr.differs", having("algorithm"));
      assertThat(algorithm).containsText("xgboost");
      assertThat(algorithm).containsText("logistic-regression");
      assertThat(page.locator("tr", having("testShare"))).hasCount(0);
      assertThat(page.locator(".chart circle")).hasCount(2);
      page.getByLabel("Only what differs").uncheck();
      assertThat(page.locator("tr", having("testShare"))).hasCount(1);
      tab.screenshot("comparison");
      assertThat(cockpit.errors()).isEmpty();
    }
  }

  @Test
  void showsTheVersionsOfAModelAndWhichIsLive(Chromium chromium) {
    work(start(Map.of("modelName", "pages", "seed", 1)));
    work(start(Map.of("modelName", "pages", "seed", 2, "algorithm", "xgboost")));
    try (Tab tab = chromium.open(1920, 1080, ColorScheme.DARK)) {
      Cockpit cockpit = admin(tab);
      Page page = cockpit.open("/mlops/models?model=pages");
      assertThat(page.locator("h1")).containsText("Champion v1");
      assertThat(page.locator(".chart circle")).hasCount(2);

      page.getByLabel("Show version 2").check();
      assertThat(page.locator("main")).containsText("pages v2");
      assertThat(page.locator("main")).containsText("95 % interval");
      page.getByLabel("Show version 1").check();
      assertThat(page.locator("tr.differs", having("Algorithm"))).containsText("xgboost");
      tab.screenshot("models");
      assertThat(cockpit.errors()).isEmpty();
    }
  }

  @Test
  void putsAnotherVersionLiveAndTakesItBackThroughTheProcess(Chromium chromium) {
    work(start(Map.of("modelName", "put-live", "seed", 1)));
    work(start(Map.of("modelName", "put-live", "seed", 2)));
    try (Tab tab = chromium.open(1280, 900, ColorScheme.LIGHT)) {
      Cockpit cockpit = admin(tab);
      Page page = cockpit.open("/mlops/models?model=put-live");
      assertThat(page.locator("h1")).containsText("Champion v1");
      cockpit.button("Make champion …").click();
      cockpit.button("Make champion").click();
      assertThat(page.locator("dialog input:invalid")).hasCount(1);
      page.getByLabel("Reason").fill("knows the new rows");
      tab.screenshot("make-champion");
      cockpit.button("Make champion").click();

      assertThat(page.locator("h1")).containsText("Model rollback");
      assertThat(page.locator("h1 .badge")).containsText("Queued");
      workEverything();
      assertThat(page.locator("h1 .badge")).containsText("Succeeded");
      cockpit.open("/mlops/models?model=put-live");
      assertThat(page.locator("h1")).containsText("Champion v2");
      assertThat(page.locator("main")).containsText("knows the new rows");

      cockpit.button("Roll back …").click();
      page.getByLabel("Reason").fill("answers badly");
      cockpit.button("Roll back").click();
      assertThat(page.locator("h1")).containsText("Model rollback");
      workEverything();
      assertThat(page.locator("h1 .badge")).containsText("Succeeded");
      cockpit.open("/mlops/models?model=put-live");
      assertThat(page.locator("h1")).containsText("Champion v1");
      assertThat(page.locator("main")).containsText("answers badly");
      assertThat(cockpit.errors()).isEmpty();
    }
  }

  @Test
  void letsNobodyChangeWhichVersionIsLiveWhoMayOnlyRead(Chromium chromium) {
    work(start(Map.of("modelName", "looked-at", "seed", 1)));
    work(start(Map.of("modelName", "looked-at", "seed", 2)));
    person("pipeline-viewers");
    try (Tab tab = chromium.open(1280, 900, ColorScheme.LIGHT)) {
      Cockpit viewer = Cockpit.signIn(tab, port, READER, PASSWORD);
      Page page = viewer.open("/mlops/models?model=looked-at");
      assertThat(viewer.button("Change retraining-decision")).isDisabled();

      assertThat(viewer.button("Make champion …")).isDisabled();
      assertThat(viewer.button("Roll back …")).isDisabled();
      Object status =
          page.evaluate(
              "() => fetch('/api/v1/pipelines/model-rollback/start', {method: 'POST', headers:"
                  + " {'Content-Type': 'application/json',"
                  + " 'X-XSRF-TOKEN': document.cookie.match(/XSRF-TOKEN=([^;]+)/)?.[1]},"
                  + " body: '{\"parameters\": {\"modelName\": \"looked-at\"}}'})"
                  + ".then(answer => answer.status)");
      assertThat(status).isEqualTo(403);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = ColorScheme.class,
      names = {"LIGHT", "DARK"})
  void letsAModelOwnerChangeADecisionTableAfterSeeingWhatItWouldDo(
      ColorScheme theme, Chromium chromium) throws IOException {
    work(start(Map.of("modelName", "decided")));
    runtime.startProcessInstanceByKey("model-retraining", Map.of("modelName", "decided"));
    workEverything();
    person("model-owners");
    String shipped = Files.readString(Path.of("processes", "retraining-decision.dmn"));
    try (Tab tab = chromium.open(1280, 900, theme)) {
      Cockpit owner = Cockpit.signIn(tab, port, READER, PASSWORD);
      Page page = owner.open("/mlops/models?model=decided");
      Locator row = page.locator("tr", having("retraining-decision"));
      assertThat(row).containsText("came with the application");
      assertThat(page.locator("tr", having("promotion-decision"))).hasCount(1);
      tab.screenshot("decision-tables-" + theme);
      Download file = page.waitForDownload(() -> row.getByText("Download").click());
      assertThat(file.suggestedFilename()).isEqualTo("retraining-decision.dmn");
      assertThat(Files.readString(file.path())).isEqualTo(shipped);

      row.getByRole(AriaRole.BUTTON).click();
      choose(page, shipped.replace("&lt; 50", "&lt; fifty"));
      owner.button("Try it").click();
      assertThat(page.locator("dialog .problem li")).containsText("fifty");
      tab.screenshot("decision-table-refused-" + theme);
      assertThat(owner.errors()).allMatch(error -> error.contains("400"));

      choose(page, shipped.replaceFirst("<text>\"keep\"</text>", "<text>\"retrain\"</text>"));
      owner.button("Try it").click();
      assertThat(page.locator("dialog"))
          .containsText(
              Pattern.compile("Tried on past decisions: (\\d+); \\1 would turn out otherwise"));
      assertThat(page.locator("dialog tbody tr").first()).containsText("newLabelledRows 0");
      assertThat(page.locator("dialog tbody tr td").nth(1)).containsText("keep: Only 0 new");
      assertThat(page.locator("dialog tbody tr td").nth(2)).containsText("retrain: Only 0 new");
      assertThat(row).containsText("came with the application");
      tab.screenshot("decision-table-tried-" + theme);
      owner.button("Let it decide").click();

      assertThat(page.locator(".note[role=status]")).containsText("decides from now on");
      assertThat(row).containsText(READER);
      tab.screenshot("decision-table-changed-" + theme);
    }
  }

  private void person(String group) {
    User user = identity.newUser(READER);
    user.setPassword(PASSWORD);
    identity.saveUser(user);
    identity.createMembership(READER, group);
  }

  private static void choose(Page page, String table) {
    page.getByLabel("Edited file")
        .setInputFiles(
            new FilePayload(
                "retraining-decision.dmn",
                "application/xml",
                table.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void tellsInListsWhoIsWaitedForAndWhyNothingWasTrained(Chromium chromium) {
    String run =
        runtime
            .startProcessInstanceByKey("model-retraining", Map.of("modelName", "never-trained"))
            .getId();
    workEverything();
    try (Tab tab = chromium.open(1280, 900, ColorScheme.LIGHT)) {
      Cockpit cockpit = admin(tab);
      Page page = cockpit.open("/mlops/runs");
      page.locator(".what").first().waitFor();
      assertThat(page.locator(".what")).containsText("Nothing to retrain: ");
      runtime
          .createProcessInstanceModification(
              runtime
                  .startProcessInstanceByKey(
                      "model-retraining", Map.of("modelName", "never-trained"))
                  .getId())
          .startBeforeActivity("userTask_approveModel")
          .execute();
      jdbc.sql("UPDATE mlops_run SET state = 'active' WHERE id <> :run").param("run", run).update();
      cockpit.open("/mlops/pipelines");
      cockpit.open("/mlops/runs?status=waiting");
      assertThat(page.locator("tbody tr .badge")).containsText("Waiting: Approve model");
      assertThat(
              page.evaluate(
                  "() => [...document.querySelectorAll('.mlops .scroll')]"
                      + ".map(box => box.scrollWidth - box.clientWidth)"))
          .as("what has to be scrolled to")
          .isEqualTo(List.of(0));
      tab.screenshot("waiting-run");
      page.locator("tbody tr .run-key").click();
      assertThat(page.locator("h1 .badge")).containsText("Waiting: Approve model");
      assertThat(cockpit.errors()).isEmpty();
    }
  }

  @Test
  void showsATaskThatWaitsInARunItCalled(Chromium chromium) {
    String deployment =
        repository
            .createDeployment()
            .addModelInstance(
                "called.bpmn",
                Bpmn.createExecutableProcess("called")
                    .camundaHistoryTimeToLive(1)
                    .startEvent()
                    .userTask("ask")
                    .name("Approve model")
                    .endEvent()
                    .done())
            .addModelInstance(
                "caller.bpmn",
                Bpmn.createExecutableProcess("caller")
                    .camundaHistoryTimeToLive(1)
                    .startEvent()
                    .callActivity("call")
                    .calledElement("called")
                    .endEvent()
                    .done())
            .deploy()
            .getId();
    try (Tab tab = chromium.open(1280, 900, ColorScheme.LIGHT)) {
      Cockpit cockpit = admin(tab);
      String caller = runtime.startProcessInstanceByKey("caller").getId();
      Page page = cockpit.open("/mlops/runs/" + caller);

      assertThat(page.locator(".note")).containsText("Waits for somebody: Approve model");
      page.getByText("a run that this one called").click();
      assertThat(page.locator(".fact", having("Called by"))).isVisible();
      assertThat(cockpit.errors()).isEmpty();
    } finally {
      repository.deleteDeployment(deployment, true);
    }
  }

  @Test
  void saysDurationsInUnitsThatAddUp(Chromium chromium) {
    try (Tab tab = chromium.open(1280, 900, ColorScheme.LIGHT)) {
      Object words =
          admin(tab)
              .page()
              .evaluate(
                  "() => import('/camunda/app/cockpit/scripts/mlops/time.js').then(({duration}) =>"
                      + " [812, 999.6, 9996, 59960, 270000, 299700, 3599600, 7199000, 7800000]"
                      + ".map(duration))");
      assertThat(words)
          .isEqualTo(
              List.of(
                  "812 ms",
                  "1.00 s",
                  "10.0 s",
                  "1 min 0 s",
                  "4 min 30 s",
                  "5 min 0 s",
                  "1 h 0 min",
                  "1 h 59 min",
                  "2 h 10 min"));
    }
  }

  @Test
  void showsReportsOfOneModelAtATime(Chromium chromium) {
    for (String model : List.of("advertising", "other")) {
      work(start(Map.of("modelName", model)));
      runtime.startProcessInstanceByKey("model-monitoring", Map.of("modelName", model));
      workEverything();
    }
    try (Tab tab = chromium.open(1280, 900, ColorScheme.LIGHT)) {
      Cockpit cockpit = admin(tab);
      Page page = cockpit.open("/mlops/reports");

      page.locator("#report-model").selectOption("advertising");
      assertThat(page.locator(".cards .panel").first()).containsText("advertising v1");
      assertThat(page.locator("tbody tr", having("other v1"))).hasCount(0);

      page.locator("#report-model").selectOption("other");
      assertThat(page.locator(".cards .panel").first()).containsText("other v1");
      assertThat(cockpit.errors()).isEmpty();
    }
  }

  @Test
  void showsWhatMonitoringFound(Chromium chromium) {
    work(start(Map.of()));
    String run = runtime.startProcessInstanceByKey("model-monitoring").getId();
    workEverything();
    try (Tab tab = chromium.open(1280, 900, ColorScheme.LIGHT)) {
      Cockpit cockpit = admin(tab);
      Page page = cockpit.open("/mlops/runs/" + run + "?tab=files");
      assertThat(page.locator("tbody tr a[href^='/api/v1/reports/data_quality_report_']"))
          .isVisible();
      tab.screenshot("run-with-reports");

      cockpit.open("/mlops/reports");
      assertThat(page.locator(".cards .panel", having("Data quality"))).isVisible();
      assertThat(page.locator("tbody tr", having("Data quality")).first())
          .containsText("advertising v1");
      tab.screenshot("reports");
      String report =
          page.locator("tbody tr", having("Data quality"))
              .first()
              .getByRole(AriaRole.LINK)
              .first()
              .getAttribute("href");
      assertThat(server.admin().get(report).statusCode()).isEqualTo(200);
      assertThat(cockpit.errors()).isEmpty();
    }
  }

  @Test
  void runsAPipelineForSevenDays(Chromium chromium) {
    try (Tab tab = chromium.open(1280, 900, ColorScheme.LIGHT)) {
      Cockpit cockpit = admin(tab);
      Page page = cockpit.open("/mlops/pipelines/" + PIPELINE + "/runs");
      cockpit.button("Backfill …").click();
      page.getByLabel("First day").fill("2026-03-01");
      page.getByLabel("Last day").fill("2026-03-07");
      cockpit.button("Start backfill").click();

      assertThat(page.locator("h1")).containsText("backfill 2026-03-01 to 2026-03-07");
      workEverything();
      assertThat(page.locator("tbody tr", having("Succeeded"))).hasCount(7);
      assertThat(page.locator("main")).containsText("7 of 7 days");
      tab.screenshot("backfill");

      cockpit.open("/mlops/runs?logicalFrom=2026-03-02&logicalTo=2026-03-03");
      assertThat(page.locator("tbody tr")).hasCount(2);
      assertThat(cockpit.errors()).isEmpty();
    }
  }

  @Test
  void refusesToWhoMayOnlyRead(Chromium chromium) {
    String run = start(Map.of());
    User user = identity.newUser(READER);
    user.setPassword(PASSWORD);
    identity.saveUser(user);
    identity.createMembership(READER, "pipeline-operators");
    try (Tab tab = chromium.open(1280, 900, ColorScheme.LIGHT)) {
      Cockpit cockpit = Cockpit.signIn(tab, port, READER, PASSWORD);
      Page page = cockpit.open("/mlops/runs/" + run);
      cockpit.button("Cancel …").click();
      // The session ends while the question is open, and the user may only read from now on.
      identity.deleteMembership(READER, "pipeline-operators");
      identity.createMembership(READER, "pipeline-viewers");
      page.context().clearCookies();
      try (Tab other = chromium.open(1280, 900, ColorScheme.LIGHT)) {
        Cockpit viewer = Cockpit.signIn(other, port, READER, PASSWORD);
        Page seen = viewer.open("/mlops/runs/" + run);
        assertThat(viewer.button("Cancel …")).isDisabled();
        assertThat(viewer.button("Run again …")).isDisabled();
        Object status =
            seen.evaluate(
                "run => fetch(`/api/v1/runs/${run}/cancel`, {method: 'POST', headers:"
                    + " {'X-XSRF-TOKEN': document.cookie.match(/XSRF-TOKEN=([^;]+)/)?.[1]}})"
                    + ".then(answer => answer.status)",
                run);
        assertThat(status).isEqualTo(403);
        viewer.open("/mlops/pipelines");
        assertThat(viewer.button("Start Advertising pipeline")).isDisabled();
        assertThat(viewer.button("Pause Advertising pipeline")).isDisabled();
        other.screenshot("read-only");
      }
      cockpit.button("Cancel the run").click();
      assertThat(page.locator("dialog .problem")).containsText("reload the page and sign in");
      assertThat(runtime.createProcessInstanceQuery().processInstanceId(run).count()).isOne();
    }
  }

  @Test
  void showsTenThousandRunsPageByPage(Chromium chromium) {
    insertRuns();
    for (String path :
        List.of(
            "/api/v1/pipelines",
            "/api/v1/pipelines/" + PIPELINE,
            "/api/v1/pipelines/" + PIPELINE + "/grid?size=70",
            "/api/v1/pipelines/" + PIPELINE + "/metrics?size=100",
            "/api/v1/pipelines/" + PIPELINE + "/heat",
            "/api/v1/runs",
            "/api/v1/runs?parameter=algorithm%3Dxgboost")) {
      long start = System.nanoTime();
      assertThat(server.admin().get(path).statusCode()).isEqualTo(200);
      report(path, start);
    }
    try (Tab tab = chromium.open(1920, 1080, ColorScheme.LIGHT)) {
      Cockpit cockpit = admin(tab);
      long begin = System.nanoTime();
      Page page = cockpit.open("/mlops/pipelines/" + PIPELINE + "/runs");
      assertThat(page.locator("table.grid .run-bar")).hasCount(70);
      report("grid", begin);
      assertThat(page.locator(".pages")).containsText("1 to 70 of 10,000 runs");
      assertThat(page.locator(".chart circle")).hasCount(100);
      begin = System.nanoTime();
      cockpit.button("Older ›").click();
      assertThat(page.locator(".pages")).containsText("71 to 140 of 10,000 runs");
      report("next page", begin);
      begin = System.nanoTime();
      page.getByLabel("Parameter").fill("algorithm=xgboost");
      page.getByLabel("Parameter").press("Enter");
      assertThat(page.locator(".pages")).containsText("1 to 70 of 100 runs");
      report("filter by parameter", begin);
      tab.screenshot("ten-thousand-runs");
      begin = System.nanoTime();
      cockpit.open("/mlops/pipelines");
      assertThat(page.locator(".square")).hasCount(25);
      report("pipelines", begin);
      begin = System.nanoTime();
      cockpit.open("/mlops/pipelines/" + PIPELINE + "/heat?days=90");
      assertThat(page.locator("td", cell("10,000")).first()).isVisible();
      report("heat map", begin);
      assertThat(cockpit.errors()).isEmpty();
    }
  }

  @Test
  void isUsableByKeyboard(Chromium chromium) {
    work(start(Map.of("seed", 1)));
    work(start(Map.of("seed", 2)));
    try (Tab tab = chromium.open(1280, 900, ColorScheme.DARK)) {
      Cockpit cockpit = admin(tab);
      Page page = cockpit.open("/mlops/pipelines/" + PIPELINE + "/runs");
      page.locator("table.grid .run-bar").first().focus();
      page.keyboard().press("ArrowRight");
      page.keyboard().press("ArrowDown");
      page.keyboard().press("Enter");
      assertThat(page.locator("tr.chosen")).containsText("Report start");

      cockpit.button("Run again …").focus();
      page.keyboard().press("Enter");
      assertThat(page.locator("dialog")).isVisible();
      page.keyboard().press("Escape");
      assertThat(page.locator("dialog")).hasCount(0);
      assertThat(cockpit.button("Run again …")).isFocused();
    }
  }

  @Test
  void saysWhenThereIsNothingAndWhenTheServerIsGone(Chromium chromium) {
    try (Tab tab = chromium.open(1280, 900, ColorScheme.LIGHT)) {
      Cockpit cockpit = admin(tab);
      Page page = cockpit.open("/mlops/runs");
      assertThat(page.locator(".empty")).containsText("No run matches.");
      tab.screenshot("no-runs");
      cockpit.open("/mlops/models?model=none");
      assertThat(page.locator(".problem")).containsText("none");
      page.route("**/api/v1/**", route -> route.abort());
      cockpit.open("/mlops/runs/none");
      assertThat(page.locator(".problem")).containsText("The server does not answer");
      page.unroute("**/api/v1/**");
      cockpit.button("Try again").click();
      assertThat(page.locator(".problem")).containsText("There is no run 'none'");
    }
  }

  private Cockpit admin(Tab tab) {
    return Cockpit.signIn(tab, port, "admin", server.adminPassword());
  }

  private String start(Map<String, Object> parameters) {
    return runtime.startProcessInstanceByKey(PIPELINE, parameters).getId();
  }

  private void work(String run) {
    for (Job job = job(run); job != null; job = job(run)) {
      management.executeJob(job.getId());
    }
  }

  /** The jobs of all runs, until there is none left but timers. */
  private void workEverything() {
    for (List<Job> jobs = due(); !jobs.isEmpty(); jobs = due()) {
      management.executeJob(jobs.get(0).getId());
    }
  }

  private List<Job> due() {
    return management.createJobQuery().messages().listPage(0, 1);
  }

  private void workUntil(String run, String activity) {
    while (!activity.equals(activityOf(job(run)))) {
      management.executeJob(job(run).getId());
    }
  }

  private void fail(String run) {
    assertThatThrownBy(() -> management.executeJob(job(run).getId())).isNotNull();
  }

  private Job job(String run) {
    List<Job> jobs = management.createJobQuery().processInstanceId(run).listPage(0, 1);
    return jobs.isEmpty() ? null : jobs.get(0);
  }

  private String activityOf(Job job) {
    return management
        .createJobDefinitionQuery()
        .jobDefinitionId(job.getJobDefinitionId())
        .singleResult()
        .getActivityId();
  }

  /**
   * Ten thousand ended runs, an hour apart, with eight steps each; every hundredth is xgboost's.
   */
  private void insertRuns() {
    String definition =
        repository
            .createProcessDefinitionQuery()
            .processDefinitionKey(PIPELINE)
            .latestVersion()
            .singleResult()
            .getId();
    String id = "'00000000-0000-0000-0000-' || LPAD(CAST(n.X AS VARCHAR), 12, '0')";
    String start = "DATEADD('MINUTE', -10 * n.X, CURRENT_TIMESTAMP)";
    String runs = " FROM SYSTEM_RANGE(1, " + MANY + ") n";
    jdbc.sql(
            "INSERT INTO mlops_run (id, pipeline, process_version, business_key, logical_date,"
                + " priority, max_active, state, waiting, outcome, accuracy, started_at,"
                + " admitted_at, ended_at) SELECT "
                + id
                + ", :pipeline, 1, 'scheduled__' || n.X, FORMATDATETIME("
                + start
                + ", 'yyyy-MM-dd'), 0, 16, 'ended', FALSE, CASE WHEN MOD(n.X, 17) = 0 THEN"
                + " 'failed' ELSE 'success' END, 0.8 + MOD(n.X, 13) / 100.0, "
                + start
                + ", "
                + start
                + ", DATEADD('SECOND', 2 + MOD(n.X, 7), "
                + start
                + ")"
                + runs)
        .param("pipeline", PIPELINE)
        .update();
    jdbc.sql(
            "INSERT INTO ACT_HI_PROCINST (ID_, PROC_INST_ID_, PROC_DEF_KEY_, PROC_DEF_ID_,"
                + " START_TIME_, END_TIME_, STATE_) SELECT "
                + id
                + ", "
                + id
                + ", :pipeline, :definition, "
                + start
                + ", "
                + start
                + ", 'COMPLETED'"
                + runs)
        .param("pipeline", PIPELINE)
        .param("definition", definition)
        .update();
    for (String step :
        List.of(
            "serviceTask_reportStart",
            "serviceTask_admitRun",
            "serviceTask_loadData",
            "serviceTask_preprocessData",
            "serviceTask_separateData",
            "serviceTask_buildModel",
            "serviceTask_evaluateModel",
            "serviceTask_callStatusApi")) {
      jdbc.sql(
              "INSERT INTO ACT_HI_ACTINST (ID_, PROC_DEF_KEY_, PROC_DEF_ID_, PROC_INST_ID_,"
                  + " EXECUTION_ID_, ACT_ID_, ACT_NAME_, ACT_TYPE_, START_TIME_, END_TIME_,"
                  + " DURATION_, ACT_INST_STATE_, SEQUENCE_COUNTER_) SELECT :step || n.X, :pipeline,"
                  + " :definition, "
                  + id
                  + ", "
                  + id
                  + ", :step, :step, 'serviceTask', "
                  + start
                  + ", "
                  + start
                  + ", MOD(n.X, 400), 0, 1"
                  + runs)
          .param("step", step)
          .param("pipeline", PIPELINE)
          .param("definition", definition)
          .update();
    }
    variable(
        id,
        definition,
        "algorithm",
        "string",
        "TEXT_",
        "CASE WHEN MOD(n.X, 100) = 0 THEN 'xgboost' ELSE 'logistic-regression' END",
        runs);
    variable(id, definition, "accuracy", "double", "DOUBLE_", "0.8 + MOD(n.X, 13) / 100.0", runs);
  }

  private void variable(
      String id,
      String definition,
      String name,
      String type,
      String column,
      String value,
      String runs) {
    jdbc.sql(
            "INSERT INTO ACT_HI_VARINST (ID_, PROC_DEF_KEY_, PROC_DEF_ID_, PROC_INST_ID_,"
                + " EXECUTION_ID_, ACT_INST_ID_, NAME_, VAR_TYPE_, STATE_, "
                + column
                + ") SELECT :name || n.X, :pipeline, :definition, "
                + id
                + ", "
                + id
                + ", "
                + id
                + ", :name, :type, 'CREATED', "
                + value
                + runs)
        .param("name", name)
        .param("type", type)
        .param("pipeline", PIPELINE)
        .param("definition", definition)
        .update();
  }

  /** Times are for whoever reads the build's output; no test depends on them. */
  private static void report(String what, long begin) {
    System.out.printf(
        "With 10,000 runs: %s in %d ms%n", what, (System.nanoTime() - begin) / 1_000_000);
  }

  private static Locator step(Page page, String name) {
    return page.getByRole(AriaRole.TABPANEL).locator("tr", in(name)).first();
  }

  private static Locator.LocatorOptions in(String text) {
    return new Locator.LocatorOptions().setHasText(text);
  }

  private static Page.LocatorOptions having(String text) {
    return new Page.LocatorOptions().setHasText(text);
  }

  private static Page.LocatorOptions cell(String text) {
    return new Page.LocatorOptions().setHasText(text);
  }

  private static Page.GetByRoleOptions named(String name) {
    return new Page.GetByRoleOptions().setName(name).setExact(true);
  }

  private static Page.GetByRoleOptions tabNamed(String name) {
    return new Page.GetByRoleOptions().setName(name);
  }
}
