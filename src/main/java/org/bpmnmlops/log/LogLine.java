package org.bpmnmlops.log;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;

/**
 * One line of a run's log, and one line of its file.
 *
 * @param time UTC, to the millisecond; null for a line that cannot be read
 * @param step the element's id in the diagram, such as {@code serviceTask_buildModel}; null for
 *     what was said between steps
 * @param attempt of the step, from 1; null where there is no step or its process has none of ours
 * @param logger the last part of the logger's name
 * @param trace the exception's stack trace, shortened in the middle; null where there is none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record LogLine(
    Instant time,
    LogLevel level,
    String step,
    Integer attempt,
    String logger,
    String message,
    String trace) {

  /** Whether the line was said in this step: its id, or the id without {@code serviceTask_}. */
  boolean isFrom(String wanted) {
    return step != null && (step.equals(wanted) || step.endsWith("_" + wanted));
  }
}
