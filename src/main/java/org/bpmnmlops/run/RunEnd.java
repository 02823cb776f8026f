package org.bpmnmlops.run;

import java.time.Instant;

/**
 * How a run ended.
 *
 * @param accuracy 0 to 1; null where the run came to no evaluation
 * @param failureCode null unless the outcome is {@link Outcome#FAILED}
 * @param failureMessage likewise
 * @param warnings one line per step whose fault no later attempt made good; null when there is none
 */
public record RunEnd(
    String id,
    Outcome outcome,
    Double accuracy,
    String failureCode,
    String failureMessage,
    String warnings,
    Instant endedAt) {

  /** A run that ended at an end event failed when a failure was stated on its way there. */
  public enum Outcome {
    SUCCESS,
    FAILED,
    CANCELLED;

    /** As the table {@code mlops_run} and the REST API have it. */
    public String text() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }
}
