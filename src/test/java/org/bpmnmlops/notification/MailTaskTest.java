package org.bpmnmlops.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.bpmnmlops.notification.ScriptedMailServer.DRIP;
import static org.bpmnmlops.notification.ScriptedMailServer.DROP;
import static org.bpmnmlops.notification.ScriptedMailServer.FLOOD;
import static org.bpmnmlops.notification.ScriptedMailServer.HANG;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.Multipart;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.bpmnmlops.Troubles;
import org.bpmnmlops.artifact.Home;
import org.bpmnmlops.engine.OneTaskModel;
import org.bpmnmlops.engine.OneTaskModel.Outcome;
import org.bpmnmlops.notification.MailSettings.Tls;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.mock.env.MockEnvironment;

/** The connector mail-send as the models draw it, against real and misbehaving SMTP servers. */
class MailTaskTest {

  private static final Clock NOON =
      Clock.fixed(Instant.parse("2026-11-22T12:00:00Z"), ZoneOffset.UTC);
  private static final String OWN_TEXT =
      mail(Map.of("subject", "${rows} rows", "text", "Grüße, ${rows} rows"));
  private static final Map<String, Object> ROWS = Map.of("rows", 200L);

  @TempDir private Path home;
  private OneTaskModel model;
  private GreenMail greenMail;

  @AfterEach
  void stop() {
    if (model != null) {
      model.close();
    }
    if (greenMail != null) {
      greenMail.stop();
    }
  }

  @Test
  void sendsHtmlAndTextToTheConfiguredRecipients() throws Exception {
    Outcome outcome =
        toGreenMail().run("weather", mail(SUCCEEDED), "MAIL_FAILED", "manual__1", Map.of());

    assertThat(outcome.end()).isEqualTo("done");
    MimeMessage[] received = greenMail.getReceivedMessages();
    assertThat(received).hasSize(2);
    assertThat(received[0].getHeader("To")[0]).contains("ops@example.org", "owner@example.org");
    assertThat(received[0].getFrom()[0]).hasToString("mlops@example.org");
    assertThat(received[0].getSubject()).isEqualTo("weather succeeded");
    Multipart mixed = (Multipart) received[0].getContent();
    assertThat(rawContent(received[0])).contains("text/plain", "text/html");
    assertThat(mixed.getCount()).isPositive();
  }

  @Test
  void identifiesAMessageByRunAndStep() throws Exception {
    Outcome outcome = toGreenMail().run("weather", OWN_TEXT, "MAIL_FAILED", null, ROWS);

    assertThat(greenMail.getReceivedMessages()[0].getMessageID())
        .isEqualTo("<%s.serviceTask_call@example.org>".formatted(outcome.run()));
  }

  @Test
  void sendsWhatTheModelItselfSays() throws Exception {
    Outcome outcome = toGreenMail().run("weather", OWN_TEXT, "MAIL_FAILED", null, ROWS);

    assertThat(outcome.end()).isEqualTo("done");
    MimeMessage received = greenMail.getReceivedMessages()[0];
    assertThat(received.getSubject()).isEqualTo("200 rows");
    assertThat(received.getContent().toString().strip()).isEqualTo("Grüße, 200 rows");
  }

  @Test
  void logsInWithUserAndPassword() throws Exception {
    greenMail();
    greenMail.setUser("joe@example.org", "joe", "secret");

    Outcome outcome =
        to(settings(greenMail.getSmtp().getPort(), "joe", "secret", Tls.NONE))
            .run("weather", OWN_TEXT, "MAIL_FAILED", null, ROWS);

    assertThat(outcome.end()).isEqualTo("done");
  }

  @Test
  void saysThatTheLoginWasRefused() throws Exception {
    greenMail();
    greenMail.setUser("joe@example.org", "joe", "secret");

    Outcome outcome =
        to(settings(greenMail.getSmtp().getPort(), "joe", "wrong", Tls.NONE))
            .run("weather", OWN_TEXT, "MAIL_FAILED", null, ROWS);

    assertThat(outcome.end()).isEqualTo("failed");
    assertThat(message(outcome))
        .contains("refused the login of user 'joe'")
        .contains("MLOPS_MAIL_PASSWORD")
        .doesNotContain("wrong");
    Troubles.assertTold("The mail server refuses the login", message(outcome));
  }

  @Test
  void sendsNothingToAServerThatOffersNoStarttls() throws Exception {
    greenMail();

    Outcome outcome =
        to(settings(greenMail.getSmtp().getPort(), "", "", Tls.STARTTLS))
            .run("weather", OWN_TEXT, "MAIL_FAILED", null, ROWS);

    assertThat(outcome.end()).isEqualTo("failed");
    assertThat(message(outcome)).contains("offers no STARTTLS").contains("MLOPS_MAIL_TLS");
    assertThat(greenMail.getReceivedMessages()).isEmpty();
  }

  @Test
  void sendsNothingToAServerWhoseCertificateNobodyVouchesFor() throws Exception {
    greenMail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTPS));
    greenMail.start();

    Outcome outcome =
        to(settings(greenMail.getSmtps().getPort(), "", "", Tls.IMPLICIT))
            .run("weather", OWN_TEXT, "MAIL_FAILED", null, ROWS);

    assertThat(outcome.end()).isEqualTo("failed");
    assertThat(message(outcome)).contains("its certificate is signed by nobody");
  }

  @Test
  void saysThatTheConnectionWasRefused() throws Exception {
    int nobody;
    try (ServerSocket socket = new ServerSocket(0)) {
      nobody = socket.getLocalPort();
    }

    Outcome outcome =
        to(settings(nobody, "", "", Tls.NONE)).run("weather", OWN_TEXT, "MAIL_FAILED", null, ROWS);

    assertThat(outcome.end()).isEqualTo("failed");
    assertThat(message(outcome))
        .isEqualTo(
            "The mail server 127.0.0.1:%d did not take the message: it refused the connection. Check that it runs, and MLOPS_MAIL_HOST and MLOPS_MAIL_PORT. A copy is in %s."
                .formatted(nobody, copy(outcome)));
  }

  @Test
  void keepsACopyOfWhatTheServerDoesNotTake() throws Exception {
    Outcome outcome = scripted(Map.of("RCPT", "550 5.1.1 no such user"));

    assertThat(message(outcome)).endsWith("A copy is in %s.".formatted(copy(outcome)));
    MimeMessage kept = read(copy(outcome));
    assertThat(kept.getSubject()).isEqualTo("200 rows");
    assertThat(kept.getMessageID())
        .isEqualTo("<%s.serviceTask_call@example.org>".formatted(outcome.run()));
  }

  @Test
  void removesTheCopyWhenALaterAttemptIsTaken() throws Exception {
    MailMessage message = new MailMessage("Hello", "World", Optional.empty());
    try (ScriptedMailServer busy = new ScriptedMailServer(Map.of("CONNECT", "421 too busy"))) {
      Mailer mailer = mailer(settings(busy.port(), "", "", Tls.NONE));
      assertThatThrownBy(() -> mailer.send(message, "4711", "serviceTask_send"))
          .isInstanceOf(MailFailedException.class);
    }
    Path copy = home.resolve("outbox/4711.serviceTask_send.eml");
    assertThat(copy).exists();

    greenMail();
    mailer(settings(greenMail.getSmtp().getPort(), "", "", Tls.NONE))
        .send(message, "4711", "serviceTask_send");

    assertThat(copy).doesNotExist();
  }

  @Test
  void saysThatNoCopyCouldBeKept() throws Exception {
    Files.writeString(home.resolve("outbox"), "a file where the folder should be");

    Outcome outcome = scripted(Map.of("CONNECT", "421 too busy"));

    assertThat(message(outcome)).contains("421 too busy").contains("No copy could be kept: Cannot");
  }

  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void endsAConversationInWhichTheServerNeverEndsALine() throws Exception {
    Outcome outcome = scripted(Map.of("CONNECT", DRIP));

    assertThat(outcome.end()).isEqualTo("failed");
    assertThat(message(outcome))
        .contains("it had not taken it after 1800 ms")
        .contains("MLOPS_MAIL_TIMEOUT");
  }

  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void endsAConversationThatDripsAfterTheMessage() throws Exception {
    Outcome outcome = scripted(Map.of(".", DRIP));

    assertThat(message(outcome)).contains("it had not taken it after 1800 ms");
  }

  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void readsNoEndlessAnswer() throws Exception {
    Outcome outcome = scripted(Map.of("EHLO", FLOOD));

    assertThat(message(outcome)).contains("its answers are longer than 1048576 bytes");
  }

  @Test
  void saysWhoWasRefusedForGood() throws Exception {
    Outcome outcome = scripted(Map.of("RCPT", "550 5.1.1 no such user"));

    assertThat(outcome.end()).isEqualTo("failed");
    assertThat(message(outcome))
        .contains("it answered '550 5.1.1 no such user'")
        .contains("MLOPS_MAIL_TO (ops@example.org, owner@example.org)")
        .doesNotContain("Exception");
  }

  @Test
  void saysThatTheSenderWasRefused() throws Exception {
    Outcome outcome = scripted(Map.of("MAIL", "550 5.7.1 not allowed to send"));

    assertThat(outcome.end()).isEqualTo("failed");
    assertThat(message(outcome)).contains("not allowed to send").contains("MLOPS_MAIL_FROM");
  }

  @Test
  void failsOnAServerThatIsBusy() throws Exception {
    Outcome outcome = scripted(Map.of("CONNECT", "421 too busy"));

    assertThat(outcome.end()).isEqualTo("failed");
    assertThat(message(outcome)).contains("it answered '421 too busy'");
  }

  @Test
  void failsOnAServerThatRefusesTheContent() throws Exception {
    Outcome outcome = scripted(Map.of(".", "554 5.6.0 looks like spam"));

    assertThat(outcome.end()).isEqualTo("failed");
    assertThat(message(outcome)).contains("554 5.6.0 looks like spam");
  }

  @Test
  void failsOnAServerThatHangsAtOnce() throws Exception {
    Outcome outcome = scripted(Map.of("CONNECT", HANG));

    assertThat(outcome.end()).isEqualTo("failed");
    assertThat(message(outcome))
        .contains("it did not answer within 300 ms")
        .contains("MLOPS_MAIL_TIMEOUT");
  }

  @Test
  void failsOnAServerThatHangsAfterTheMessage() throws Exception {
    Outcome outcome = scripted(Map.of(".", HANG));

    assertThat(outcome.end()).isEqualTo("failed");
    assertThat(message(outcome)).contains("it did not answer within 300 ms");
  }

  @Test
  void failsOnAServerThatDropsTheConnectionMidway() throws Exception {
    Outcome outcome = scripted(Map.of("DATA", DROP));

    assertThat(outcome.end()).isEqualTo("failed");
    assertThat(message(outcome)).contains("the connection broke off");
  }

  @Test
  void failsOnAHostNameThatNobodyKnows() {
    MailSettings settings =
        new MailSettings(
            "mail.invalid", 25, "", "", "a@b.org", List.of("c@d.org"), Tls.NONE, timeout());

    Outcome outcome = to(settings).run("weather", OWN_TEXT, "MAIL_FAILED", null, ROWS);

    assertThat(message(outcome)).contains("mail.invalid:25").contains("its host name is unknown");
  }

  @Test
  void writesToTheOutboxWhereNoServerIsNamed() throws Exception {
    Outcome outcome = to(outbox()).run("weather", mail(SUCCEEDED), "MAIL_FAILED", null, Map.of());

    assertThat(outcome.end()).isEqualTo("done");
    Path file = home.resolve("outbox/%s.serviceTask_call.eml".formatted(outcome.run()));
    MimeMessage written = read(file);
    assertThat(written.getSubject()).isEqualTo("weather succeeded");
    assertThat(written.getMessageID())
        .isEqualTo("<%s.serviceTask_call@localhost>".formatted(outcome.run()));
    assertThat(written.getSentDate()).isEqualTo(NOON.instant());
  }

  @Test
  void overwritesTheOutboxFileOfAStepThatRunsAgain() throws Exception {
    Mailer mailer = mailer(outbox());
    MailMessage message = new MailMessage("Hello", "World", Optional.empty());

    mailer.send(message, "4711", "serviceTask_send");
    mailer.send(message, "4711", "serviceTask_send");

    try (var files = Files.list(home.resolve("outbox"))) {
      assertThat(files).containsExactly(home.resolve("outbox/4711.serviceTask_send.eml"));
    }
  }

  @Test
  void neverLeavesTheOutbox() {
    Mailer mailer = mailer(outbox());
    MailMessage message = new MailMessage("Hello", "World", Optional.empty());

    mailer.send(message, "4711", "../../évil");

    assertThat(home.resolve("outbox/4711._______vil.eml")).exists();
  }

  @Test
  void letsNoVariableAddAHeader() throws Exception {
    Outcome outcome =
        toGreenMail()
            .run(
                "weather",
                mail(Map.of("subject", "${name}", "text", "Hello")),
                "MAIL_FAILED",
                null,
                Map.of("name", "Hi\r\nBcc: everybody@example.com"));

    assertThat(outcome.end()).isEqualTo("done");
    assertThat(greenMail.getReceivedMessages()).hasSize(2);
    assertThat(greenMail.getReceivedMessages()[0].getHeader("Bcc")).isNull();
  }

  @Test
  void refusesRecipientsFromTheModel() {
    Outcome outcome =
        to(outbox())
            .run(
                "weather",
                mail(Map.of("subject", "Hi", "text", "Hello", "to", "everybody@example.com")),
                "MAIL_FAILED",
                null,
                Map.of());

    assertThat(outcome.end()).isEmpty();
    assertThat(outcome.incidentMessage())
        .contains("mail-send has no input [to]")
        .contains("MLOPS_MAIL_TO");
  }

  @Test
  void asksForSubjectAndText() {
    Outcome outcome =
        to(outbox()).run("weather", mail(Map.of("subject", "Hi")), "MAIL_FAILED", null, Map.of());

    assertThat(outcome.incidentMessage()).contains("A mail needs a subject and a text");
  }

  private static final Map<String, String> SUCCEEDED =
      Map.of("message", "${mails.runSucceeded(execution)}");

  private static String mail(Map<String, String> inputs) {
    StringBuilder xml = new StringBuilder("<camunda:inputOutput>");
    inputs.forEach(
        (name, value) ->
            xml.append("<camunda:inputParameter name=\"%s\">%s".formatted(name, value))
                .append("</camunda:inputParameter>"));
    return xml + "</camunda:inputOutput><camunda:connectorId>mail-send</camunda:connectorId>";
  }

  private Outcome scripted(Map<String, String> answers) throws IOException {
    try (ScriptedMailServer server = new ScriptedMailServer(answers)) {
      return to(settings(server.port(), "", "", Tls.NONE))
          .run("weather", OWN_TEXT, "MAIL_FAILED", null, ROWS);
    }
  }

  private void greenMail() {
    greenMail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    greenMail.start();
  }

  private OneTaskModel toGreenMail() {
    greenMail();
    return to(settings(greenMail.getSmtp().getPort(), "", "", Tls.NONE));
  }

  private OneTaskModel to(MailSettings settings) {
    Mails mails = new Mails(new MailTemplates(), new CockpitLinks(new MockEnvironment()), NOON);
    model = new OneTaskModel(List.of(new MailConnector(mailer(settings))), Map.of("mails", mails));
    return model;
  }

  private Mailer mailer(MailSettings settings) {
    StaticListableBeanFactory beans = new StaticListableBeanFactory();
    if (settings.hasServer()) {
      beans.addBean("mailSender", new MailSenderSetup().mailSender(settings));
    }
    return new Mailer(
        settings, new Home(home, home), beans.getBeanProvider(JavaMailSender.class), NOON);
  }

  private static MailSettings settings(int port, String user, String password, Tls tls) {
    return new MailSettings(
        "127.0.0.1",
        port,
        user,
        password,
        "mlops@example.org",
        List.of("ops@example.org", "owner@example.org"),
        tls,
        timeout());
  }

  private static MailSettings outbox() {
    return new MailSettings("", 587, "", "", "", List.of(), Tls.STARTTLS, timeout());
  }

  private static Duration timeout() {
    return Duration.ofMillis(300);
  }

  private static String message(Outcome outcome) {
    return (String) outcome.variables().get("failureMessage");
  }

  private Path copy(Outcome outcome) {
    return home.resolve("outbox/%s.serviceTask_call.eml".formatted(outcome.run()));
  }

  private static String rawContent(MimeMessage message) throws Exception {
    return GreenMailUtil.getWholeMessage(message);
  }

  private static MimeMessage read(Path file) throws Exception {
    try (var in = Files.newInputStream(file)) {
      return new MimeMessage(Session.getInstance(new Properties()), in);
    }
  }
}
