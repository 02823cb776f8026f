package org.bpmnmlops.notification;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.time.Duration;
import java.util.List;
import org.bpmnmlops.settings.SettingRefusedException;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How mail leaves this server.
 *
 * @param host SMTP server; empty means that messages are written to the outbox
 * @param port 587 for STARTTLS, 465 for implicit TLS, 25 for a relay
 * @param user empty for a server that wants no login
 * @param password of that user, for Gmail an app password
 * @param from the sender's address; the user where not set
 * @param to the recipients' addresses
 * @param tls how the connection is made secure
 * @param timeout for connecting, for each answer and for each write; a message as a whole takes at
 *     most {@link #deadline()}
 */
@ConfigurationProperties("mlops.mail")
record MailSettings(
    @DefaultValue("") String host,
    @DefaultValue("587") int port,
    @DefaultValue("") String user,
    @DefaultValue("") String password,
    @DefaultValue("") String from,
    @DefaultValue List<String> to,
    @DefaultValue("starttls") Tls tls,
    @DefaultValue("10s") Duration timeout) {

  /** How the connection to the mail server is made secure. */
  enum Tls {
    /** Plain at first, then encrypted; a server that does not offer it gets no mail. */
    STARTTLS,
    /** Encrypted from the first byte. */
    IMPLICIT,
    /** Not at all: for a relay on the same machine. */
    NONE
  }

  /** A healthy conversation has about ten answers, and hardly any of them comes late. */
  private static final int WAITS_PER_MESSAGE = 6;

  private static final String LOCAL_SENDER = "bpmn-mlops@localhost";
  private static final String LOCAL_RECIPIENT = "operator@localhost";

  MailSettings {
    host = host.strip();
    to = to.stream().map(String::strip).filter(address -> !address.isEmpty()).toList();
    if (from.isBlank()) {
      from = user.contains("@") ? user : host.isEmpty() ? LOCAL_SENDER : "";
    }
    if (host.isEmpty() && to.isEmpty()) {
      to = List.of(LOCAL_RECIPIENT);
    }
    if (to.isEmpty()) {
      throw new SettingRefusedException(
          "MLOPS_MAIL_HOST is set, but not MLOPS_MAIL_TO; expected the addresses that mails go to,"
              + " separated by commas");
    }
    if (from.isBlank()) {
      throw new SettingRefusedException(
          "MLOPS_MAIL_HOST is set, but not MLOPS_MAIL_FROM, and MLOPS_MAIL_USER is no address;"
              + " expected the address that mails come from");
    }
    to.forEach(address -> check("MLOPS_MAIL_TO", address));
    check("MLOPS_MAIL_FROM", from);
    if (timeout.isNegative() || timeout.isZero() || timeout.toMinutes() >= 60) {
      throw new SettingRefusedException(
          "MLOPS_MAIL_TIMEOUT is '%s'; expected a time between 1 ms and 1 h such as 10s"
              .formatted(timeout));
    }
  }

  private static void check(String variable, String address) {
    try {
      new InternetAddress(address, true).validate();
    } catch (AddressException e) {
      throw new SettingRefusedException(
          "%s has '%s', which is no mail address (%s); expected one such as team@example.org"
              .formatted(variable, address, e.getMessage()),
          e);
    }
  }

  /** The longest a message may take from the connection to the last answer. */
  Duration deadline() {
    return timeout.multipliedBy(WAITS_PER_MESSAGE);
  }

  boolean hasServer() {
    return !host.isEmpty();
  }
}
