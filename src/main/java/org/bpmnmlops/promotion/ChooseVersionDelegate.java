package org.bpmnmlops.promotion;

import static org.bpmnmlops.process.PipelineErrors.NO_VERSION;
import static org.bpmnmlops.process.PipelineVariables.MODEL_VERSION;
import static org.bpmnmlops.process.RetrainingVariables.APPROVED_BY;
import static org.bpmnmlops.process.RetrainingVariables.CHAMPION_VERSION;
import static org.bpmnmlops.process.RetrainingVariables.PROMOTION_REASON;
import static org.bpmnmlops.promotion.PromotionParameters.ROLLBACK_REASON;
import static org.bpmnmlops.promotion.PromotionParameters.TO_VERSION;
import static org.bpmnmlops.registry.RegistryParameters.MODEL_NAME;

import java.util.List;
import org.bpmnmlops.process.Step;
import org.bpmnmlops.process.StepDeclaration;
import org.bpmnmlops.run.RunQueue;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** Service task "Choose version": the one a rollback goes back to. */
@Component
class ChooseVersionDelegate implements Step {

  private final LiveModel live;
  private final RunQueue queue;

  ChooseVersionDelegate(LiveModel live, RunQueue queue) {
    this.live = live;
    this.queue = queue;
  }

  @Override
  public void execute(DelegateExecution execution) {
    try {
      var back = live.rollback(MODEL_NAME.get(execution), TO_VERSION.find(execution));
      CHAMPION_VERSION.set(execution, (long) back.from().version());
      MODEL_VERSION.set(execution, (long) back.to().version());
      PROMOTION_REASON.set(execution, ROLLBACK_REASON.get(execution));
      queue
          .starter(execution.getProcessInstanceId())
          .ifPresent(user -> APPROVED_BY.set(execution, user));
    } catch (NoSuchVersionException e) {
      throw NO_VERSION.because(e);
    }
  }

  @Override
  public StepDeclaration declaration() {
    return new StepDeclaration(
        "Choose version",
        "Finds the version to go back to: the one named, or the champion before.",
        List.of(MODEL_NAME, TO_VERSION, ROLLBACK_REASON),
        List.of(CHAMPION_VERSION, MODEL_VERSION, PROMOTION_REASON, APPROVED_BY),
        List.of(NO_VERSION));
  }
}
