package org.bpmnmlops.engine;

import org.bpmnmlops.run.SlotMessenger;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.springframework.stereotype.Component;

/** Whoever ends a run hands its slot on, also when they may not touch the run that gets it. */
@Component
class EngineSlotMessenger implements SlotMessenger {

  static final String SLOT_GRANTED = "slotGranted";

  @Override
  public void grant(String run) {
    CommandContext context = Context.getCommandContext();
    context.runWithoutAuthorization(
        () -> {
          context
              .getProcessEngineConfiguration()
              .getRuntimeService()
              .createMessageCorrelation(SLOT_GRANTED)
              .processInstanceId(run)
              .correlate();
          return null;
        });
  }
}
