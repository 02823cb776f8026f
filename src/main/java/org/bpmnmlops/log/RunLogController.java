package org.bpmnmlops.log;

import java.util.Arrays;
import java.util.function.Predicate;
import org.camunda.bpm.engine.HistoryService;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** What a run said, for whoever may read its history. */
@RestController
class RunLogController {

  private final RunLog log;
  private final HistoryService history;

  RunLogController(RunLog log, HistoryService history) {
    this.log = log;
    this.history = history;
  }

  /**
   * {@code GET /api/v1/runs/{id}/log}: up to 1000 lines, oldest first.
   *
   * @param step of this step only: {@code serviceTask_buildModel} or {@code buildModel}
   * @param level of this level and above: TRACE, DEBUG, INFO, WARN or ERROR
   * @param after the answer's {@code next} of the page before; ask again with the last one to
   *     follow a run
   */
  @GetMapping("/api/v1/runs/{id}/log")
  LogPage lines(
      @PathVariable String id,
      @RequestParam(required = false) String step,
      @RequestParam(defaultValue = "TRACE") String level,
      @RequestParam(defaultValue = "0") String after) {
    LogLevel lowest = level(level);
    long start = position(after);
    // The engine answers with the rights of the user who asks.
    if (history.createHistoricProcessInstanceQuery().processInstanceId(id).count() == 0) {
      throw new ResponseStatusException(
          HttpStatus.NOT_FOUND, "There is no run '%s', or you may not read it".formatted(id));
    }
    Predicate<LogLine> wanted = line -> line.level().compareTo(lowest) >= 0;
    return log.read(id, start, step == null ? wanted : wanted.and(line -> line.isFrom(step)));
  }

  private static LogLevel level(String name) {
    return Arrays.stream(LogLevel.values())
        .filter(level -> level.name().equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(
            () ->
                new ResponseStatusException(
                    HttpStatus.BAD_REQUEST,
                    "Parameter 'level' is '%s'; expected one of TRACE, DEBUG, INFO, WARN, ERROR"
                        .formatted(name)));
  }

  private static long position(String after) {
    try {
      long position = Long.parseLong(after);
      if (position >= 0) {
        return position;
      }
    } catch (NumberFormatException e) {
      // Refused below, like a negative number.
    }
    throw new ResponseStatusException(
        HttpStatus.BAD_REQUEST,
        "Parameter 'after' is '%s'; expected 0 or the 'next' of an earlier answer"
            .formatted(after));
  }
}
