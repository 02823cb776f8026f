package org.bpmnmlops.notification;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.bpmnmlops.artifact.Home;
import org.bpmnmlops.engine.OneTaskModel;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.mock.env.MockEnvironment;

/** What the mails say, in both twins. */
class MailsTest {

  private static final Map<String, Object> TRAINED =
      Map.ofEntries(
          Map.entry("dataset", "advertising.csv"),
          Map.entry("rows", 1_250_000L),
          Map.entry("trainRows", 999_992L),
          Map.entry("testRows", 249_998L),
          Map.entry("droppedRows", 10L),
          Map.entry("droppedBecause", "10 without target (rows 4, 9, ...)"),
          Map.entry("leftOutColumns", "id (counts the rows)"),
          Map.entry("constantColumns", ""),
          Map.entry("algorithm", "random-forest"),
          Map.entry("minimumAccuracy", 0.75),
          Map.entry("accuracy", 0.92512),
          Map.entry("accuracyLow", 0.8014),
          Map.entry("accuracyHigh", 0.9742),
          Map.entry("baselineAccuracy", 0.525),
          Map.entry("model", "runs/4711/model.pb"),
          Map.entry("modelHash", "9f86d081"));

  @TempDir private Path home;

  @Test
  void tellsHowGoodTheModelIsAndWhereItLies() {
    MailMessage mail = mail("runSucceeded", TRAINED);

    assertThat(mail.subject()).isEqualTo("weather succeeded: accuracy 92.5 %");
    assertThat(mail.text())
        .contains(
            "92.5 % accuracy on 249,998 held-out rows, 95 % interval 80.1 % to 97.4 %; always answering"
                + " the most frequent class gets 52.5 %.")
        .contains("1,250,000 (999,992 to learn, 249,998 to test, 10 dropped)")
        .contains("10 without target (rows 4, 9, ...)", "id (counts the rows)")
        .contains("runs/4711/model.pb", "9f86d081", "random-forest", "manual__1")
        .contains("https://mlops.example.org/camunda/app/cockpit/default/#/mlops/runs/")
        .doesNotContain("null", "Warnings", "What to do", "Constant columns");
    assertThat(mail.html())
        .hasValueSatisfying(
            html ->
                assertThat(html)
                    .contains("92.5\u00a0%", "runs/4711/model.pb", "249,998 to test")
                    .contains("href=\"https://mlops.example.org/camunda/app/cockpit/")
                    .doesNotContain("null", "Warnings", "What to do", " th:"));
  }

  @Test
  void tellsWhatWentWrongOnTheWayToASuccess() {
    Map<String, Object> variables = new HashMap<>(TRAINED);
    variables.put("fault_reportStart", "The status API did not take the report.");
    variables.put("fault_call", "An earlier attempt to send this very mail.");

    MailMessage mail = mail("runSucceeded", variables);

    assertThat(mail.subject()).isEqualTo("weather succeeded with warnings: accuracy 92.5 %");
    assertThat(mail.text())
        .contains("  - Report start: The status API did not take the report.")
        .doesNotContain("this very mail");
  }

  @Test
  void leavesOutWhatAPipelineDoesNotKnow() {
    MailMessage mail = mail("runSucceeded", Map.of());

    assertThat(mail.subject()).isEqualTo("weather succeeded");
    assertThat(mail.text()).contains("Model ready").doesNotContain("null", "accuracy", "Rows");
    assertThat(mail.html().orElseThrow()).doesNotContain("null");
  }

  @Test
  void tellsWhyARunFailedAndWhatToDo() {
    MailMessage mail =
        mail(
            "runFailed",
            Map.of(
                "dataset", "advertising.csv",
                "failureCode", "DATA_INVALID",
                "failureMessage", "advertising.csv, line 17, column radio: '<b>n/a</b>' & more"));

    assertThat(mail.subject()).isEqualTo("weather failed: DATA_INVALID");
    assertThat(mail.text())
        .contains("line 17, column radio: '<b>n/a</b>' & more")
        .contains("What to do\n  Mend the data set");
    assertThat(mail.html().orElseThrow())
        .contains("&lt;b&gt;n/a&lt;/b&gt;")
        .doesNotContain("<b>n/a");
  }

  @Test
  void hasAdviceForACodeOfSomebodysOwn() {
    MailMessage mail = mail("runFailed", Map.of("failureCode", "NO_WEATHER"));

    assertThat(mail.text())
        .contains("ended on its failure path with code NO_WEATHER")
        .contains("start a new run")
        .doesNotContain("null", "What happened");
  }

  @Test
  void tellsAnAlertsStepCauseAndRemedy() {
    MailMessage mail =
        mail(
            "alert",
            Map.of(
                "alertSubject", "Step \"Build model\" of advertising-pipeline stopped",
                "alertText", "OutOfMemoryError: Java heap space",
                "alertAdvice", "Give it more memory.",
                "alertPipeline", "advertising-pipeline",
                "alertRun", "4711",
                "alertStep", "Build model"));

    assertThat(mail.subject()).isEqualTo("Step \"Build model\" of advertising-pipeline stopped");
    assertThat(mail.text())
        .contains("OutOfMemoryError: Java heap space", "Give it more memory.", "Build model")
        .contains("/camunda/app/cockpit/default/#/mlops/runs/4711");
  }

  @Test
  void tellsAnAlertThatConcernsNoRun() {
    MailMessage mail = mail("alert", Map.of("alertSubject", "The daily run did not come"));

    assertThat(mail.text())
        .contains("https://mlops.example.org/camunda/app/cockpit/")
        .doesNotContain("null", "process-instance");
  }

  private MailMessage mail(String kind, Map<String, Object> variables) {
    MockEnvironment environment =
        new MockEnvironment().withProperty("mlops.base-url", "https://mlops.example.org/");
    Mails mails = new Mails(new MailTemplates(), new CockpitLinks(environment), Clock.systemUTC());
    Tap tap = new Tap(mails);
    MailSettings outbox =
        new MailSettings(
            "", 587, "", "", "", List.of(), MailSettings.Tls.STARTTLS, Duration.ofSeconds(1));
    Mailer mailer =
        new Mailer(
            outbox,
            new Home(home, home),
            new StaticListableBeanFactory().getBeanProvider(JavaMailSender.class),
            Clock.systemUTC());
    String connector =
        """
        <camunda:inputOutput>
          <camunda:inputParameter name="message">${tap.%s(execution)}</camunda:inputParameter>
        </camunda:inputOutput>
        <camunda:connectorId>mail-send</camunda:connectorId>
        """
            .formatted(kind);
    try (OneTaskModel model =
        new OneTaskModel(List.of(new MailConnector(mailer)), Map.of("tap", tap))) {
      var outcome = model.run("weather", connector, "MAIL_FAILED", "manual__1", variables);
      assertThat(outcome.incidentMessage()).isEmpty();
    }
    return tap.last.get();
  }

  /** Keeps what the model asked for. Public, because expressions call it. */
  public static final class Tap {

    private final AtomicReference<MailMessage> last = new AtomicReference<>();
    private final Mails mails;

    private Tap(Mails mails) {
      this.mails = mails;
    }

    public MailMessage runSucceeded(DelegateExecution execution) {
      return keep(mails.runSucceeded(execution));
    }

    public MailMessage runFailed(DelegateExecution execution) {
      return keep(mails.runFailed(execution));
    }

    public MailMessage alert(DelegateExecution execution) {
      return keep(mails.alert(execution));
    }

    private MailMessage keep(MailMessage message) {
      last.set(message);
      return message;
    }
  }
}
