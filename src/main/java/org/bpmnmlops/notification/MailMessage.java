package org.bpmnmlops.notification;

import java.util.Optional;

/**
 * What a mail says.
 *
 * @param subject one line
 * @param text for programs that show no HTML
 * @param html the same as a page; empty for a mail of text alone
 */
public record MailMessage(String subject, String text, Optional<String> html) {

  public MailMessage {
    // A line break would let a variable add headers, recipients among them.
    subject = subject.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    if (subject.isEmpty() || text.isBlank()) {
      throw new IllegalArgumentException(
          "A mail needs a subject and a text; got subject '%s' and %s"
              .formatted(subject, text.isBlank() ? "no text" : "a text"));
    }
  }
}
