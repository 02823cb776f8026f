package org.bpmnmlops.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.bpmnmlops.process.PipelineVariables;
import org.bpmnmlops.process.RecordedParameters;
import org.bpmnmlops.process.StepFaults;
import org.camunda.bpm.engine.BadUserRequestException;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.history.HistoricActivityInstance;
import org.camunda.bpm.engine.history.HistoricVariableInstance;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.model.bpmn.instance.ServiceTask;

/**
 * One run in a {@link LocalEngine}, step by step in this thread, so that progress is seen as it
 * happens and the first defect ends it.
 */
final class LocalRun {

  /** Hears what happens. */
  interface Progress {

    /** A step was executed; it may have failed in a way its diagram handles. */
    void step(String id, String name, long millis);

    /**
     * Nothing to do until then: a retry loop waits.
     *
     * @param why what went wrong, by step; empty where a diagram waits without a fault
     */
    void waiting(Instant until, Map<String, String> why);
  }

  private static final Set<String> STEPS =
      Set.of("serviceTask", "businessRuleTask", "sendTask", "scriptTask");

  private final RuntimeService runtime;
  private final ManagementService management;
  private final HistoryService history;
  private final RepositoryService repository;
  private final Progress progress;

  private String run;

  LocalRun(LocalEngine engine, Progress progress) {
    this.runtime = engine.bean(RuntimeService.class);
    this.management = engine.bean(ManagementService.class);
    this.history = engine.bean(HistoryService.class);
    this.repository = engine.bean(RepositoryService.class);
    this.progress = progress;
  }

  String id() {
    return run;
  }

  /**
   * @throws CommandFailedException when there is no such pipeline or a parameter cannot be used
   */
  void start(String pipeline, Map<String, String> parameters) {
    definition(pipeline);
    try {
      run =
          runtime
              .startProcessInstanceByKey(pipeline, new HashMap<String, Object>(parameters))
              .getProcessInstanceId();
    } catch (BadUserRequestException e) {
      throw new CommandFailedException(picocli.CommandLine.ExitCode.USAGE, e.getMessage());
    }
  }

  ProcessDefinition definition(String pipeline) {
    ProcessDefinition found =
        repository
            .createProcessDefinitionQuery()
            .processDefinitionKey(pipeline)
            .latestVersion()
            .singleResult();
    if (found == null) {
      throw LocalModels.missing(
          pipeline,
          repository.createProcessDefinitionQuery().latestVersion().list().stream()
              .filter(this::isPipeline)
              .map(ProcessDefinition::getKey)
              .sorted()
              .toList());
    }
    return found;
  }

  private boolean isPipeline(ProcessDefinition definition) {
    return repository
        .getBpmnModelInstance(definition.getId())
        .getModelElementsByType(ServiceTask.class)
        .stream()
        .anyMatch(task -> LocalModels.ADMISSION.equals(task.getCamundaDelegateExpression()));
  }

  /**
   * Executes until the run has ended, or this step was executed.
   *
   * @param last id of a step; null for all
   * @throws CommandFailedException when a step fails in a way that its diagram does not handle
   */
  void work(String last) {
    boolean done = false;
    while (!done) {
      List<String> instances = instances();
      Optional<Job> job = next(instances);
      if (job.isEmpty()) {
        if (!instances.isEmpty()) {
          waitForTimer(instances);
          continue;
        }
        return;
      }
      done = execute(job.get()).equals(last);
    }
  }

  private List<String> instances() {
    return runtime.createProcessInstanceQuery().rootProcessInstanceId(run).list().stream()
        .map(ProcessInstance::getProcessInstanceId)
        .toList();
  }

  private Optional<Job> next(List<String> instances) {
    return instances.stream()
        .flatMap(
            instance ->
                management
                    .createJobQuery()
                    .processInstanceId(instance)
                    .executable()
                    .list()
                    .stream())
        .findFirst();
  }

  /** The activity's id. */
  private String execute(Job job) {
    long begin = System.nanoTime();
    String activity =
        management
            .createJobDefinitionQuery()
            .jobDefinitionId(job.getJobDefinitionId())
            .singleResult()
            .getActivityId();
    try {
      management.executeJob(job.getId());
    } catch (RuntimeException e) {
      throw new CommandFailedException(
          CommandFailedException.FAILED,
          "Step '%s' failed: %s".formatted(name(job, activity), rootCause(e)));
    }
    tell(job, activity, Duration.ofNanos(System.nanoTime() - begin).toMillis());
    return activity;
  }

  private void tell(Job job, String activity, long millis) {
    List<HistoricActivityInstance> visits =
        history
            .createHistoricActivityInstanceQuery()
            .processInstanceId(job.getProcessInstanceId())
            .activityId(activity)
            .listPage(0, 1);
    if (!visits.isEmpty() && STEPS.contains(visits.get(0).getActivityType())) {
      progress.step(activity, visits.get(0).getActivityName(), millis);
    }
  }

  private String name(Job job, String activity) {
    var element =
        repository.getBpmnModelInstance(job.getProcessDefinitionId()).getModelElementById(activity);
    String name = element == null ? null : element.getAttributeValue("name");
    return name == null ? activity : name;
  }

  private static String rootCause(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.getMessage() == null ? root.toString() : root.getMessage();
  }

  private void waitForTimer(List<String> instances) {
    Date due =
        instances.stream()
            .flatMap(
                it -> management.createJobQuery().processInstanceId(it).timers().list().stream())
            .map(Job::getDuedate)
            .min(Date::compareTo)
            .orElseThrow(
                () ->
                    new CommandFailedException(
                        CommandFailedException.FAILED,
                        "The run waits at %s for somebody; run it on a server, with 'trigger'"
                            .formatted(runtime.getActiveActivityIds(run))));
    Map<String, String> why = new TreeMap<>();
    instances.forEach(instance -> why.putAll(StepFaults.in(values(instance))));
    progress.waiting(due.toInstant(), why);
    while (Instant.now().isBefore(due.toInstant())) {
      Waiting.sleep(Math.max(1, Duration.between(Instant.now(), due.toInstant()).toMillis() + 1));
    }
  }

  /** Ends a run that has been looked at enough. */
  void cancel() {
    if (!instances().isEmpty()) {
      runtime.deleteProcessInstance(run, "tested");
    }
  }

  /** Everything the run recorded, by name. */
  Map<String, Object> variables() {
    return RecordedParameters.with(values(run));
  }

  private Map<String, Object> values(String instance) {
    Map<String, Object> values = new HashMap<>();
    for (HistoricVariableInstance variable :
        history.createHistoricVariableInstanceQuery().processInstanceId(instance).list()) {
      values.put(variable.getName(), variable.getValue());
    }
    return values;
  }

  boolean failed() {
    return variables().containsKey(PipelineVariables.FAILURE_CODE.name());
  }
}
