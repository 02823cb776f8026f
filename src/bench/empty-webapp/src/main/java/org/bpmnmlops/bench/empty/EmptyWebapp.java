package org.bpmnmlops.bench.empty;

import java.util.List;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.spring.boot.starter.rest.CamundaBpmRestJerseyAutoConfiguration;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Camunda as its starters set it up. */
@SpringBootApplication
public class EmptyWebapp {

  private static final String PROCESS = "empty";

  /** With the argument {@code run}: an engine in memory runs an empty process and ends. */
  public static void main(String[] args) {
    if (List.of(args).equals(List.of("run"))) {
      run();
    } else {
      SpringApplication.run(EmptyWebapp.class, args);
    }
  }

  private static void run() {
    SpringApplication spring = new SpringApplication(EmptyWebapp.class);
    spring.setWebApplicationType(WebApplicationType.NONE);
    try (var context =
        spring.run(
            "--spring.datasource.url=jdbc:h2:mem:run",
            "--camunda.bpm.job-execution.enabled=false",
            "--camunda.bpm.webapp.enabled=false",
            "--spring.autoconfigure.exclude=" + CamundaBpmRestJerseyAutoConfiguration.class.getName())) {
      context
          .getBean(RepositoryService.class)
          .createDeployment()
          .addModelInstance(
              "empty.bpmn",
              Bpmn.createExecutableProcess(PROCESS)
                  .camundaHistoryTimeToLive(1)
                  .startEvent()
                  .endEvent()
                  .done())
          .deploy();
      context.getBean(RuntimeService.class).startProcessInstanceByKey(PROCESS);
    }
  }
}
