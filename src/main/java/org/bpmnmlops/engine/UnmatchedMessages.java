package org.bpmnmlops.engine;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import java.util.Arrays;
import org.bpmnmlops.log.LogContext;
import org.camunda.bpm.engine.MismatchingMessageCorrelationException;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.slf4j.Marker;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.stereotype.Component;

/**
 * A message that no run waits for, such as a second TakeBack, is answered 400 and needs no stack
 * trace in the server's log. Where a step sent it, the run's log has it.
 */
@Component
class UnmatchedMessages extends TurboFilter implements InitializingBean, DisposableBean {

  @Override
  public void afterPropertiesSet() {
    context().addTurboFilter(this);
  }

  @Override
  public void destroy() {
    context().getTurboFilterList().remove(this);
  }

  @Override
  public FilterReply decide(
      Marker marker, Logger logger, Level level, String format, Object[] params, Throwable t) {
    // Asked for every line that could be logged, most of which are not. The engine's logger has the
    // exception among the parameters.
    boolean isOne =
        level.isGreaterOrEqual(logger.getEffectiveLevel())
            && (isUnmatched(t)
                || (params != null
                    && Arrays.stream(params).anyMatch(UnmatchedMessages::isUnmatched)));
    return isOne && MDC.get(LogContext.RUN) == null ? FilterReply.DENY : FilterReply.NEUTRAL;
  }

  private static boolean isUnmatched(Object thrown) {
    return thrown instanceof MismatchingMessageCorrelationException;
  }

  private static LoggerContext context() {
    return (LoggerContext) LoggerFactory.getILoggerFactory();
  }
}
