package org.bpmnmlops.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.bpmnmlops.MlopsTest;
import org.bpmnmlops.Server;
import org.bpmnmlops.notification.CockpitLinks;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.identity.User;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The forms in Tasklist: what starts a process, and what a model owner decides by. */
@MlopsTest
@BrowserTest
class TasklistTest {

  private static final String ASKS = "asks";
  private static final String OWNER = "olivia";
  private static final String PASSWORD = "Correct-Horse-7";

  @Autowired private Server server;
  @Autowired private RuntimeService runtime;
  @Autowired private RepositoryService repository;
  @Autowired private IdentityService identity;
  @Autowired private HistoryService history;
  @Autowired private TaskService tasks;
  @Autowired private CockpitLinks links;
  @Autowired private JdbcClient jdbc;

  @AfterEach
  void cleanUp() {
    runtime.createProcessInstanceQuery().rootProcessInstances().list().forEach(this::leave);
    repository
        .createDeploymentQuery()
        .deploymentName(ASKS)
        .list()
        .forEach(deployment -> repository.deleteDeployment(deployment.getId(), true));
    identity.deleteUser(OWNER);
  }

  private void leave(ProcessInstance run) {
    runtime.deleteProcessInstance(run.getId(), "test over");
    history.deleteHistoricProcessInstance(run.getId());
    jdbc.sql("DELETE FROM mlops_run WHERE id = :id").param("id", run.getId()).update();
  }

  @ParameterizedTest
  @CsvSource({
    "Advertising pipeline, dataset",
    "Backfill, pipeline",
    "Model monitoring, modelName",
    "Model retraining, forced",
    "Model rollback, toVersion"
  })
  void startsWithAFormMadeOfTheParameters(String process, String parameter, Chromium chromium) {
    try (Tab tab = chromium.open(1280, 1000, ColorScheme.LIGHT)) {
      Page page = signIn(tab, links.tasklist(Optional.empty()), "admin", server.adminPassword());
      Locator form = startForm(page, process);

      assertThat(form.locator("[name=" + parameter + "]")).isVisible();
      assertThat(form.locator("[name=" + parameter + "] >> xpath=../following-sibling::p[1]"))
          .not()
          .isEmpty();
      tab.screenshot("tasklist-start-" + process.replace(' ', '-'));
    }
  }

  @Test
  void startsARunWithWhatWasEntered(Chromium chromium) {
    try (Tab tab = chromium.open(1280, 1000, ColorScheme.LIGHT)) {
      Page page = signIn(tab, links.tasklist(Optional.empty()), "admin", server.adminPassword());
      Locator form = startForm(page, "Advertising pipeline");
      assertThat(form.locator("[name=maxAttempts]")).isHidden();
      form.locator("summary").click();
      assertThat(form.locator("[name=maxAttempts]")).isVisible();
      form.locator("[name=testShare]").fill("0.9");
      button(page, "Start").click();
      assertThat(page.locator("body")).containsText("0.05 to 0.5");
      tab.screenshot("tasklist-start-refused");

      form.locator("[name=testShare]").fill("0.3");
      form.locator("[name=seed]").fill("7");
      form.locator("[name=algorithm]").selectOption("xgboost");
      button(page, "Start").click();
      form.waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.DETACHED));

      ProcessInstance run =
          runtime
              .createProcessInstanceQuery()
              .processDefinitionKey("advertising-pipeline")
              .singleResult();
      assertThat(runtime.getVariables(run.getId()))
          .containsEntry("testShare", 0.3)
          .containsEntry("seed", 7L)
          .containsEntry("algorithm", "xgboost")
          .containsEntry("dataset", "advertising.csv");
    }
  }

  @ParameterizedTest
  @CsvSource({"1280, true", "1000, false"})
  void letsAModelOwnerDecideWhoComesByTheLinkOfTheMail(
      int width, boolean approved, Chromium chromium) {
    User user = identity.newUser(OWNER);
    user.setPassword(PASSWORD);
    identity.saveUser(user);
    identity.createMembership(OWNER, "model-owners");
    String run = ask();
    try (Tab tab = chromium.open(width, 1100, ColorScheme.LIGHT)) {
      String task = tasks.createTaskQuery().processInstanceId(run).singleResult().getId();
      Page page = signIn(tab, links.tasklist(Optional.of(task)), OWNER, PASSWORD);
      Locator form = page.locator(".fjs-container");
      assertThat(form).containsText("Should advertising v8 go live?");
      assertThat(form).containsText("Only 52 held-out rows to compare on; 100 are needed");
      assertThat(form.locator("table")).containsText("94.2 %");
      assertThat(form.locator("table")).containsText("–");
      assertThat(form).containsText("95 % interval -5.8 pp to +5.8 pp");
      assertThat(form).not().containsText("⚠");
      assertThat(form.locator("a[href='/api/v1/models/advertising/versions/8/card']")).isVisible();
      for (Locator link : form.locator("a").all()) {
        assertThat(link).hasAttribute("target", "_blank");
        assertThat(link).hasAttribute("rel", "noopener");
      }
      assertThat(button(page, "Complete")).isDisabled();
      page.getByText("Claim", new Page.GetByTextOptions().setExact(true)).click();
      form.getByText(approved ? "goes live" : "is rejected; the champion stays").click();
      form.locator("textarea").fill("looked at both");
      Page card = page.waitForPopup(() -> form.getByText("v7").last().click());
      assertThat(card).hasURL(Pattern.compile(".*/api/v1/models/advertising/versions/7/card$"));
      card.close();
      assertThat(form.locator("textarea")).hasValue("looked at both");
      tab.screenshot("tasklist-approve-" + width);
      button(page, "Complete").click();
      form.waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.DETACHED));

      assertThat(runtime.getVariables(run))
          .containsEntry("approved", approved)
          .containsEntry("approvalReason", "looked at both")
          .containsEntry("accuracy", 0.9423076923076923);
    }
  }

  /** A run that asks, and waits after the answer. */
  private String ask() {
    repository
        .createDeployment()
        .name(ASKS)
        .addModelInstance(
            ASKS + ".bpmn",
            Bpmn.createExecutableProcess(ASKS)
                .camundaHistoryTimeToLive(1)
                .startEvent("start")
                .userTask("approve")
                .name("Approve model")
                .camundaCandidateGroups("model-owners")
                .camundaFormRef("approve-model")
                .camundaFormRefBinding("latest")
                .userTask("after")
                .camundaAssignee("nobody")
                .endEvent("end")
                .done())
        .deploy();
    Map<String, Object> facts = new HashMap<>();
    facts.put("modelName", "advertising");
    facts.put("championVersion", 7L);
    facts.put("modelVersion", 8L);
    facts.put("metric", "accuracy");
    facts.put("accuracy", 0.9423076923076923);
    facts.put("championAccuracy", 0.8846153846153846);
    facts.put("newRowsAccuracy", null);
    facts.put("newRowsChampionAccuracy", null);
    facts.put("gainInWords", "0 pp");
    facts.put("gainInterval", "-5.8 pp to +5.8 pp");
    facts.put("commonRows", 52L);
    facts.put("newCommonRows", 0L);
    facts.put("largestRecallDrop", 0.0357142857142857);
    facts.put("minimumAccuracy", 0.75);
    facts.put("baselineAccuracy", 0.5384615384615384);
    facts.put("candidateScores", "logistic-regression 91.2 %, random-forest 88.6 %");
    facts.put("promotionReason", "Only 52 held-out rows to compare on; 100 are needed");
    facts.put("reason", "It was forced");
    return runtime.startProcessInstanceByKey(ASKS, facts).getId();
  }

  private Page signIn(Tab tab, String address, String user, String password) {
    Page page = tab.page();
    page.navigate(address);
    page.locator("input[type=text]").fill(user);
    page.locator("input[type=password]").fill(password);
    page.locator("button[type=submit]").click();
    page.locator("input[type=password]")
        .waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.DETACHED));
    return page;
  }

  private static Locator startForm(Page page, String process) {
    page.getByText("Start process").first().click();
    page.locator(".modal-dialog a")
        .filter(new Locator.FilterOptions().setHasText(process))
        .first()
        .click();
    Locator form = page.locator("form[name=generatedForm]");
    form.waitFor();
    return form;
  }

  private static Locator button(Page page, String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }
}
