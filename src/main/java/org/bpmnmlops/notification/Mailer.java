package org.bpmnmlops.notification;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Date;
import org.bpmnmlops.artifact.Artifacts;
import org.bpmnmlops.artifact.Home;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.mail.MailException;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.mail.javamail.MimeMessageHelper;
import org.springframework.stereotype.Component;

/** Hands messages to the mail server or, where none is named, puts them into the outbox. */
@Component
class Mailer {

  private static final Logger LOG = LoggerFactory.getLogger(Mailer.class);

  static {
    // Jakarta Mail else looks for it through every jar, for each part of each message.
    System.setProperty(
        "jakarta.mail.util.StreamProvider", "org.eclipse.angus.mail.util.MailStreamProvider");
  }

  private final MailSettings settings;
  private final Home home;
  private final ObjectProvider<JavaMailSender> server;
  private final Clock clock;

  /**
   * Has no server; keeps the session and the table of file types, which cost more than a message.
   */
  private final JavaMailSenderImpl composer = new JavaMailSenderImpl();

  Mailer(MailSettings settings, Home home, ObjectProvider<JavaMailSender> server, Clock clock) {
    this.settings = settings;
    this.home = home;
    this.server = server;
    this.clock = clock;
  }

  /**
   * Sends a message. Sent again for the same run and step it carries the same Message-ID, so that
   * mail programs can tell, and takes the same file in the outbox. A message that the server does
   * not take stays in the outbox until a later attempt delivers it.
   *
   * @return the Message-ID, angle brackets included
   * @throws MailFailedException when the server does not take it; says where the copy is
   */
  String send(MailMessage message, String run, String step) {
    String id = safe(run) + "." + safe(step);
    return settings.hasServer() ? deliver(message, id) : putIntoOutbox(message, id);
  }

  private String deliver(MailMessage message, String id) {
    JavaMailSender sender = server.getObject();
    try {
      MimeMessage mail = compose(sender.createMimeMessage(), message, id);
      sender.send(mail);
      LOG.info(
          "Sent '{}' to {} by {}:{}",
          message.subject(),
          String.join(", ", settings.to()),
          settings.host(),
          settings.port());
      removeCopy(file(id));
      return mail.getMessageID();
    } catch (MailException | MessagingException e) {
      throw new MailFailedException(settings, e, keepCopy(message, id, e));
    }
  }

  /** The mail is as good as lost without its copy, so that failing to keep one is told too. */
  private String keepCopy(MailMessage message, String id, Exception failure) {
    try {
      write(message, id);
      return "A copy is in %s.".formatted(file(id));
    } catch (MessagingException | UncheckedIOException e) {
      failure.addSuppressed(e);
      return "No copy could be kept: %s.".formatted(e.getMessage());
    }
  }

  /** The message has left, and failing here would send it again. */
  private static void removeCopy(Path copy) {
    try {
      Files.deleteIfExists(copy);
    } catch (IOException e) {
      LOG.warn("The copy {} of a message that has been sent by now cannot be deleted", copy, e);
    }
  }

  private String putIntoOutbox(MailMessage message, String id) {
    try {
      String messageId = write(message, id);
      LOG.info(
          "No mail server is named (MLOPS_MAIL_HOST): wrote '{}' to {}",
          message.subject(),
          file(id));
      return messageId;
    } catch (MessagingException e) {
      throw new IllegalStateException(
          "Cannot compose '%s'; check MLOPS_MAIL_FROM and MLOPS_MAIL_TO"
              .formatted(message.subject()),
          e);
    }
  }

  private Path file(String id) {
    return home.outbox().resolve(id + ".eml");
  }

  private String write(MailMessage message, String id) throws MessagingException {
    MimeMessage mail = compose(composer.createMimeMessage(), message, id);
    String messageId = mail.getMessageID();
    mail.saveChanges();
    mail.setHeader("Message-ID", messageId);
    Artifacts.write(
        file(id),
        unfinished -> {
          try (var out = new BufferedOutputStream(Files.newOutputStream(unfinished))) {
            mail.writeTo(out);
          } catch (MessagingException e) {
            throw new IllegalStateException("Cannot write a composed message", e);
          }
        });
    return messageId;
  }

  private MimeMessage compose(MimeMessage mail, MailMessage message, String id)
      throws MessagingException {
    MimeMessageHelper helper = new MimeMessageHelper(mail, message.html().isPresent(), "UTF-8");
    helper.setFrom(settings.from());
    helper.setTo(settings.to().toArray(String[]::new));
    helper.setSubject(message.subject());
    helper.setSentDate(Date.from(clock.instant()));
    if (message.html().isPresent()) {
      helper.setText(message.text(), message.html().get());
    } else {
      helper.setText(message.text());
    }
    // Tells vacation responders not to answer (RFC 3834).
    mail.setHeader("Auto-Submitted", "auto-generated");
    mail.setHeader("Message-ID", "<%s@%s>".formatted(id, domain()));
    return mail;
  }

  private String domain() {
    String domain = settings.from().replaceFirst(".*@", "").replaceAll("[^A-Za-z0-9.-]", "");
    return domain.isEmpty() ? "localhost" : domain;
  }

  /** Ids from a diagram may hold characters that neither a file name nor a Message-ID may. */
  private static String safe(String id) {
    return id.replaceAll("[^A-Za-z0-9_-]", "_");
  }
}
