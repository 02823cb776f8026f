package org.bpmnmlops.promotion;

import static org.bpmnmlops.process.PipelineVariables.FAILURE_MESSAGE;
import static org.bpmnmlops.process.PipelineVariables.MODEL_ALIAS;
import static org.bpmnmlops.process.PipelineVariables.MODEL_VERSION;
import static org.bpmnmlops.process.RetrainingVariables.PROMOTED_HERE;
import static org.bpmnmlops.process.RetrainingVariables.TAKEN_BACK;
import static org.bpmnmlops.registry.RegistryParameters.MODEL_NAME;

import java.util.List;
import org.bpmnmlops.process.Step;
import org.bpmnmlops.process.StepDeclaration;
import org.bpmnmlops.registry.ModelRegistry;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** Service task "Restore champion": undoes Promote model. */
@Component
class RestoreChampionDelegate implements Step {

  private final ModelRegistry registry;

  RestoreChampionDelegate(ModelRegistry registry) {
    this.registry = registry;
  }

  @Override
  public void execute(DelegateExecution execution) {
    // What somebody else made champion is theirs to take back.
    boolean undone =
        PROMOTED_HERE.find(execution).orElse(true)
            && registry.restore(
                MODEL_NAME.get(execution),
                MODEL_VERSION.get(execution).intValue(),
                execution.getProcessInstanceId(),
                FAILURE_MESSAGE.find(execution).orElse("the promotion was taken back"));
    MODEL_ALIAS.set(execution, "none");
    TAKEN_BACK.set(execution, undone);
  }

  @Override
  public StepDeclaration declaration() {
    return new StepDeclaration(
        "Restore champion",
        "Makes the version champion again that was before Promote model.",
        List.of(MODEL_NAME),
        List.of(MODEL_ALIAS, TAKEN_BACK),
        List.of());
  }
}
