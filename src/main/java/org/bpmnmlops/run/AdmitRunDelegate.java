package org.bpmnmlops.run;

import java.util.List;
import org.bpmnmlops.process.ProcessVariable;
import org.bpmnmlops.process.RunParameters;
import org.bpmnmlops.process.Step;
import org.bpmnmlops.process.StepDeclaration;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.variable.Variables;
import org.springframework.stereotype.Component;

/** Service task "Admit run": makes a process a pipeline, with a queue and a row per run. */
@Component
class AdmitRunDelegate implements Step {

  static final ProcessVariable<Boolean> SLOT_GRANTED =
      ProcessVariable.yesOrNo("slotGranted", "Whether the run may go on at once.");

  private static final StepDeclaration DECLARATION =
      new StepDeclaration(
          "Admit run",
          "Lets the run go on, or lets it wait for a slot, in order of arrival.",
          List.of(
              RunParameters.MAX_ACTIVE_RUNS,
              RunParameters.MAX_ATTEMPTS,
              RunParameters.RETRY_DELAY,
              RunParameters.LONG_STEP,
              RunParameters.LOGICAL_DATE),
          List.of(SLOT_GRANTED),
          List.of());

  private final RunQueue queue;
  private final SlotMessenger messenger;

  AdmitRunDelegate(RunQueue queue, SlotMessenger messenger) {
    this.queue = queue;
    this.messenger = messenger;
  }

  @Override
  public StepDeclaration declaration() {
    return DECLARATION;
  }

  @Override
  public void execute(DelegateExecution execution) {
    var admission = queue.admit(execution.getProcessInstanceId());
    admission.resumed().forEach(messenger::grant);
    // For the gateway behind this step, in this transaction; nobody reads it later.
    execution.setVariable(SLOT_GRANTED.name(), Variables.booleanValue(admission.admitted(), true));
  }
}
