package org.bpmnmlops.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.slf4j.LoggerFactory;

/** Copies what is logged while a run's step is executed into that run's log. */
final class RunLogAppender extends UnsynchronizedAppenderBase<ILoggingEvent> {

  private static final int LONGEST_MESSAGE = 8 << 10;
  private static final int LONGEST_TRACE = 24 << 10;

  /** Files are named by runs; an id of the engine's and nothing else becomes a path. */
  private static final Pattern RUN = Pattern.compile("[0-9A-Za-z-]{1,64}");

  private final RunLog log;
  private final Secrets secrets;
  private final AtomicBoolean failing = new AtomicBoolean();

  RunLogAppender(RunLog log, Secrets secrets) {
    this.log = log;
    this.secrets = secrets;
    setName("RUNS");
  }

  @Override
  protected void append(ILoggingEvent event) {
    Map<String, String> context = event.getMDCPropertyMap();
    String run = context.get(LogContext.RUN);
    if (run == null || !RUN.matcher(run).matches()) {
      return;
    }
    try {
      log.append(run, line(event, context.get(LogContext.STEP), LogContext.attempt(context)));
      failing.set(false);
    } catch (IOException e) {
      // The console tells it, once until it works again: logging must not fail the step.
      if (failing.compareAndSet(false, true)) {
        LoggerFactory.getLogger(RunLog.class)
            .error("Cannot write the log of run {}: is the disk full?", run, e);
      }
    }
  }

  private LogLine line(ILoggingEvent event, String step, Integer attempt) {
    String logger = event.getLoggerName();
    String trace =
        event.getThrowableProxy() == null
            ? null
            : ThrowableProxyUtil.asString(event.getThrowableProxy()).stripTrailing();
    return new LogLine(
        event.getInstant().truncatedTo(java.time.temporal.ChronoUnit.MILLIS),
        LogLevel.valueOf(event.getLevel().toString()),
        step,
        attempt,
        logger.substring(logger.lastIndexOf('.') + 1),
        shortened(secrets.hide(event.getFormattedMessage()), LONGEST_MESSAGE),
        trace == null ? null : shortened(secrets.hide(trace), LONGEST_TRACE));
  }

  /** Cut in the middle: the end of a stack trace names the root cause. */
  private static String shortened(String text, int longest) {
    return text.length() <= longest
        ? text
        : text.substring(0, longest / 2)
            + "\n... (shortened) ...\n"
            + text.substring(text.length() - longest / 2);
  }
}
