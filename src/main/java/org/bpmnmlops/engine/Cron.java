package org.bpmnmlops.engine;

import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import org.camunda.bpm.engine.impl.calendar.CronTimer;

/**
 * Cron expressions as the engine reads them: six fields, seconds first, in the JVM's zone (UTC).
 */
public final class Cron {

  /** Ever longer looks back, so that neither a rare nor a frequent schedule takes long. */
  private static final List<Duration> LOOKS_BACK =
      List.of(
          Duration.ofMinutes(1),
          Duration.ofHours(1),
          Duration.ofDays(1),
          Duration.ofDays(32),
          Duration.ofDays(366));

  private Cron() {}

  /**
   * The date that a run stands for which makes up for all those missed since it was due.
   *
   * @param due when the run was due; what comes out is never earlier
   * @param now when it really starts
   * @return the latest fire time up to now, or {@code due} where there was none since
   * @throws IllegalArgumentException when the expression cannot be used
   */
  public static Instant latest(String cron, Instant due, Instant now) {
    CronTimer timer = parse(cron);
    for (Duration back : LOOKS_BACK) {
      Instant start = now.minus(back).truncatedTo(ChronoUnit.SECONDS);
      if (!start.isAfter(due)) {
        break;
      }
      Instant latest = latest(timer, start, now);
      if (latest.isAfter(start)) {
        return latest;
      }
    }
    return latest(timer, due, now);
  }

  private static Instant latest(CronTimer timer, Instant start, Instant now) {
    Instant latest = start;
    for (Instant next = next(timer, latest);
        next.isAfter(latest) && !next.isAfter(now);
        next = next(timer, latest)) {
      latest = next;
    }
    return latest;
  }

  /**
   * Checks an expression.
   *
   * @param now any time; an expression that never fires after it is refused
   * @throws IllegalArgumentException says what is wrong and what was expected
   */
  static void check(String cron, Instant now) {
    if (!next(parse(cron), now).isAfter(now)) {
      throw new IllegalArgumentException("it never fires");
    }
  }

  private static CronTimer parse(String cron) {
    try {
      return CronTimer.parse(cron);
    } catch (ParseException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  /** The engine answers with the time it was asked about where no fire time follows. */
  private static Instant next(CronTimer timer, Instant after) {
    return timer.getDueDate(Date.from(after)).toInstant();
  }
}
