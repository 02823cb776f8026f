package org.bpmnmlops.backfill;

import java.util.Optional;

/**
 * What is known of a pipeline's runs of one day.
 *
 * @param underway whether one is queued or active
 * @param succeeded whether one succeeded
 * @param failed whether one failed; a cancelled one says nothing about the day
 */
record DateHistory(boolean underway, boolean succeeded, boolean failed) {

  static final DateHistory NONE = new DateHistory(false, false, false);

  DateHistory and(DateHistory other) {
    return new DateHistory(
        underway || other.underway, succeeded || other.succeeded, failed || other.failed);
  }

  static DateHistory of(String state, String outcome) {
    return new DateHistory(
        !"ended".equals(state), "success".equals(outcome), "failed".equals(outcome));
  }

  /**
   * Why a backfill leaves the day out; empty when it runs it.
   *
   * @param rerun {@code none}, {@code failed} or {@code all}
   */
  Optional<String> skipReason(String rerun) {
    if (underway) {
      return Optional.of("a run of this day goes on");
    }
    if (rerun.equals("all")) {
      return Optional.empty();
    }
    if (succeeded) {
      return Optional.of("succeeded already; 'all' runs it again");
    }
    return failed && !rerun.equals("failed")
        ? Optional.of("failed before; 'failed' runs it again")
        : Optional.empty();
  }
}
