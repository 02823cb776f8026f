package org.bpmnmlops.operation;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.camunda.bpm.engine.ActivityTypes;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.cfg.TransactionState;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.history.event.HistoricActivityInstanceEventEntity;
import org.camunda.bpm.engine.impl.history.event.HistoryEvent;
import org.camunda.bpm.engine.impl.history.event.HistoryEventTypes;
import org.camunda.bpm.engine.impl.history.handler.HistoryEventHandler;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * Meter {@code mlops.step}: how long steps took that this node ran. A step counts once its
 * transaction is committed; an attempt that failed is no step.
 */
@Component
class StepTimes extends AbstractProcessEnginePlugin {

  private static final Set<String> STEPS =
      Set.of(
          ActivityTypes.TASK_SERVICE,
          ActivityTypes.TASK_BUSINESS_RULE,
          ActivityTypes.TASK_SEND_TASK,
          ActivityTypes.TASK_SCRIPT);

  private final ObjectProvider<MeterRegistry> meters;

  StepTimes(ObjectProvider<MeterRegistry> meters) {
    this.meters = meters;
  }

  @Override
  public void preInit(ProcessEngineConfigurationImpl engine) {
    engine.getCustomHistoryEventHandlers().add(new Handler());
  }

  /** No bean of its own: the starter would add it a second time. */
  private final class Handler implements HistoryEventHandler {

    @Override
    public void handleEvents(List<HistoryEvent> events) {
      events.forEach(this::handleEvent);
    }

    @Override
    public void handleEvent(HistoryEvent event) {
      if (event instanceof HistoricActivityInstanceEventEntity step
          && event.isEventOfType(HistoryEventTypes.ACTIVITY_INSTANCE_END)
          && STEPS.contains(step.getActivityType())
          && step.getDurationInMillis() != null
          && !step.isCanceled()) {
        Context.getCommandContext()
            .getTransactionContext()
            .addTransactionListener(TransactionState.COMMITTED, committed -> record(step));
      }
    }
  }

  /** A run at the terminal has nobody who collects meters. */
  private void record(HistoricActivityInstanceEventEntity step) {
    meters.ifAvailable(
        registry ->
            Timer.builder("mlops.step")
                .description("Time of the steps this node ran to their end; add the nodes up")
                .tag("pipeline", step.getProcessDefinitionKey())
                .tag("step", step.getActivityId())
                .register(registry)
                .record(Duration.ofMillis(step.getDurationInMillis())));
  }
}
