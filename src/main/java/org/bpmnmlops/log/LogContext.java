package org.bpmnmlops.log;

import java.util.Map;
import org.slf4j.MDC;

/** What every log line carries beside its text, as keys of the MDC. The engine sets the first. */
public final class LogContext {

  public static final String RUN = "run";
  static final String STEP = "step";

  private static final String ATTEMPT = "attempt";
  private static final String ATTEMPT_OF = "attemptOf";

  private LogContext() {}

  /** Says which attempt of which step this thread begins; the lines of others are not concerned. */
  public static void begin(String run, String step, long attempt) {
    MDC.put(ATTEMPT_OF, run + "/" + step);
    MDC.put(ATTEMPT, Long.toString(attempt));
  }

  public static void end() {
    MDC.remove(ATTEMPT_OF);
    MDC.remove(ATTEMPT);
  }

  /**
   * Logs in the name of the step that this thread began last, when the engine has left it already:
   * what it failed of is known at its boundary event only.
   */
  public static void inLastStepOf(String run, Runnable log) {
    String last = MDC.get(ATTEMPT_OF);
    String current = MDC.get(STEP);
    if (last == null || !last.startsWith(run + "/")) {
      log.run();
      return;
    }
    MDC.put(STEP, last.substring(run.length() + 1));
    try {
      log.run();
    } finally {
      if (current == null) {
        MDC.remove(STEP);
      } else {
        MDC.put(STEP, current);
      }
    }
  }

  /** Null where the line is not from the step that this thread began last. */
  static Integer attempt(Map<String, String> context) {
    String current = context.get(RUN) + "/" + context.get(STEP);
    return current.equals(context.get(ATTEMPT_OF)) ? Integer.valueOf(context.get(ATTEMPT)) : null;
  }
}
