package org.bpmnmlops.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class MailSettingsTest {

  @Test
  void takesGmailWithAnAppPasswordAndSeveralRecipients() {
    MailSettings settings =
        bind(
            Map.of(
                "host", "smtp.gmail.com",
                "user", "team@gmail.com",
                "password", "app password",
                "to", "ops@example.org, owner@example.org"));

    assertThat(settings.port()).isEqualTo(587);
    assertThat(settings.from()).isEqualTo("team@gmail.com");
    assertThat(settings.to()).containsExactly("ops@example.org", "owner@example.org");
    assertThat(new MailSenderSetup().mailSender(settings).getJavaMailProperties())
        .containsEntry("mail.smtp.auth", "true")
        .containsEntry("mail.smtp.starttls.required", "true")
        .containsEntry("mail.smtp.ssl.checkserveridentity", "true")
        .containsEntry("mail.smtp.connectiontimeout", "10000")
        .containsEntry("mail.smtp.timeout", "10000")
        .containsEntry("mail.smtp.writetimeout", "10000");
  }

  @Test
  void writesToTheOutboxWhenTheVariablesAreEmpty() {
    assertThat(bind(Map.of("host", "", "to", "", "from", "")).hasServer()).isFalse();
  }

  @Test
  void asksForRecipients() {
    assertThatThrownBy(() -> bind(Map.of("host", "smtp.gmail.com", "user", "team@gmail.com")))
        .rootCause()
        .hasMessageContaining("MLOPS_MAIL_HOST is set, but not MLOPS_MAIL_TO");
  }

  @Test
  void asksForASender() {
    assertThatThrownBy(() -> bind(Map.of("host", "relay", "to", "ops@example.org")))
        .rootCause()
        .hasMessageContaining("MLOPS_MAIL_HOST is set, but not MLOPS_MAIL_FROM");
  }

  private static MailSettings bind(Map<String, String> values) {
    Map<String, String> properties = new HashMap<>();
    values.forEach((name, value) -> properties.put("mlops.mail." + name, value));
    return new Binder(new MapConfigurationPropertySource(properties))
        .bind("mlops.mail", MailSettings.class)
        .get();
  }
}
