package org.bpmnmlops.operation;

import org.bpmnmlops.process.AlertVariables;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.camunda.bpm.engine.variable.VariableMap;
import org.camunda.bpm.engine.variable.Variables;
import org.camunda.bpm.model.bpmn.instance.FlowElement;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Sends an alert by starting the process "incident-alert" in the caller's transaction: the alert
 * exists exactly when its reason does, and a JVM that dies afterwards sends it after its restart.
 */
@Component
class Alerts {

  static final String PROCESS = "incident-alert";

  private static final Logger LOG = LoggerFactory.getLogger(Alerts.class);

  /** The engine's text variables hold 4000 characters. */
  private static final int LONGEST_CAUSE = 3900;

  private final AlertLog sent;

  Alerts(AlertLog sent) {
    this.sent = sent;
  }

  /**
   * An alert about the alerts' own process would go the way that just failed: it is only logged.
   */
  void raise(Alert alert, CommandContext context) {
    boolean own = PROCESS.equals(alert.pipeline());
    if (!own && !sent.claim(alert.key())) {
      return;
    }
    LOG.error(
        "{} of {}, step {}, run {}: {}",
        alert.kind(),
        alert.pipeline(),
        alert.step(),
        alert.run(),
        alert.cause());
    if (!own) {
      context.runWithoutAuthorization(
          () -> {
            start(alert, context.getProcessEngineConfiguration());
            return null;
          });
    }
  }

  private static void start(Alert alert, ProcessEngineConfigurationImpl engine) {
    ProcessDefinition process =
        engine
            .getRepositoryService()
            .createProcessDefinitionQuery()
            .processDefinitionKey(PROCESS)
            .latestVersion()
            .active()
            .singleResult();
    if (process == null) {
      LOG.warn("No mail goes out: process '{}' is not deployed, or paused", PROCESS);
      return;
    }
    engine
        .getRuntimeService()
        .startProcessInstanceById(process.getId(), alert.key(), variables(alert, engine));
  }

  private static VariableMap variables(Alert alert, ProcessEngineConfigurationImpl engine) {
    String stepName = stepName(alert, engine);
    return Variables.createVariables()
        .putValue(AlertVariables.SUBJECT.name(), alert.kind().subject(alert.pipeline(), stepName))
        .putValue(AlertVariables.TEXT.name(), shorten(alert.cause()))
        .putValue(AlertVariables.ADVICE.name(), alert.kind().advice())
        .putValue(AlertVariables.PIPELINE.name(), alert.pipeline())
        .putValue(AlertVariables.RUN.name(), alert.run())
        .putValue(AlertVariables.STEP.name(), stepName);
  }

  private static String stepName(Alert alert, ProcessEngineConfigurationImpl engine) {
    FlowElement step =
        engine
            .getDeploymentCache()
            .findBpmnModelInstanceForProcessDefinition(alert.definition())
            .getModelElementById(alert.step());
    return step == null || step.getName() == null ? alert.step() : step.getName();
  }

  private static String shorten(String cause) {
    return cause.length() <= LONGEST_CAUSE
        ? cause
        : cause.substring(0, LONGEST_CAUSE) + " ... (shortened)";
  }
}
