package org.bpmnmlops.console;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bpmnmlops.console.EngineTables.Pending;
import org.bpmnmlops.console.EngineTables.Visit;
import org.bpmnmlops.notification.FailureAdvice;
import org.bpmnmlops.process.Parameter;
import org.bpmnmlops.process.PipelineVariables;
import org.bpmnmlops.process.ProcessVariable;
import org.bpmnmlops.process.RecordedParameters;
import org.bpmnmlops.process.StepCatalog;
import org.bpmnmlops.process.StepDeclaration;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.history.HistoricProcessInstance;
import org.camunda.bpm.engine.history.HistoricVariableInstance;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.springframework.stereotype.Component;

/** Everything there is to tell about one run. */
@Component
class Runs {

  /**
   * A run with its surroundings.
   *
   * @param pipelineName as in the diagram
   * @param isPipeline whether its process is a pipeline, which can be started and has a grid
   * @param processDefinitionId of the version it runs with; null when that was deleted
   * @param hasHistory whether the engine still has its steps and variables; it deletes them after
   *     the process's history time to live
   * @param failureMeaning what the failure's code means; null where it did not fail
   * @param whatToDo null likewise
   * @param callerRun the run whose call activity started this one; null for most
   * @param path every activity it entered, in order, with those still open
   * @param flows ids of the arrows it took
   * @param tokens where it stands now; empty once it ended
   * @param tasks what people have to do before it goes on, in this run or in one that it called
   * @param may what the caller may do
   */
  record RunDetail(
      RunRow run,
      String pipelineName,
      boolean isPipeline,
      String processDefinitionId,
      boolean hasHistory,
      String failureMeaning,
      String whatToDo,
      String callerRun,
      List<PathEntry> path,
      Set<String> flows,
      List<Token> tokens,
      List<OpenTask> tasks,
      List<Variable> variables,
      Rights.May may) {}

  /**
   * An activity that the run entered.
   *
   * @param state {@code open}, {@code done} or {@code canceled}: left by a boundary event
   */
  record PathEntry(
      String activity,
      String name,
      String type,
      String state,
      Instant startedAt,
      Instant endedAt,
      Long durationMs,
      String calledRun) {}

  /**
   * Where the run stands.
   *
   * @param state {@code running}, {@code queued}, {@code waiting}, {@code incident} or {@code
   *     suspended}
   * @param dueAt when a timer or another attempt is due; null for the rest
   */
  record Token(String activity, String state, Instant since, Instant dueAt) {}

  /**
   * What a person has to do.
   *
   * @param run where it waits: the run that is told of, or one that it called
   */
  record OpenTask(String name, String run) {}

  /**
   * A variable of the run.
   *
   * @param kind {@code parameter}, {@code output} of a step, or {@code other}
   * @param help what it holds; null for others
   */
  record Variable(String name, Object value, String type, String kind, String help) {}

  private final RunTable table;
  private final Definitions definitions;
  private final PipelineModels models;
  private final EngineTables engine;
  private final Steps steps;
  private final Rights rights;
  private final HistoryService history;
  private final RuntimeService runtime;
  private final TaskService tasks;
  private final StepCatalog catalog;

  Runs(
      RunTable table,
      Definitions definitions,
      PipelineModels models,
      EngineTables engine,
      Steps steps,
      Rights rights,
      HistoryService history,
      RuntimeService runtime,
      TaskService tasks,
      StepCatalog catalog) {
    this.table = table;
    this.definitions = definitions;
    this.models = models;
    this.engine = engine;
    this.steps = steps;
    this.rights = rights;
    this.history = history;
    this.runtime = runtime;
    this.tasks = tasks;
    this.catalog = catalog;
  }

  /**
   * A run of a pipeline, or an instance of another process that a run called.
   *
   * @throws NotFoundException when there is none
   * @throws org.camunda.bpm.engine.AuthorizationException when the caller may not see it
   */
  RunRow find(String run) {
    RunRow row =
        table
            .find(run)
            .or(() -> Optional.ofNullable(instance(run)).map(this::row))
            .orElseThrow(() -> new NotFoundException("There is no run '%s'".formatted(run)));
    rights.requireReadRuns(row.pipeline());
    return row;
  }

  RunDetail detail(String id) {
    RunRow run = find(id);
    HistoricProcessInstance instance = instance(id);
    Optional<ProcessDefinition> definition = definitions.version(run.pipeline(), run.version());
    Optional<PipelineModel> model = definition.map(models::of);
    List<Visit> visits = engine.visits(List.of(id)).getOrDefault(id, List.of());
    List<Pending> jobs = engine.pending(List.of(id)).getOrDefault(id, List.of());
    boolean failed = run.failureCode() != null;
    return new RunDetail(
        run,
        model.map(PipelineModel::name).orElse(run.pipeline()),
        table.pipelines().contains(run.pipeline()),
        definition.map(ProcessDefinition::getId).orElse(null),
        instance != null,
        failed ? FailureAdvice.meaning(run.failureCode()) : null,
        failed ? FailureAdvice.whatToDo(run.failureCode()) : null,
        instance == null ? null : instance.getSuperProcessInstanceId(),
        visits.stream().map(Runs::entry).toList(),
        model.map(it -> TakenFlows.of(it.flows(), visits, jobs)).orElse(Set.of()),
        tokens(visits, jobs),
        tasks(id).toList(),
        model.map(it -> variables(id, it)).orElse(List.of()),
        rights.of(run.pipeline()));
  }

  List<StepState> steps(String id) {
    RunRow run = find(id);
    return definitions
        .version(run.pipeline(), run.version())
        .map(models::of)
        .map(model -> steps.of(run, model))
        .orElse(List.of());
  }

  /** The variables that the run recorded, by name, the parameters it was not given among them. */
  Map<String, Object> values(String run) {
    return RecordedParameters.with(
        globals(run)
            .filter(variable -> variable.getValue() != null)
            .collect(
                Collectors.toMap(
                    HistoricVariableInstance::getName, HistoricVariableInstance::getValue)));
  }

  private Stream<HistoricVariableInstance> globals(String run) {
    return history.createHistoricVariableInstanceQuery().processInstanceId(run).list().stream()
        .filter(variable -> run.equals(variable.getActivityInstanceId()));
  }

  private List<Variable> variables(String run, PipelineModel model) {
    Map<String, String> help = help();
    Map<String, PipelineModel.ModelParameter> parameters =
        model.parameters().stream()
            .collect(Collectors.toMap(PipelineModel.ModelParameter::name, it -> it));
    Map<String, Variable> variables = new TreeMap<>();
    globals(run)
        .forEach(
            variable ->
                variables.put(
                    variable.getName(),
                    new Variable(
                        variable.getName(),
                        variable.getValue(),
                        variable.getTypeName(),
                        parameters.containsKey(variable.getName())
                            ? "parameter"
                            : model.outputs().contains(variable.getName()) ? "output" : "other",
                        help.get(variable.getName()))));
    Variable record = variables.remove(RecordedParameters.VARIABLE);
    if (record != null) {
      RecordedParameters.read(record.value())
          .forEach(
              (name, value) ->
                  variables.putIfAbsent(
                      name,
                      new Variable(
                          name,
                          value,
                          value.getClass().getSimpleName().toLowerCase(Locale.ROOT),
                          "parameter",
                          help.get(name))));
    }
    return List.copyOf(variables.values());
  }

  private Map<String, String> help() {
    Map<String, String> help = new HashMap<>();
    for (StepDeclaration step : catalog.declarations().values()) {
      for (Parameter<?> parameter : step.parameters()) {
        help.put(parameter.name(), parameter.help());
      }
      for (ProcessVariable<?> output : step.outputs()) {
        help.put(output.name(), output.help());
      }
    }
    for (ProcessVariable<?> failure :
        List.of(PipelineVariables.FAILURE_CODE, PipelineVariables.FAILURE_MESSAGE)) {
      help.put(failure.name(), failure.help());
    }
    return help;
  }

  private HistoricProcessInstance instance(String run) {
    return history.createHistoricProcessInstanceQuery().processInstanceId(run).singleResult();
  }

  /** Processes that are no pipelines have no row. */
  private RunRow row(HistoricProcessInstance instance) {
    boolean ended = instance.getEndTime() != null;
    boolean completed = HistoricProcessInstance.STATE_COMPLETED.equals(instance.getState());
    Map<String, Object> values = values(instance.getId());
    Object code = values.get(PipelineVariables.FAILURE_CODE.name());
    Instant started = instance.getStartTime().toInstant();
    return new RunRow(
        instance.getId(),
        instance.getProcessDefinitionKey(),
        instance.getProcessDefinitionVersion(),
        instance.getBusinessKey(),
        instance.getStartUserId(),
        Objects.toString(values.get("logicalDate"), null),
        ended ? "ended" : "active",
        false,
        tasks(instance.getId()).map(OpenTask::name).findFirst().orElse(null),
        ended ? completed ? code == null ? "success" : "failed" : "cancelled" : null,
        (int) runtime.createIncidentQuery().processInstanceId(instance.getId()).count(),
        List.of(),
        values.get(PipelineVariables.ACCURACY.name()) instanceof Double accuracy ? accuracy : null,
        Objects.toString(code, null),
        Objects.toString(values.get(PipelineVariables.FAILURE_MESSAGE.name()), null),
        null,
        started,
        started,
        ended ? instance.getEndTime().toInstant() : null);
  }

  private Stream<OpenTask> tasks(String run) {
    return Stream.concat(
        tasks.createTaskQuery().processInstanceId(run).list().stream()
            .map(
                task ->
                    new OpenTask(
                        Objects.requireNonNullElse(task.getName(), task.getTaskDefinitionKey()),
                        run)),
        runtime.createProcessInstanceQuery().superProcessInstanceId(run).list().stream()
            .flatMap(called -> tasks(called.getProcessInstanceId())));
  }

  private static PathEntry entry(Visit visit) {
    return new PathEntry(
        visit.activity(),
        visit.name(),
        visit.type(),
        visit.endedAt() == null ? "open" : visit.canceled() ? "canceled" : "done",
        visit.startedAt(),
        visit.endedAt(),
        visit.durationMs(),
        visit.calledRun());
  }

  private static List<Token> tokens(List<Visit> visits, List<Pending> jobs) {
    List<Token> tokens = new ArrayList<>();
    for (Visit visit : visits) {
      boolean scope =
          visit.type().endsWith("ubProcess") || visit.type().equals("multiInstanceBody");
      if (visit.endedAt() == null && !scope) {
        Instant due =
            jobs.stream()
                .filter(job -> job.activity().equals(visit.activity()))
                .map(Pending::dueAt)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
        tokens.add(new Token(visit.activity(), "waiting", visit.startedAt(), due));
      }
    }
    jobs.stream()
        .filter(job -> job.configuration() != null && job.configuration().startsWith("async"))
        .map(job -> new Token(job.activity(), state(job), job.createdAt(), job.dueAt()))
        .forEach(tokens::add);
    return tokens;
  }

  private static String state(Pending job) {
    if (job.retries() == 0) {
      return "incident";
    }
    return job.suspended() ? "suspended" : job.locked() ? "running" : "queued";
  }
}
