package org.bpmnmlops.console;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * One run in a list, as {@code mlops_run} has it.
 *
 * @param id the process instance's id
 * @param version of the process definition
 * @param starter user id; null where a timer started it
 * @param logicalDate the day the run stands for, {@code yyyy-MM-dd}
 * @param state {@code queued}, {@code active} or {@code ended}
 * @param waitingForSlot whether it waits for a slot; for a person it waits where there is a task
 * @param outcome {@code success}, {@code failed} or {@code cancelled}; null until it ended
 * @param task name of what a person has to do before the run goes on; null where nobody has to
 * @param incidents steps that failed and wait for help
 * @param warnings faults that no later attempt made good
 * @param accuracy 0 to 1; null where there is none
 * @param reason where the run ended and why, of one that decided something and did not fail; null
 *     for others
 */
record RunRow(
    String id,
    String pipeline,
    int version,
    String businessKey,
    String starter,
    String logicalDate,
    String state,
    boolean waitingForSlot,
    String task,
    String outcome,
    int incidents,
    List<String> warnings,
    Double accuracy,
    String failureCode,
    String failureMessage,
    String reason,
    Instant startedAt,
    Instant admittedAt,
    Instant endedAt) {

  /**
   * State, outcome, incidents and warnings in one word: {@code queued}, {@code running}, {@code
   * waiting} (for a person), {@code incident}, {@code success}, {@code warning}, {@code failed} or
   * {@code cancelled}.
   */
  @JsonProperty
  String status() {
    if (incidents > 0) {
      return "incident";
    }
    return switch (state) {
      case "queued" -> "queued";
      case "active" -> task == null ? "running" : "waiting";
      default -> outcome.equals("success") && !warnings.isEmpty() ? "warning" : outcome;
    };
  }

  RunRow because(String why) {
    return new RunRow(
        id,
        pipeline,
        version,
        businessKey,
        starter,
        logicalDate,
        state,
        waitingForSlot,
        task,
        outcome,
        incidents,
        warnings,
        accuracy,
        failureCode,
        failureMessage,
        why,
        startedAt,
        admittedAt,
        endedAt);
  }

  /** From start to end, waiting for a slot included; null until it ended. */
  @JsonProperty
  Long durationMs() {
    return endedAt == null ? null : Duration.between(startedAt, endedAt).toMillis();
  }
}
