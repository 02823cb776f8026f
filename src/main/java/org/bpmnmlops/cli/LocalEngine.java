package org.bpmnmlops.cli;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bpmnmlops.log.RunLogging;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The product without its server, for one run at the terminal: no web server, no job executor, no
 * users, and every bean only when it is asked for. Mails are files in the home and reports stay in
 * its database, whatever the environment says: a trial tells nobody.
 */
final class LocalEngine implements AutoCloseable {

  /** H2's code for a database file that another process has open. */
  private static final int IN_USE = 90020;

  private final ConfigurableApplicationContext context;
  private final Path home;

  private LocalEngine(ConfigurableApplicationContext context, Path home) {
    this.context = context;
    this.home = home;
  }

  /**
   * @param pipeline that will run; in memory nothing else is deployed unless it calls others
   * @param home where everything is written
   * @param kept whether the home has a database that remembers the run; else it is in memory
   * @param dataDir where data sets are looked up
   * @throws CommandFailedException when a server uses the home
   */
  static LocalEngine start(
      Class<?> application, String pipeline, Path home, boolean kept, Path dataDir) {
    // In the background Spring would load what web servers need.
    System.setProperty("spring.backgroundpreinitializer.ignore", "true");
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put(LocalAutoConfigurations.LOCAL, "true");
    settings.put("mlops.home", home.toString());
    settings.put("mlops.data-dir", dataDir.toString());
    settings.put("mlops.first-run", "false");
    settings.put("mlops.mail.host", "");
    settings.put("mlops.status.url", "");
    settings.put(
        "spring.datasource.url",
        kept
            ? "jdbc:h2:file:%s/db/mlops;WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE".formatted(home)
            : "jdbc:h2:mem:run");
    settings.put("spring.datasource.username", "sa");
    settings.put("spring.datasource.password", "");
    settings.put("spring.main.lazy-initialization", "true");
    settings.put("spring.jmx.enabled", "false");
    settings.put("camunda.bpm.job-execution.enabled", "false");
    settings.put("camunda.bpm.metrics.enabled", "false");
    settings.put("camunda.bpm.webapp.enabled", "false");
    settings.put("camunda.bpm.filter.create", "false");
    settings.put("camunda.bpm.generic-properties.properties.history-cleanup-enabled", "false");
    settings.put("logging.threshold.console", "OFF");
    settings.put("spring.datasource.hikari.minimum-idle", "1");
    if (!kept) {
      // Nobody will ask which migrations a database in memory has had: Flyway stays out of it.
      settings.put("spring.flyway.enabled", "false");
      settings.put("spring.sql.init.mode", "always");
      settings.put("spring.sql.init.schema-locations", String.join(",", LocalTables.scripts()));
      LocalModels.alone(pipeline)
          .ifPresent(
              file ->
                  settings.put("camunda.bpm.deployment-resource-pattern", "classpath*:" + file));
    }
    List<String> arguments = new ArrayList<>();
    settings.forEach((name, value) -> arguments.add("--" + name + "=" + value));
    SpringApplication spring = new SpringApplication(application);
    spring.setWebApplicationType(WebApplicationType.NONE);
    spring.setBannerMode(Banner.Mode.OFF);
    spring.setLogStartupInfo(false);
    spring.setRegisterShutdownHook(false);
    spring.addInitializers(
        context -> context.getBeanFactory().registerSingleton("withoutWeb", new WithoutWeb()));
    StartCompiler compiler = StartCompiler.hold();
    try {
      ConfigurableApplicationContext context = spring.run(arguments.toArray(String[]::new));
      context.getBean(RunLogging.class);
      return new LocalEngine(context, home);
    } catch (RuntimeException e) {
      if (isInUse(e)) {
        throw new CommandFailedException(
            CommandFailedException.CONFLICT,
            "A server uses the home %s: start the run there with the command 'trigger'"
                .formatted(home));
      }
      throw e;
    } finally {
      compiler.release();
    }
  }

  private static boolean isInUse(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql && sql.getErrorCode() == IN_USE) {
        return true;
      }
    }
    return false;
  }

  <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  Path home() {
    return home;
  }

  @Override
  public void close() {
    context.close();
  }
}
