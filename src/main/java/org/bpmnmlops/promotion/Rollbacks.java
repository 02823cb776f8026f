package org.bpmnmlops.promotion;

import static org.bpmnmlops.promotion.PromotionParameters.ROLLBACK_REASON;
import static org.bpmnmlops.promotion.PromotionParameters.TO_VERSION;
import static org.bpmnmlops.registry.RegistryParameters.MODEL_NAME;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.bpmnmlops.engine.CurrentUser;
import org.bpmnmlops.process.RecordedParameters;
import org.bpmnmlops.registry.ModelRegistry;
import org.bpmnmlops.run.RunQueue;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Starts rollbacks, one at a time for each model: a second one would undo the first. */
@Component
class Rollbacks {

  private static final String PROCESS = "model-rollback";

  /** A rollback that goes on by itself. */
  record Rollback(String run, LiveModel.Rollback back) {}

  private final LiveModel live;
  private final ModelRegistry registry;
  private final RunQueue queue;
  private final RuntimeService runtime;
  private final CurrentUser user;

  Rollbacks(
      LiveModel live,
      ModelRegistry registry,
      RunQueue queue,
      RuntimeService runtime,
      CurrentUser user) {
    this.live = live;
    this.registry = registry;
    this.queue = queue;
    this.runtime = runtime;
    this.user = user;
  }

  /**
   * Starts one. The run goes back to the version that is chosen now, unless another goes live
   * between its steps.
   *
   * @throws NotThereException when there is no such model or version
   * @throws NoSuchVersionException when there is nothing to go back to, or it is live already
   * @throws UnderWayException when a rollback of this model has not ended
   */
  @Transactional
  public Rollback start(String model, Optional<Long> toVersion, Optional<String> reason) {
    user.require(Permissions.CREATE_INSTANCE, Resources.PROCESS_DEFINITION, PROCESS);
    if (!registry.names().contains(model)) {
      throw new NotThereException(
          "There is no model '%s'; there are %s".formatted(model, registry.names()));
    }
    toVersion
        .filter(version -> registry.find(model, version.intValue()).isEmpty())
        .ifPresent(
            version -> {
              throw new NotThereException(
                  "The model '%s' has no version %d".formatted(model, version));
            });
    queue.lock(PROCESS);
    underWay(model)
        .ifPresent(
            run -> {
              throw new UnderWayException(
                  "A rollback of '%s' is under way, run %s: see how it ends first"
                      .formatted(model, run.getId()));
            });
    var back = live.rollback(model, toVersion);
    Map<String, Object> variables = new HashMap<>();
    variables.put(MODEL_NAME.name(), model);
    variables.put(TO_VERSION.name(), (long) back.to().version());
    reason.ifPresent(text -> variables.put(ROLLBACK_REASON.name(), text));
    return new Rollback(runtime.startProcessInstanceByKey(PROCESS, variables).getId(), back);
  }

  /** Whoever may start one need not be allowed to see others'. */
  private Optional<ProcessInstance> underWay(String model) {
    return user.withoutChecks(
        () ->
            runtime.createProcessInstanceQuery().processDefinitionKey(PROCESS).list().stream()
                .filter(run -> model.equals(modelOf(run)))
                .findFirst());
  }

  /** Null where the run has just ended. */
  private Object modelOf(ProcessInstance run) {
    Map<String, Object> variables = new HashMap<>();
    runtime
        .createVariableInstanceQuery()
        .processInstanceIdIn(run.getId())
        .variableNameIn(MODEL_NAME.name(), RecordedParameters.VARIABLE)
        .list()
        .forEach(variable -> variables.put(variable.getName(), variable.getValue()));
    return RecordedParameters.with(variables).get(MODEL_NAME.name());
  }
}
