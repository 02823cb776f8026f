package org.bpmnmlops.promotion;

import static org.bpmnmlops.process.PipelineVariables.MODEL_ALIAS;
import static org.bpmnmlops.process.PipelineVariables.MODEL_VERSION;
import static org.bpmnmlops.process.RetrainingVariables.APPROVAL_REASON;
import static org.bpmnmlops.process.RetrainingVariables.APPROVED_BY;
import static org.bpmnmlops.process.RetrainingVariables.PROMOTED_HERE;
import static org.bpmnmlops.process.RetrainingVariables.PROMOTION_REASON;
import static org.bpmnmlops.registry.RegistryParameters.MODEL_NAME;

import java.util.List;
import org.bpmnmlops.process.Step;
import org.bpmnmlops.process.StepDeclaration;
import org.bpmnmlops.registry.Alias;
import org.bpmnmlops.registry.ModelRegistry;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** Service task "Promote model": makes the version the champion. */
@Component
class PromoteModelDelegate implements Step {

  private final ModelRegistry registry;

  PromoteModelDelegate(ModelRegistry registry) {
    this.registry = registry;
  }

  @Override
  public void execute(DelegateExecution execution) {
    boolean promoted =
        registry.promote(
            MODEL_NAME.get(execution),
            MODEL_VERSION.get(execution).intValue(),
            APPROVED_BY.find(execution).orElse(execution.getProcessInstanceId()),
            APPROVAL_REASON
                .find(execution)
                .filter(reason -> !reason.isBlank())
                .orElseGet(() -> PROMOTION_REASON.get(execution)));
    PROMOTED_HERE.set(execution, promoted);
    MODEL_ALIAS.set(execution, Alias.CHAMPION.toString());
  }

  @Override
  public StepDeclaration declaration() {
    return new StepDeclaration(
        "Promote model",
        "Makes the version the champion; the champion until now becomes the previous one.",
        List.of(MODEL_NAME),
        List.of(MODEL_ALIAS, PROMOTED_HERE),
        List.of());
  }
}
