package org.bpmnmlops.operation;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Table {@code mlops_alert}: which alerts went out, so that each goes out once an hour whatever
 * number of nodes and runs see its reason.
 */
@Component
class AlertLog {

  private static final Duration PAUSE = Duration.ofHours(1);

  private final JdbcClient jdbc;
  private final Clock clock;

  AlertLog(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /**
   * Notes that an alert goes out, in the caller's transaction: when that fails, the alert was not
   * sent and may be tried again.
   *
   * @return false when it went out less than an hour ago
   */
  boolean claim(String subject) {
    Instant now = clock.instant();
    if (sentAfter(subject, now.minus(PAUSE))) {
      return false;
    }
    // Under the lock the second of two claimers sees what the first wrote, and neither runs into
    // the
    // primary key, which would cost PostgreSQL the whole transaction.
    jdbc.sql("SELECT subject FROM mlops_alert WHERE subject = '*' FOR UPDATE")
        .query(String.class)
        .single();
    if (sentAfter(subject, now.minus(PAUSE))) {
      return false;
    }
    int updated =
        jdbc.sql("UPDATE mlops_alert SET sent_at = :now WHERE subject = :subject")
            .param("now", Timestamp.from(now))
            .param("subject", subject)
            .update();
    if (updated == 0) {
      jdbc.sql("INSERT INTO mlops_alert (subject, sent_at) VALUES (:subject, :now)")
          .param("subject", subject)
          .param("now", Timestamp.from(now))
          .update();
    }
    return true;
  }

  private boolean sentAfter(String subject, Instant limit) {
    return jdbc.sql(
                "SELECT COUNT(*) FROM mlops_alert WHERE subject = :subject AND sent_at > :limit")
            .param("subject", subject)
            .param("limit", Timestamp.from(limit))
            .query(Long.class)
            .single()
        > 0;
  }
}
