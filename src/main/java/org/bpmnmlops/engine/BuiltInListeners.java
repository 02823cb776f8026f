package org.bpmnmlops.engine;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.bpmnmlops.process.ProcessVariable;
import org.bpmnmlops.process.StepCatalog;
import org.bpmnmlops.process.StepDeclaration;
import org.camunda.bpm.engine.ActivityTypes;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.impl.bpmn.helper.BpmnProperties;
import org.camunda.bpm.engine.impl.bpmn.parser.AbstractBpmnParseListener;
import org.camunda.bpm.engine.impl.bpmn.parser.ErrorEventDefinition;
import org.camunda.bpm.engine.impl.bpmn.parser.EventSubscriptionDeclaration;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.camunda.bpm.engine.impl.pvm.process.ScopeImpl;
import org.camunda.bpm.engine.impl.util.xml.Element;
import org.springframework.stereotype.Component;

/**
 * Gives every process that uses our steps the behaviour all pipelines share, without a line in the
 * diagram. Built-in listeners run on every way into a process, and no caller can skip them.
 *
 * <p>Runs again for old versions at every restart, so it never refuses a model; {@link
 * DeploymentCheck} does that, once.
 */
@Component
class BuiltInListeners extends AbstractBpmnParseListener {

  private static final String INTERMEDIATE_TIMER = ActivityTypes.INTERMEDIATE_EVENT_TIMER;

  /** The steps whose beginning and end the run's log tells. */
  private static final Set<String> TOLD =
      Set.of(
          ActivityTypes.TASK_SERVICE,
          ActivityTypes.TASK_BUSINESS_RULE,
          ActivityTypes.TASK_SEND_TASK);

  private final StepCatalog steps;
  private final RunListeners runs;
  private final BackfillListener backfills;
  private final ModelMentions mentions;

  BuiltInListeners(StepCatalog steps, RunListeners runs, BackfillListener backfills) {
    this.steps = steps;
    this.runs = runs;
    this.backfills = backfills;
    this.mentions = new ModelMentions(steps);
  }

  @Override
  public void parseProcess(Element element, ProcessDefinitionEntity process) {
    Map<String, String> beansByActivity = ModelXml.beansByActivity(element);
    Collection<String> beans = beansByActivity.values();
    if (beans.stream().noneMatch(bean -> steps.find(bean).isPresent())) {
      // Mails and calls need no step of ours, and their retry loops count all the same.
      activitiesBelow(process)
          .filter(BuiltInListeners::hasRetryLoop)
          .forEach(BuiltInListeners::countAttempts);
      return;
    }
    boolean pipeline = beans.contains(Pipelines.ADMISSION);
    var parameters = steps.parametersOf(beans);
    Map<String, String> properties = ModelXml.properties(element);
    process.addBuiltInListener(
        ExecutionListener.EVENTNAME_START,
        new ParameterListener(
            parameters.values(),
            steps.outputsOf(beans),
            properties,
            pipeline ? mentions.in(element, parameters.keySet()) : parameters.keySet()));
    if (!ModelXml.hasStartForm(element)) {
      StartForm.on(process, parameters.values(), properties);
    }
    if (beans.contains(BackfillListener.PLANNING)) {
      process.addBuiltInListener(ExecutionListener.EVENTNAME_START, backfills);
    }
    if (pipeline) {
      process.addBuiltInListener(ExecutionListener.EVENTNAME_START, runs.start());
      process.addBuiltInListener(ExecutionListener.EVENTNAME_END, runs.end());
      activitiesBelow(process)
          .forEach(
              activity -> on(activity, ExecutionListener.EVENTNAME_START, RestartedRun::begin));
      EarlyEnds.of(process, admissions(beansByActivity))
          .forEach(end -> on(end, ExecutionListener.EVENTNAME_START, runs.endsEarly()));
      activitiesBelow(process)
          .filter(BuiltInListeners::waitsForASlot)
          .forEach(
              event -> {
                on(event, ExecutionListener.EVENTNAME_START, runs.waits());
                on(event, ExecutionListener.EVENTNAME_END, runs.waited());
              });
    }
    activitiesBelow(process).forEach(BuiltInListeners::countAttempts);
    activitiesBelow(process).forEach(activity -> tell(activity, beansByActivity));
  }

  /** After the attempts are counted: the log names them. */
  private void tell(ActivityImpl activity, Map<String, String> beans) {
    if (!TOLD.contains(String.valueOf(activity.getProperty("type")))) {
      return;
    }
    List<ProcessVariable<?>> outputs =
        Optional.ofNullable(beans.get(activity.getId()))
            .flatMap(steps::find)
            .map(StepDeclaration::outputs)
            .orElse(List.of());
    StepLog log = new StepLog(activity.getId(), outputs);
    on(activity, ExecutionListener.EVENTNAME_START, log::begin);
    on(activity, ExecutionListener.EVENTNAME_END, log::end);
  }

  @Override
  public void parseIntermediateThrowEvent(Element element, ScopeImpl scope, ActivityImpl event) {
    Map<String, String> properties = ModelXml.properties(element);
    if (properties.containsKey(FailureListener.CODE)) {
      event.addBuiltInListener(ExecutionListener.EVENTNAME_START, new FailureListener(properties));
    }
  }

  /** A sub-process is no step: nothing leads back to it, and its failure ends the run. */
  private static void countAttempts(ActivityImpl boundary) {
    if (!ActivityTypes.BOUNDARY_ERROR.equals(boundary.getProperty("type"))) {
      return;
    }
    ActivityImpl task = (ActivityImpl) boundary.getEventScope();
    if (!task.getActivities().isEmpty()) {
      on(boundary, ExecutionListener.EVENTNAME_START, StepLog::failed);
      return;
    }
    AttemptListeners attempts = new AttemptListeners(task.getId());
    keepMessage(task, boundary, attempts.faultVariable());
    on(boundary, ExecutionListener.EVENTNAME_START, attempts::fault);
    if (task.getProperty(AttemptListeners.COUNTED) == null) {
      task.setProperty(AttemptListeners.COUNTED, true);
      on(task, ExecutionListener.EVENTNAME_START, attempts::begin);
      on(task, ExecutionListener.EVENTNAME_END, attempts::end);
      timersLeadingTo(task)
          .forEach(timer -> on(timer, ExecutionListener.EVENTNAME_END, attempts::again));
    }
  }

  private static boolean waitsForASlot(ActivityImpl activity) {
    return ActivityTypes.INTERMEDIATE_EVENT_MESSAGE.equals(activity.getProperty("type"))
        && EventSubscriptionDeclaration.getDeclarationsForScope(activity).values().stream()
            .anyMatch(
                event -> EngineSlotMessenger.SLOT_GRANTED.equals(event.getUnresolvedEventName()));
  }

  private static List<String> admissions(Map<String, String> beans) {
    return beans.entrySet().stream()
        .filter(task -> task.getValue().equals(Pipelines.ADMISSION))
        .map(Map.Entry::getKey)
        .toList();
  }

  private static boolean hasRetryLoop(ActivityImpl boundary) {
    return ActivityTypes.BOUNDARY_ERROR.equals(boundary.getProperty("type"))
        && timersLeadingTo((ActivityImpl) boundary.getEventScope()).findAny().isPresent();
  }

  private static Stream<ActivityImpl> timersLeadingTo(ActivityImpl task) {
    return task.getIncomingTransitions().stream()
        .map(incoming -> (ActivityImpl) incoming.getSource())
        .filter(source -> INTERMEDIATE_TIMER.equals(source.getProperty("type")));
  }

  private static void on(ActivityImpl activity, String event, ExecutionListener listener) {
    activity.addBuiltInListener(event, listener);
  }

  /** Where the model names no variable for the message of a caught error, it becomes a fault. */
  private static void keepMessage(ActivityImpl task, ActivityImpl boundary, String variable) {
    for (ErrorEventDefinition definition :
        task.getProperties().get(BpmnProperties.ERROR_EVENT_DEFINITIONS)) {
      if (definition.getHandlerActivityId().equals(boundary.getId())
          && definition.getErrorMessageVariable() == null) {
        definition.setErrorMessageVariable(variable);
      }
    }
  }

  private static Stream<ActivityImpl> activitiesBelow(ScopeImpl scope) {
    Collection<ActivityImpl> children = scope.getActivities();
    return children.stream()
        .flatMap(child -> Stream.concat(Stream.of(child), activitiesBelow(child)));
  }
}
