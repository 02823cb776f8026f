package org.bpmnmlops.operation;

import java.time.Clock;
import java.time.Duration;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.springframework.boot.actuate.health.AbstractHealthIndicator;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.actuate.mail.MailHealthIndicator;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.mail.javamail.JavaMailSenderImpl;

/** What {@code /actuator/health} asks beside the database and the job executor. */
@Configuration
class Healths {

  /** The engine answers when it reads its own tables, whoever asks. */
  @Bean
  HealthIndicator processEngineHealthIndicator(ProcessEngineConfigurationImpl engine) {
    return new AbstractHealthIndicator("The engine cannot be asked") {
      @Override
      protected void doHealthCheck(Health.Builder health) {
        health
            .up()
            .withDetail(
                "schema",
                engine
                    .getCommandExecutorTxRequired()
                    .execute(
                        context ->
                            context
                                .getPropertyManager()
                                .findPropertyById("schema.version")
                                .getValue()));
      }
    };
  }

  @Bean
  @ConditionalOnExpression("!'${mlops.mail.host:}'.isBlank()")
  HealthIndicator mailHealthIndicator(JavaMailSenderImpl sender, Clock clock) {
    return new CachedHealth(new MailHealthIndicator(sender), Duration.ofSeconds(2), clock);
  }
}
