package org.bpmnmlops.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

@ExtendWith(OutputCaptureExtension.class)
class OutageTest {

  private static final Logger LOG = LoggerFactory.getLogger(OutageTest.class);
  private static final Exception UNREACHABLE =
      new IllegalStateException(
          "A request failed", new SQLTransientConnectionException("Connection refused"));

  private final AtomicBoolean down = new AtomicBoolean(true);
  private final Outage outage =
      new Outage(
          new DriverManagerDataSource("jdbc:h2:mem:" + UUID.randomUUID()) {
            @Override
            public Connection getConnection() throws SQLException {
              if (down.get()) {
                throw new SQLException("Connection refused");
              }
              return super.getConnection();
            }
          });

  @BeforeEach
  void begin() {
    outage.afterPropertiesSet();
  }

  @AfterEach
  void end() {
    outage.destroy();
  }

  @Test
  void isToldOnceAndSoIsItsEnd(CapturedOutput output) {
    for (int i = 0; i < 20; i++) {
      LOG.error("A request failed", UNREACHABLE);
      LOG.warn("{} predictions of {} not recorded", 1, "x", UNREACHABLE);
    }

    assertThat(outage.isNow()).isTrue();
    assertThat(output).containsOnlyOnce("cannot be reached (Connection refused)");
    assertThat(output).doesNotContain("A request failed", "not recorded", "\tat ");

    down.set(false);
    await().until(() -> !outage.isNow());
    await().untilAsserted(() -> assertThat(output).containsOnlyOnce("answers again, after"));

    down.set(true);
    LOG.error("A request failed", UNREACHABLE);
    assertThat(output.toString().split("cannot be reached", -1)).hasSize(3);
  }

  @Test
  void hidesNoOtherFault(CapturedOutput output) {
    LOG.error("A request failed", new SQLException("Syntax error", "42000"));

    assertThat(outage.isNow()).isFalse();
    assertThat(output).contains("A request failed", "\tat ");
  }

  @Test
  void isToldInTheLogOfARunAsEver(CapturedOutput output) {
    MDC.put(LogContext.RUN, "r1");
    LOG.error("A step failed", UNREACHABLE);
    MDC.remove(LogContext.RUN);

    assertThat(output).contains("A step failed", "cannot be reached");
  }
}
