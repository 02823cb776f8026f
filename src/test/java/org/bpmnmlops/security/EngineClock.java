package org.bpmnmlops.security;

import java.time.Duration;
import java.util.Date;
import org.camunda.bpm.engine.impl.util.ClockUtil;

/** The engine's clock, which tests move instead of waiting. */
final class EngineClock {

  private EngineClock() {}

  static void forward(Duration duration) {
    long now = ClockUtil.getCurrentTime().getTime();
    ClockUtil.setCurrentTime(new Date(now + duration.toMillis()));
  }

  static void reset() {
    ClockUtil.reset();
  }
}
