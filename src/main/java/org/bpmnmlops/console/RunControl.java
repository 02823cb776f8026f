package org.bpmnmlops.console;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.bpmnmlops.console.PipelineModel.ModelParameter;
import org.bpmnmlops.console.PipelineModel.ModelStep;
import org.bpmnmlops.engine.Restarts;
import org.bpmnmlops.process.PipelineVariables;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.SuspendedEntityInteractionException;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.camunda.bpm.engine.runtime.ActivityInstance;
import org.camunda.bpm.engine.runtime.Incident;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.runtime.ProcessInstanceModificationBuilder;
import org.camunda.bpm.engine.runtime.ProcessInstantiationBuilder;
import org.camunda.bpm.engine.runtime.TransitionInstance;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What an operator does to runs and pipelines. The engine checks the rights. */
@Component
@Transactional
class RunControl {

  /** The run whose parameters, and results where it was continued, a run took over. */
  static final String ORIGIN = "originRun";

  private final Runs runs;
  private final Definitions definitions;
  private final PipelineModels models;
  private final EngineTables engine;
  private final Restarts restarts;
  private final RuntimeService runtime;
  private final ManagementService management;
  private final RepositoryService repository;
  private final Clock clock;

  RunControl(
      Runs runs,
      Definitions definitions,
      PipelineModels models,
      EngineTables engine,
      Restarts restarts,
      RuntimeService runtime,
      ManagementService management,
      RepositoryService repository,
      Clock clock) {
    this.runs = runs;
    this.definitions = definitions;
    this.models = models;
    this.engine = engine;
    this.restarts = restarts;
    this.runtime = runtime;
    this.management = management;
    this.repository = repository;
    this.clock = clock;
  }

  /**
   * Starts a run of the latest version.
   *
   * @param parameters text, numbers or booleans by name; those left out are as in the diagram
   * @param businessKey null lets the run name itself
   * @return the run's id
   */
  String start(String pipeline, Map<String, Object> parameters, String businessKey) {
    return start(definitions.pipeline(pipeline), parameters, businessKey, null);
  }

  /** Starts a run with the parameters of another, changed where named, of the latest version. */
  String again(String run, Map<String, Object> changes) {
    RunRow origin = runs.find(run);
    ProcessDefinition definition = definitions.pipeline(origin.pipeline());
    Map<String, Object> parameters = parametersOf(run, models.of(definition));
    if (parameters.isEmpty()) {
      throw new ConflictException(
          "The history of run '%s' was cleaned up, its parameters with it: start a new run instead"
              .formatted(run));
    }
    parameters.putAll(changes);
    return start(definition, parameters, null, run);
  }

  /** Pauses: no new runs, and those under way stop after the step they are in. */
  void pause(String pipeline) {
    definitions.pipeline(pipeline);
    repository.updateProcessDefinitionSuspensionState().byProcessDefinitionKey(pipeline).suspend();
  }

  /** Lets runs go on that stopped when the pipeline was paused. */
  void resume(String pipeline) {
    definitions.pipeline(pipeline);
    repository
        .updateProcessDefinitionSuspensionState()
        .byProcessDefinitionKey(pipeline)
        .includeProcessInstances(true)
        .activate();
  }

  /**
   * Gives what failed another attempt now: steps with an incident, those of called runs too, and
   * steps that wait for their next attempt.
   *
   * @param step id of one step; null for all
   */
  void retry(String id, String step) {
    RunRow run = open(id, "retry");
    Date now = Date.from(clock.instant());
    Set<String> failed = new LinkedHashSet<>();
    Set<String> waiting = new LinkedHashSet<>();
    for (Incident incident : runtime.createIncidentQuery().processInstanceId(id).list()) {
      if (step == null || step.equals(incident.getActivityId())) {
        failed.add(rootCause(incident).getConfiguration());
      }
    }
    Map<String, String> timers = model(run).retryTimers();
    Set<String> failing =
        engine.failures(List.of(id)).getOrDefault(id, List.of()).stream()
            .map(EngineTables.Failure::activity)
            .collect(Collectors.toSet());
    for (EngineTables.Pending job : engine.pending(List.of(id)).getOrDefault(id, List.of())) {
      String ofStep = timers.getOrDefault(job.activity(), job.activity());
      boolean later = job.dueAt() != null && job.dueAt().isAfter(now.toInstant());
      boolean again = timers.containsKey(job.activity()) || failing.contains(job.activity());
      if (job.retries() > 0 && later && again && (step == null || step.equals(ofStep))) {
        waiting.add(job.id());
      }
    }
    if (failed.isEmpty() && waiting.isEmpty()) {
      throw new ConflictException(
          "No step of run '%s' failed and waits%s: nothing to retry"
              .formatted(id, step == null ? "" : " at '" + step + "'"));
    }
    failed.forEach(job -> management.setJobRetries(1).jobId(job).dueDate(now).execute());
    waiting.forEach(job -> management.setJobDuedate(job, now));
  }

  private Incident rootCause(Incident incident) {
    Incident root =
        runtime.createIncidentQuery().incidentId(incident.getRootCauseIncidentId()).singleResult();
    return root == null ? incident : root;
  }

  /** Ends a run; what it wrote stays. */
  void cancel(String id, String user) {
    open(id, "cancel");
    runtime.deleteProcessInstance(id, "cancelled by " + user, false, true);
  }

  /**
   * Goes on from a step with what the steps before it left. A run that has ended is not changed: a
   * new one takes over its parameters and results.
   *
   * @return the run that goes on
   */
  String goOn(String id, String stepId) {
    RunRow run = runs.find(id);
    PipelineModel model = model(run);
    ModelStep step =
        model
            .step(stepId)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "There is no step '%s'; expected one of %s"
                            .formatted(
                                stepId, model.steps().stream().map(ModelStep::id).toList())));
    if (run.state().equals("ended")) {
      return goOnWithNewRun(run, model, step);
    }
    move(run, step);
    return id;
  }

  private void move(RunRow run, ModelStep step) {
    boolean busy =
        engine.pending(List.of(run.id())).getOrDefault(run.id(), List.of()).stream()
            .anyMatch(EngineTables.Pending::locked);
    if (busy) {
      throw new ConflictException(
          "A step of run '%s' is running, and would run on beside the other: wait until it ends, or cancel the run and continue then"
              .formatted(run.id()));
    }
    ProcessInstanceModificationBuilder move = runtime.createProcessInstanceModification(run.id());
    ActivityInstance root = runtime.getActivityInstance(run.id());
    for (ActivityInstance child : root.getChildActivityInstances()) {
      move.cancelActivityInstance(child.getId());
    }
    for (TransitionInstance child : root.getChildTransitionInstances()) {
      move.cancelTransitionInstance(child.getId());
    }
    move.startBeforeActivity(step.id()).execute();
    runtime.removeVariables(
        run.id(),
        List.of(PipelineVariables.FAILURE_CODE.name(), PipelineVariables.FAILURE_MESSAGE.name()));
  }

  private String goOnWithNewRun(RunRow run, PipelineModel model, ModelStep step) {
    Map<String, Object> values = runs.values(run.id());
    Set<String> needed = model.outputsBefore(step);
    Map<String, Object> results = new HashMap<>(values);
    results.keySet().retainAll(needed);
    if (values.isEmpty()) {
      throw new ConflictException(
          "The history of run '%s' was cleaned up: start a new run instead".formatted(run.id()));
    }
    ProcessInstantiationBuilder start =
        restarts
            .of(model.processDefinitionId(), run.id())
            .startBeforeActivity(step.id())
            .setVariable(ORIGIN, run.id());
    parametersOf(run.id(), model).forEach(start::setVariable);
    String id = unlessPaused(run.pipeline(), start::execute);
    // After the start, which lets nobody else set what steps set.
    runtime.setVariables(id, results);
    return id;
  }

  private String start(
      ProcessDefinition definition, Map<String, Object> given, String businessKey, String origin) {
    Set<String> known =
        models.of(definition).parameters().stream()
            .map(ModelParameter::name)
            .collect(Collectors.toCollection(TreeSet::new));
    List<String> findings = new ArrayList<>();
    Map<String, Object> variables = new HashMap<>();
    given.forEach(
        (name, value) -> {
          if (!known.contains(name)) {
            findings.add("There is no parameter '%s'; expected some of %s".formatted(name, known));
          } else if (value instanceof String
              || value instanceof Number
              || value instanceof Boolean) {
            variables.put(name, value);
          } else if (value != null) {
            findings.add(
                "Parameter '%s' is an object or a list; expected text, a number, true or false"
                    .formatted(name));
          }
        });
    if (!findings.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", findings));
    }
    if (origin != null) {
      variables.put(ORIGIN, origin);
    }
    return unlessPaused(
        definition.getKey(),
        () -> runtime.startProcessInstanceByKey(definition.getKey(), businessKey, variables));
  }

  private static String unlessPaused(String pipeline, Supplier<ProcessInstance> start) {
    try {
      return start.get().getProcessInstanceId();
    } catch (SuspendedEntityInteractionException e) {
      throw new ConflictException(
          ("The pipeline is paused: resume it, with POST /api/v1/pipelines/%s/resume or on the page"
                  + " Pipelines, and try again")
              .formatted(pipeline));
    }
  }

  /** What a run was started with, as far as the model still knows it. */
  private Map<String, Object> parametersOf(String run, PipelineModel model) {
    Map<String, Object> values = new HashMap<>(runs.values(run));
    values
        .keySet()
        .retainAll(
            model.parameters().stream().map(ModelParameter::name).collect(Collectors.toSet()));
    return values;
  }

  private RunRow open(String id, String verb) {
    RunRow run = runs.find(id);
    if (run.state().equals("ended")) {
      throw new ConflictException(
          "Run '%s' has ended, there is nothing to %s: run it again, or continue it from a step"
              .formatted(id, verb));
    }
    return run;
  }

  private PipelineModel model(RunRow run) {
    return definitions
        .version(run.pipeline(), run.version())
        .map(models::of)
        .orElseThrow(
            () ->
                new ConflictException(
                    "Version %d of '%s' was deleted: start a new run instead"
                        .formatted(run.version(), run.pipeline())));
  }
}
