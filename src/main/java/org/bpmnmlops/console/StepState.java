package org.bpmnmlops.console;

import java.time.Instant;
import java.util.List;

/**
 * Where one step of one run stands.
 *
 * @param id of the task in the diagram
 * @param type as in BPMN: {@code serviceTask}, {@code userTask}
 * @param state {@code none} where the run did not come, {@code queued}, {@code running}, {@code
 *     waiting} for a person or another run, {@code retrying} after a failure, {@code incident},
 *     {@code success}, {@code failed} or {@code cancelled}
 * @param attempts how often it began, retries of the engine and of the diagram alike
 * @param startedAt of the last attempt; null where there is none
 * @param durationMs of the last attempt; null until it ended
 * @param nextAt when a step that is {@code retrying} is tried again
 * @param tries every attempt, oldest first; empty in a grid
 */
record StepState(
    String id,
    String name,
    String type,
    String state,
    int attempts,
    Instant startedAt,
    Instant endedAt,
    Long durationMs,
    Instant nextAt,
    List<Try> tries) {

  /**
   * One attempt.
   *
   * @param state {@code running}, {@code success}, {@code failed} or {@code cancelled}
   * @param startedAt null for an attempt that failed with an exception: the engine rolls back what
   *     it had written, and only the failure is on record
   * @param error what went wrong, in words; null where nothing did
   * @param whatToDo null likewise
   * @param job id of the failed job, whose stack trace {@code GET
   *     /engine-rest/history/job-log/{id}/stacktrace} has; null likewise
   * @param run process instance that a call activity started; null for other steps
   */
  record Try(
      String state,
      Instant startedAt,
      Instant endedAt,
      Long durationMs,
      String error,
      String whatToDo,
      String job,
      String run) {}
}
