package org.bpmnmlops.log;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.stereotype.Component;

/** Hangs the runs' logs into Logback as long as the server lives. */
@Component
public class RunLogging implements InitializingBean, DisposableBean {

  /**
   * Logger of lines that only the run's own log shall have: that a step began and ended would be
   * noise on the console.
   */
  public static final String STEPS = "org.bpmnmlops.log.Steps";

  private final RunLogAppender appender;

  RunLogging(RunLog log, Secrets secrets) {
    appender = new RunLogAppender(log, secrets);
  }

  @Override
  public void afterPropertiesSet() {
    appender.setContext((LoggerContext) LoggerFactory.getILoggerFactory());
    appender.start();
    logger(org.slf4j.Logger.ROOT_LOGGER_NAME).addAppender(appender);
    logger(STEPS).setAdditive(false);
    logger(STEPS).addAppender(appender);
  }

  @Override
  public void destroy() {
    logger(STEPS).detachAppender(appender);
    logger(org.slf4j.Logger.ROOT_LOGGER_NAME).detachAppender(appender);
    appender.stop();
  }

  private static Logger logger(String name) {
    return (Logger) LoggerFactory.getLogger(name);
  }
}
