package org.bpmnmlops.promotion;

import static org.bpmnmlops.process.PipelineErrors.CHAMPION_CHANGED;
import static org.bpmnmlops.process.PipelineVariables.MODEL_ALIAS;
import static org.bpmnmlops.process.PipelineVariables.MODEL_VERSION;
import static org.bpmnmlops.process.RetrainingVariables.APPROVAL_REASON;
import static org.bpmnmlops.process.RetrainingVariables.APPROVED_BY;
import static org.bpmnmlops.process.RetrainingVariables.CHAMPION_VERSION;
import static org.bpmnmlops.process.RetrainingVariables.PROMOTED_HERE;
import static org.bpmnmlops.process.RetrainingVariables.PROMOTION_REASON;
import static org.bpmnmlops.registry.RegistryParameters.MODEL_NAME;

import java.util.List;
import org.bpmnmlops.process.Step;
import org.bpmnmlops.process.StepDeclaration;
import org.bpmnmlops.registry.Alias;
import org.bpmnmlops.registry.ChampionChangedException;
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
    String model = MODEL_NAME.get(execution);
    int version = MODEL_VERSION.get(execution).intValue();
    String by = APPROVED_BY.find(execution).orElse(execution.getProcessInstanceId());
    String reason =
        APPROVAL_REASON
            .find(execution)
            .filter(text -> !text.isBlank())
            .orElseGet(() -> PROMOTION_REASON.get(execution));
    try {
      boolean promoted =
          CHAMPION_VERSION
              .find(execution)
              .map(known -> registry.replace(model, known.intValue(), version, by, reason))
              .orElseGet(() -> registry.promote(model, version, by, reason));
      PROMOTED_HERE.set(execution, promoted);
    } catch (ChampionChangedException e) {
      throw CHAMPION_CHANGED.because(e);
    }
    MODEL_ALIAS.set(execution, Alias.CHAMPION.toString());
  }

  @Override
  public StepDeclaration declaration() {
    return new StepDeclaration(
        "Promote model",
        "Makes the version the champion, unless another than championVersion is live by now; the"
            + " champion until now becomes the previous one.",
        List.of(MODEL_NAME),
        List.of(MODEL_ALIAS, PROMOTED_HERE),
        List.of(CHAMPION_CHANGED));
  }
}
