package org.bpmnmlops.processes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.bpmnmlops.MlopsApplication;
import org.bpmnmlops.artifact.Home;
import org.bpmnmlops.production.ProductionData;
import org.bpmnmlops.production.ProductionRow;
import org.bpmnmlops.production.Source;
import org.bpmnmlops.registry.ModelRegistry;
import org.bpmnmlops.registry.TrainedRun;
import org.bpmnmlops.training.TrainingSettings.Algorithm;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.impl.bpmn.parser.AbstractBpmnParseListener;
import org.camunda.bpm.engine.impl.bpmn.parser.BpmnParseListener;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.cfg.ProcessEnginePlugin;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.camunda.bpm.engine.impl.util.xml.Element;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

/**
 * The application with one run under way, for a test that kills it: of retraining, or of monitoring
 * where the property {@code scene} says so. It stops for ever where the property {@code stop} says,
 * such as {@code serviceTask_mergeData end}, a regular expression: in the middle of the step's
 * transaction, at {@code end} with all its work done. Files in its home tell how far it is: {@code
 * port} that it listens, and where, {@code stopped} that it is there.
 */
final class StoppingServer {

  static final String MODEL = "advertising";

  /** Has no annotation, so that only this server is made of it. */
  static final class Stops {

    @Bean
    ProcessEnginePlugin stoppingPlugin(Home home) {
      return new AbstractProcessEnginePlugin() {
        @Override
        public void preInit(ProcessEngineConfigurationImpl configuration) {
          List<BpmnParseListener> listeners = new ArrayList<>();
          if (configuration.getCustomPostBPMNParseListeners() != null) {
            listeners.addAll(configuration.getCustomPostBPMNParseListeners());
          }
          listeners.add(stopping(home.home().resolve("stopped")));
          configuration.setCustomPostBPMNParseListeners(listeners);
        }
      };
    }

    private static BpmnParseListener stopping(Path stopped) {
      ExecutionListener listener = execution -> stop(execution, stopped);
      return new AbstractBpmnParseListener() {
        @Override
        public void parseProcess(Element element, ProcessDefinitionEntity process) {
          process.getActivities().forEach(this::listen);
        }

        private void listen(ActivityImpl activity) {
          activity.addBuiltInListener(ExecutionListener.EVENTNAME_START, listener);
          activity.addBuiltInListener(ExecutionListener.EVENTNAME_END, listener);
          activity.getActivities().forEach(this::listen);
        }
      };
    }

    private static void stop(DelegateExecution execution, Path stopped) throws Exception {
      String here = execution.getCurrentActivityId() + " " + execution.getEventName();
      if (here.matches(System.getProperty("stop"))) {
        Files.writeString(stopped, here);
        new CountDownLatch(1).await();
      }
    }
  }

  private StoppingServer() {}

  public static void main(String[] args) throws IOException {
    var context = SpringApplication.run(new Class<?>[] {MlopsApplication.class, Stops.class}, args);
    Path home = context.getBean(Home.class).home();
    if (Files.notExists(home.resolve("begun"))) {
      begin(context);
      Files.createFile(home.resolve("begun"));
    }
    Path unfinished = home.resolve(".port");
    Files.writeString(unfinished, context.getEnvironment().getProperty("local.server.port"));
    Files.move(unfinished, home.resolve("port"), StandardCopyOption.ATOMIC_MOVE);
  }

  /** A champion and a run. */
  private static void begin(ConfigurableApplicationContext context) {
    Home home = context.getBean(Home.class);
    write(home.dataDir().resolve("cases.csv"), AdvertisingCases.csv(400, 1));
    context
        .getBean(ModelRegistry.class)
        .register(
            TrainedRun.of(home, MODEL, "cases.csv", "conversion", Algorithm.LOGISTIC_REGRESSION, 1)
                .asked());
    ProductionData production = context.getBean(ProductionData.class);
    RuntimeService runtime = context.getBean(RuntimeService.class);
    if (System.getProperty("scene").equals("monitoring")) {
      beginMonitoring(home, production, runtime);
    } else {
      beginRetraining(production, runtime);
    }
  }

  /** Rows that were served, and others in a file. */
  private static void beginMonitoring(
      Home home, ProductionData production, RuntimeService runtime) {
    production.record(
        AdvertisingCases.production(
            MODEL, 1, MonitoringKillPromises.SERVED, 7, false, Instant.now()));
    write(
        home.production().resolve("prod_data.csv"),
        AdvertisingCases.csv(MonitoringKillPromises.IN_FILE, 8));
    runtime.startProcessInstanceByKey("model-monitoring");
  }

  /** Rows with outcomes and rows without. */
  private static void beginRetraining(ProductionData production, RuntimeService runtime) {
    Instant now = Instant.now();
    production.record(
        AdvertisingCases.production(MODEL, 1, RetrainingKillPromises.LABELLED, 7, true, now));
    production.record(
        AdvertisingCases.production(MODEL, 1, RetrainingKillPromises.OPEN, 8, true, now).stream()
            .map(
                row ->
                    unlabelled(
                        row, RetrainingKillPromises.openRow(row.id().getLeastSignificantBits())))
            .toList());
    runtime.startProcessInstanceByKey(
        "model-retraining",
        Map.of("forced", true, "candidates", "logistic-regression,random-forest"));
  }

  private static ProductionRow unlabelled(ProductionRow row, UUID id) {
    return new ProductionRow(
        id,
        row.model(),
        row.version(),
        row.features(),
        row.prediction(),
        row.probabilities(),
        row.predictedAt(),
        null,
        null,
        Source.SERVED,
        null,
        null);
  }

  private static void write(Path file, String content) {
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
