package org.bpmnmlops.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.springframework.boot.autoconfigure.AutoConfigurationImportFilter;
import org.springframework.boot.autoconfigure.AutoConfigurationMetadata;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.env.Environment;

/**
 * Leaves out what a {@link LocalEngine} has no use for: of 150 auto-configurations it needs the
 * database, JSON and the engine. Reading the others takes longer than the run does.
 */
class LocalAutoConfigurations implements AutoConfigurationImportFilter, EnvironmentAware {

  /** Set by {@link LocalEngine} alone. */
  static final String LOCAL = "mlops.local";

  private static final List<String> NOT_NEEDED =
      List.of(
          "org.springdoc.",
          "org.springframework.boot.actuate.",
          "org.springframework.boot.autoconfigure.data.",
          "org.springframework.boot.autoconfigure.http.",
          "org.springframework.boot.autoconfigure.jersey.",
          "org.springframework.boot.autoconfigure.jmx.",
          "org.springframework.boot.autoconfigure.mail.",
          "org.springframework.boot.autoconfigure.orm.",
          "org.springframework.boot.autoconfigure.reactor.",
          "org.springframework.boot.autoconfigure.security.",
          "org.springframework.boot.autoconfigure.task.",
          "org.springframework.boot.autoconfigure.thymeleaf.",
          "org.springframework.boot.autoconfigure.validation.",
          "org.springframework.boot.autoconfigure.web.",
          "org.springframework.boot.autoconfigure.websocket.",
          "org.camunda.bpm.spring.boot.starter.rest.",
          "org.camunda.bpm.spring.boot.starter.webapp.");

  private boolean local;

  @Override
  public void setEnvironment(Environment environment) {
    local = environment.getProperty(LOCAL, Boolean.class, false);
  }

  @Override
  public boolean[] match(String[] classes, AutoConfigurationMetadata metadata) {
    boolean[] wanted = new boolean[classes.length];
    Arrays.fill(wanted, true);
    if (local) {
      for (int i = 0; i < classes.length; i++) {
        String name = Objects.requireNonNullElse(classes[i], "");
        wanted[i] = NOT_NEEDED.stream().noneMatch(name::startsWith);
      }
    }
    return wanted;
  }
}
