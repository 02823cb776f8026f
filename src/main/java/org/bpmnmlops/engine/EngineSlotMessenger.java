package org.bpmnmlops.engine;

import org.bpmnmlops.run.SlotMessenger;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Whoever ends a run hands its slot on, also when they may not touch the run that gets it. Nothing
 * about that run keeps the other from ending.
 */
@Component
class EngineSlotMessenger implements SlotMessenger {

  private static final Logger LOG = LoggerFactory.getLogger(EngineSlotMessenger.class);

  static final String SLOT_GRANTED = "slotGranted";

  @Override
  public void grant(String run) {
    CommandContext context = Context.getCommandContext();
    context.runWithoutAuthorization(
        () -> {
          int woken =
              context
                  .getProcessEngineConfiguration()
                  .getRuntimeService()
                  .createMessageCorrelation(SLOT_GRANTED)
                  .processInstanceId(run)
                  .correlateAllWithResult()
                  .size();
          if (woken == 0) {
            LOG.warn("Run {} has a slot now, but was moved away from where it waited for it", run);
          }
          return null;
        });
  }
}
