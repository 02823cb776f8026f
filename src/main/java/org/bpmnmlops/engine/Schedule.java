package org.bpmnmlops.engine;

import java.time.Clock;
import java.util.AbstractMap;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.bpmnmlops.process.ForModels;
import org.bpmnmlops.settings.SettingRefusedException;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/**
 * What {@code ${schedule.daily}} in a timer means: the cron expressions under {@code
 * mlops.schedule}, checked when the server starts.
 */
@Component("schedule")
@EnableConfigurationProperties(ScheduleSettings.class)
@ForModels
class Schedule extends AbstractMap<String, String> {

  private final Map<String, String> crons;

  Schedule(ScheduleSettings settings, Clock clock) {
    crons = Collections.unmodifiableMap(new TreeMap<>(settings.schedule()));
    crons.forEach(
        (name, cron) -> {
          try {
            Cron.check(cron, clock.instant());
          } catch (IllegalArgumentException e) {
            throw new SettingRefusedException(
                "MLOPS_SCHEDULE_%s is '%s', which is no schedule (%s); expected six fields: second, minute, hour, day, month, day of the week, such as '0 0 0 * * ?' for every midnight (UTC)"
                    .formatted(name.toUpperCase(Locale.ROOT), cron, e.getMessage()),
                e);
          }
        });
  }

  /** For whoever deploys a model: an unknown name is told at once, not when the timer is due. */
  @Override
  public String get(Object name) {
    String cron = crons.get(name);
    if (cron == null) {
      throw new IllegalArgumentException(
          "There is no schedule '%s'; expected one of %s. Set mlops.schedule.%s"
              .formatted(name, crons.keySet(), name));
    }
    return cron;
  }

  @Override
  public Set<Entry<String, String>> entrySet() {
    return crons.entrySet();
  }
}
