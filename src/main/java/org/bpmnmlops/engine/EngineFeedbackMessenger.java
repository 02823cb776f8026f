package org.bpmnmlops.engine;

import java.util.Map;
import org.bpmnmlops.serving.FeedbackMessenger;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.persistence.entity.EventSubscriptionEntity;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.camunda.bpm.engine.runtime.EventSubscription;
import org.camunda.bpm.engine.runtime.Execution;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * Sends {@value FeedbackMessenger#MESSAGE} with the engine's rights: who feeds back need not be
 * allowed to start a retraining. What is paused is left alone; its timer comes when it goes on.
 */
@Component
class EngineFeedbackMessenger implements FeedbackMessenger {

  private static final Logger LOG = LoggerFactory.getLogger(EngineFeedbackMessenger.class);
  private static final String MODEL_NAME = "modelName";
  private static final String LABELLED = "labelledRows";

  private final ObjectProvider<ProcessEngineConfigurationImpl> engine;

  /** The engine needs the steps, and steps need this; so it is asked for when it is there. */
  EngineFeedbackMessenger(ObjectProvider<ProcessEngineConfigurationImpl> engine) {
    this.engine = engine;
  }

  @Override
  public void enough(String model, long labelled) {
    engine
        .getObject()
        .getCommandExecutorTxRequired()
        .execute(
            context -> {
              context.runWithoutAuthorization(
                  () -> {
                    send(context, model, labelled);
                    return null;
                  });
              return null;
            });
  }

  private static void send(CommandContext context, String model, long labelled) {
    RuntimeService runtime = context.getProcessEngineConfiguration().getRuntimeService();
    int receivers = 0;
    for (EventSubscription subscription :
        runtime.createEventSubscriptionQuery().eventType("message").eventName(MESSAGE).list()) {
      if (isPaused(context, subscription)) {
        continue;
      }
      receivers++;
      if (subscription.getProcessInstanceId() == null) {
        runtime
            .createMessageCorrelation(MESSAGE)
            .processDefinitionId(definition(context, subscription).getId())
            .setVariable(MODEL_NAME, model)
            .setVariable(LABELLED, labelled)
            .correlateStartMessage();
      } else {
        runtime.messageEventReceived(
            MESSAGE, subscription.getExecutionId(), Map.of(MODEL_NAME, model, LABELLED, labelled));
      }
    }
    if (receivers == 0) {
      LOG.info(
          "{} rows of '{}' have an outcome; no process waits for {}", labelled, model, MESSAGE);
    }
  }

  private static boolean isPaused(CommandContext context, EventSubscription subscription) {
    if (subscription.getProcessInstanceId() == null) {
      return definition(context, subscription).isSuspended();
    }
    Execution execution =
        context
            .getProcessEngineConfiguration()
            .getRuntimeService()
            .createExecutionQuery()
            .executionId(subscription.getExecutionId())
            .singleResult();
    return execution == null || execution.isSuspended();
  }

  private static ProcessDefinition definition(
      CommandContext context, EventSubscription subscription) {
    return context
        .getProcessEngineConfiguration()
        .getRepositoryService()
        .getProcessDefinition(((EventSubscriptionEntity) subscription).getConfiguration());
  }
}
