package org.bpmnmlops.processes;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.bpmnmlops.MlopsTest;
import org.bpmnmlops.artifact.Home;
import org.bpmnmlops.registry.ModelRegistry;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.history.HistoricVariableInstance;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.test.assertions.bpmn.AbstractAssertions;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;

/**
 * Runs of some processes beside a real mail server and a real status API, each step executed by the
 * test; in the end every flow node of the processes must have been visited.
 */
@MlopsTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ProcessTest {

  private static final int MAIL_PORT = freePort();

  /** It has to come back at the address it had. */
  static final GreenMail MAIL = new GreenMail(new ServerSetup(MAIL_PORT, "localhost", "smtp"));

  static final StatusServerStub STATUS = new StatusServerStub();

  @Autowired ProcessEngine engine;
  @Autowired RuntimeService runtime;
  @Autowired RepositoryService repository;
  @Autowired ManagementService management;
  @Autowired HistoryService history;
  @Autowired JdbcClient jdbc;
  @Autowired ModelRegistry registry;
  @Autowired Home home;

  private final List<String> processes;
  private final String noTrace;
  private final Set<String> visited = new TreeSet<>();

  ProcessTest(String process) {
    this(List.of(process), "");
  }

  /**
   * @param noTrace a regular expression: nodes, as {@code process: node}, of which the engine's
   *     history has nothing
   */
  ProcessTest(List<String> processes, String noTrace) {
    this.processes = processes;
    this.noTrace = noTrace;
  }

  /**
   * @param database of the class alone
   */
  static void surround(DynamicPropertyRegistry settings, String database) {
    settings.add(
        "spring.datasource.url", () -> "jdbc:h2:mem:%s;DB_CLOSE_DELAY=-1".formatted(database));
    settings.add("camunda.bpm.generate-unique-process-engine-name", () -> "true");
    settings.add("mlops.status.url", STATUS::url);
    settings.add("mlops.mail.host", () -> "localhost");
    settings.add("mlops.mail.port", () -> MAIL_PORT);
    settings.add("mlops.mail.tls", () -> "none");
    settings.add("mlops.mail.from", () -> "pipeline@example.org");
    settings.add("mlops.mail.to", () -> "owner@example.org");
  }

  @BeforeAll
  final void useThisEngine() {
    MAIL.start();
    AbstractAssertions.init(engine);
  }

  @BeforeEach
  final void emptyMailbox() throws Exception {
    MAIL.purgeEmailFromAllMailboxes();
    STATUS.answers(200);
    STATUS.heard();
  }

  @AfterEach
  final void collect() {
    ClockUtil.reset();
    history.createHistoricActivityInstanceQuery().list().stream()
        .filter(activity -> processes.contains(activity.getProcessDefinitionKey()))
        .forEach(a -> visited.add(a.getProcessDefinitionKey() + ": " + a.getActivityId()));
    runtime.createProcessInstanceQuery().rootProcessInstances().list().stream()
        .filter(
            run -> runtime.createProcessInstanceQuery().processInstanceId(run.getId()).count() > 0)
        .forEach(run -> runtime.deleteProcessInstance(run.getId(), "test over"));
  }

  @AfterAll
  final void everyFlowNodeWasVisited() {
    Set<String> all =
        processes.stream()
            .flatMap(
                process ->
                    repository
                        .getBpmnModelInstance(
                            repository
                                .createProcessDefinitionQuery()
                                .processDefinitionKey(process)
                                .latestVersion()
                                .singleResult()
                                .getId())
                        .getModelElementsByType(FlowNode.class)
                        .stream()
                        .map(node -> process + ": " + node.getId()))
            .filter(node -> !node.matches(noTrace))
            .collect(Collectors.toCollection(TreeSet::new));
    MAIL.stop();
    AbstractAssertions.reset();
    visited.removeIf(node -> node.matches(noTrace));
    assertThat(visited).isEqualTo(all);
  }

  /** Executes a run's steps until it ends or waits for a timer or a message. */
  final void work(ProcessInstance run) {
    for (List<Job> jobs = steps(run); !jobs.isEmpty(); jobs = steps(run)) {
      management.executeJob(jobs.get(0).getId());
    }
  }

  /** Executes a run's steps up to a task, that one not included. */
  final void workUntil(ProcessInstance run, String task) {
    while (management
            .createJobQuery()
            .processInstanceId(run.getId())
            .activityId(task)
            .messages()
            .count()
        == 0) {
      management.executeJob(steps(run).get(0).getId());
    }
  }

  final List<Job> steps(ProcessInstance run) {
    return management.createJobQuery().processInstanceId(run.getId()).messages().list();
  }

  /** Executes the one job a run has at a step or a timer. */
  final void execute(String activity, ProcessInstance run) {
    management.executeJob(
        management
            .createJobQuery()
            .processInstanceId(run.getId())
            .activityId(activity)
            .singleResult()
            .getId());
  }

  /** As the run's history has it; null where the run has no such variable. */
  final Object variable(ProcessInstance run, String name) {
    HistoricVariableInstance variable =
        history
            .createHistoricVariableInstanceQuery()
            .processInstanceId(run.getId())
            .activityInstanceIdIn(run.getId())
            .variableName(name)
            .singleResult();
    return variable == null ? null : variable.getValue();
  }

  final Map<String, Object> row(ProcessInstance run) {
    return jdbc.sql("SELECT * FROM mlops_run WHERE id = :id")
        .param("id", run.getId())
        .query()
        .singleRow();
  }

  /** What arrived since the test began. */
  final List<String> mails() {
    return Arrays.stream(MAIL.getReceivedMessages())
        .map(mail -> GreenMailUtil.getWholeMessage(mail).replace("=\r\n", ""))
        .toList();
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
