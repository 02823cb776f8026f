package org.bpmnmlops.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CronTest {

  private static final String MIDNIGHT = "0 0 0 * * ?";
  private static final Instant DUE = Instant.parse("2026-11-01T00:00:00Z");

  @Test
  void isTheDueDateWhenTheRunComesInTime() {
    assertThat(Cron.latest(MIDNIGHT, DUE, DUE)).isEqualTo(DUE);
    assertThat(Cron.latest(MIDNIGHT, DUE, DUE.plusSeconds(30))).isEqualTo(DUE);
  }

  @Test
  void isTheLatestMissedDateAfterADowntime() {
    assertThat(Cron.latest(MIDNIGHT, DUE, Instant.parse("2026-11-11T09:30:00Z")))
        .isEqualTo("2026-11-11T00:00:00Z");
    assertThat(Cron.latest(MIDNIGHT, DUE, Instant.parse("2026-11-11T00:00:00Z")))
        .isEqualTo("2026-11-11T00:00:00Z");
    assertThat(Cron.latest(MIDNIGHT, DUE, Instant.parse("2026-11-10T23:59:59.999Z")))
        .isEqualTo("2026-11-10T00:00:00Z");
  }

  @Test
  void isNeverEarlierThanTheDueDate() {
    String everyFirst = "0 0 0 1 * ?";
    Instant due = Instant.parse("2026-11-05T12:00:00Z");

    assertThat(Cron.latest(everyFirst, due, Instant.parse("2026-11-30T00:00:00Z"))).isEqualTo(due);
    assertThat(Cron.latest(everyFirst, due, Instant.parse("2027-03-04T00:00:00Z")))
        .isEqualTo("2027-03-01T00:00:00Z");
  }

  @Test
  void findsTheLatestDateOfASchedulesThatFiresEverySecondAfterAYear() {
    assertThat(Cron.latest("* * * * * ?", DUE, Instant.parse("2027-11-01T10:11:12.345Z")))
        .isEqualTo("2027-11-01T10:11:12Z");
  }

  @Test
  void findsTheLatestDateOfAScheduleThatFiresOnceInFourYears() {
    assertThat(Cron.latest("0 0 0 29 2 ?", DUE, Instant.parse("2031-01-01T00:00:00Z")))
        .isEqualTo("2028-02-29T00:00:00Z");
  }

  @Test
  void namesTheScheduleAndTheFormWhenTheServerStartsWithAWrongOne() {
    assertThatThrownBy(() -> schedule("every midnight"))
        .hasMessageContaining("MLOPS_SCHEDULE_DAILY is 'every midnight', which is no schedule")
        .hasMessageContaining("expected six fields")
        .hasMessageContaining("'0 0 0 * * ?'");
    assertThatThrownBy(() -> schedule("0 0 * * *")).hasMessageContaining("is no schedule");
    assertThatThrownBy(() -> schedule("0 0 0 30 2 ?")).hasMessageContaining("it never fires");
  }

  @Test
  void tellsWhichSchedulesThereAreWhenAModelNamesAnother() {
    assertThat(schedule(MIDNIGHT)).containsEntry("daily", MIDNIGHT);
    assertThatThrownBy(() -> schedule(MIDNIGHT).get("weekly"))
        .hasMessage(
            "There is no schedule 'weekly'; expected one of [daily]. Set mlops.schedule.weekly");
  }

  private static Schedule schedule(String daily) {
    return new Schedule(
        new ScheduleSettings(Map.of("daily", daily)), Clock.fixed(DUE, ZoneOffset.UTC));
  }
}
