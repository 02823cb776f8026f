package org.bpmnmlops.operation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.bpmnmlops.MlopsApplication;
import org.bpmnmlops.artifact.Home;
import org.bpmnmlops.process.ForModels;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.stereotype.Component;

/**
 * The application with one run whose first step hangs at the first attempt, for a test that kills
 * it. It tells how far it came by empty files in its home: {@code begun}, then {@code finished}.
 */
final class InterruptedRun {

  private InterruptedRun() {}

  /** The first start deploys and starts the run; the next finds it in the database. */
  public static void main(String[] args) {
    boolean first = Files.notExists(Path.of(System.getProperty("mlops.home"), "begun"));
    var context = SpringApplication.run(MlopsApplication.class, args);
    if (first) {
      start(context);
    }
  }

  private static void start(ConfigurableApplicationContext context) {
    context
        .getBean(RepositoryService.class)
        .createDeployment()
        .addModelInstance(
            "interrupted-run.bpmn",
            Bpmn.createExecutableProcess("interrupted-run")
                .camundaHistoryTimeToLiveString("P1D")
                .startEvent()
                .camundaAsyncAfter()
                .serviceTask()
                .camundaExpression("${hangingStep.hangOnce()}")
                .camundaAsyncBefore()
                .serviceTask()
                .camundaExpression("${hangingStep.finish()}")
                .camundaAsyncBefore()
                .endEvent()
                .camundaAsyncBefore()
                .done())
        .deploy();
    context.getBean(RuntimeService.class).startProcessInstanceByKey("interrupted-run");
  }

  /** The step of that run. */
  @Component("hangingStep")
  @ForModels
  public static class HangingStep {

    private final Path home;

    HangingStep(Home home) {
      this.home = home.home();
    }

    public void hangOnce() throws IOException, InterruptedException {
      if (Files.notExists(home.resolve("begun"))) {
        Files.createFile(home.resolve("begun"));
        new CountDownLatch(1).await();
      }
    }

    public void finish() throws IOException {
      Files.createFile(home.resolve("finished"));
    }
  }
}
