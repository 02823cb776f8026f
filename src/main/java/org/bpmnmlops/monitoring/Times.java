package org.bpmnmlops.monitoring;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Times as other systems write them in files: ISO 8601, with a blank or without a zone. */
final class Times {

  private static final List<Function<String, Instant>> FORMS =
      List.of(
          text -> OffsetDateTime.parse(text).toInstant(),
          text -> LocalDateTime.parse(text).toInstant(ZoneOffset.UTC),
          text -> LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant());

  private Times() {}

  /** The moment; a time without a zone is taken for UTC. Empty where the text is no time. */
  static Optional<Instant> parse(String text) {
    String iso = text.strip().replaceFirst("^(\\d{4}-\\d{2}-\\d{2}) (?=\\d)", "$1T");
    for (Function<String, Instant> form : FORMS) {
      try {
        return Optional.of(form.apply(iso));
      } catch (DateTimeParseException e) {
        // Perhaps the next form fits.
      }
    }
    return Optional.empty();
  }
}
