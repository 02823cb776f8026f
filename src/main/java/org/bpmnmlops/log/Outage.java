package org.bpmnmlops.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.slf4j.Marker;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.stereotype.Component;

/**
 * The time in which the database cannot be reached. The log tells its begin and its end, instead of
 * a stack trace for everything that fails meanwhile; what fails in a run's step is told as ever,
 * for it belongs to that run's own log.
 */
@Component
public class Outage implements InitializingBean, DisposableBean {

  private static final org.slf4j.Logger LOG = LoggerFactory.getLogger(Outage.class);

  /** Connection exceptions, and a PostgreSQL that shuts down or starts. */
  private static final Pattern UNREACHABLE = Pattern.compile("08...|57P0[123]");

  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final int PATIENCE_SECONDS = 2;

  private final DataSource database;
  private final AtomicBoolean now = new AtomicBoolean();
  private final TurboFilter filter = new Once();
  private volatile boolean closed;

  public Outage(DataSource database) {
    this.database = database;
  }

  /** Whether something failed because there is no connection to the database. */
  public static boolean isOne(Throwable e) {
    return causes(e)
        .anyMatch(
            cause ->
                cause instanceof SQLNonTransientConnectionException
                    || cause instanceof SQLTransientConnectionException
                    || (cause instanceof SQLException sql
                        && sql.getSQLState() != null
                        && UNREACHABLE.matcher(sql.getSQLState()).matches()));
  }

  /** Whether there is one, as far as anybody has noticed. */
  public boolean isNow() {
    return now.get();
  }

  @Override
  public void afterPropertiesSet() {
    context().addTurboFilter(filter);
  }

  @Override
  public void destroy() {
    closed = true;
    context().getTurboFilterList().remove(filter);
  }

  private void noticed(Throwable e) {
    if (!closed && now.compareAndSet(false, true)) {
      LOG.error(
          "The database cannot be reached ({}). Until it can, requests are answered 503 and steps"
              + " wait; what fails meanwhile is not logged. See that it runs: the server goes on by"
              + " itself",
          causes(e).reduce((outer, inner) -> inner).orElse(e).getMessage());
      Thread watch = new Thread(this::watch, "database-outage");
      watch.setDaemon(true);
      watch.start();
    }
  }

  private void watch() {
    long begin = System.nanoTime();
    try {
      while (!closed && !answers()) {
        TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    now.set(false);
    if (!closed) {
      LOG.info(
          "The database answers again, after {} s",
          Duration.ofNanos(System.nanoTime() - begin).toSeconds());
    }
  }

  private boolean answers() {
    try (Connection connection = database.getConnection()) {
      return connection.isValid(PATIENCE_SECONDS);
    } catch (SQLException e) {
      // Told already.
      return false;
    }
  }

  private static Stream<Throwable> causes(Throwable e) {
    return Stream.iterate(e, cause -> cause != null, Throwable::getCause).limit(50);
  }

  private static LoggerContext context() {
    return (LoggerContext) LoggerFactory.getILoggerFactory();
  }

  /** Hears everything that is about to be logged. */
  private final class Once extends TurboFilter {

    @Override
    public FilterReply decide(
        Marker marker, Logger logger, Level level, String format, Object[] params, Throwable t) {
      Throwable thrown = t == null ? lastOf(params) : t;
      if (thrown == null || !level.isGreaterOrEqual(logger.getEffectiveLevel()) || !isOne(thrown)) {
        return FilterReply.NEUTRAL;
      }
      noticed(thrown);
      return MDC.get(LogContext.RUN) == null ? FilterReply.DENY : FilterReply.NEUTRAL;
    }

    private static Throwable lastOf(Object[] params) {
      return params != null
              && params.length > 0
              && params[params.length - 1] instanceof Throwable thrown
          ? thrown
          : null;
    }
  }
}
