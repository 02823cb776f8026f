package org.bpmnmlops.log;

import java.util.List;

/**
 * Some lines of a run's log, oldest first.
 *
 * @param next where to go on reading: the {@code after} of the next request, also when there is
 *     nothing more yet
 * @param more whether there are further lines already
 */
public record LogPage(List<LogLine> lines, long next, boolean more) {

  public LogPage {
    lines = List.copyOf(lines);
  }
}
