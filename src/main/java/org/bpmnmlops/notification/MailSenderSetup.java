package org.bpmnmlops.notification;

import java.util.Properties;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.mail.javamail.JavaMailSenderImpl;

/** Sets up Spring's mail sender, and with it Actuator's mail health, where a server is named. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(MailSettings.class)
class MailSenderSetup {

  @Bean
  @ConditionalOnExpression("!'${mlops.mail.host:}'.isBlank()")
  JavaMailSenderImpl mailSender(MailSettings settings) {
    JavaMailSenderImpl sender = new JavaMailSenderImpl();
    sender.setHost(settings.host());
    sender.setPort(settings.port());
    sender.setDefaultEncoding("UTF-8");
    Properties properties = sender.getJavaMailProperties();
    if (!settings.user().isEmpty()) {
      sender.setUsername(settings.user());
      sender.setPassword(settings.password());
      properties.put("mail.smtp.auth", "true");
    }
    // Without these three a server that hangs holds a worker for ever.
    String millis = Long.toString(settings.timeout().toMillis());
    properties.put("mail.smtp.connectiontimeout", millis);
    properties.put("mail.smtp.timeout", millis);
    properties.put("mail.smtp.writetimeout", millis);
    // Connections that end at a deadline; without the last line a plain one would be tried after
    // them.
    properties.put("mail.smtp.socketFactory", new DeadlineSockets(settings.deadline()));
    properties.put("mail.smtp.socketFactory.fallback", "false");
    // A host name that does not fit the certificate is somebody else's server.
    properties.put("mail.smtp.ssl.checkserveridentity", "true");
    switch (settings.tls()) {
      case STARTTLS -> {
        properties.put("mail.smtp.starttls.enable", "true");
        properties.put("mail.smtp.starttls.required", "true");
      }
      case IMPLICIT -> properties.put("mail.smtp.ssl.enable", "true");
      case NONE -> properties.put("mail.smtp.starttls.enable", "false");
    }
    return sender;
  }
}
