package org.bpmnmlops.retraining;

import static org.bpmnmlops.process.PipelineVariables.MODEL_VERSION;
import static org.bpmnmlops.process.RetrainingVariables.CHAMPION_CHANGED;
import static org.bpmnmlops.process.RetrainingVariables.CHAMPION_VERSION;
import static org.bpmnmlops.registry.RegistryParameters.MODEL_NAME;

import java.util.List;
import org.bpmnmlops.process.Step;
import org.bpmnmlops.process.StepDeclaration;
import org.bpmnmlops.registry.Alias;
import org.bpmnmlops.registry.ModelRegistry;
import org.bpmnmlops.registry.ModelVersion;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** Service task "Check champion": whether the comparison is still about the live version. */
@Component
class CheckChampionDelegate implements Step {

  private final ModelRegistry registry;

  CheckChampionDelegate(ModelRegistry registry) {
    this.registry = registry;
  }

  @Override
  public void execute(DelegateExecution execution) {
    long compared = CHAMPION_VERSION.get(execution);
    long challenger = MODEL_VERSION.get(execution);
    CHAMPION_CHANGED.set(
        execution,
        registry
            .find(MODEL_NAME.get(execution), Alias.CHAMPION)
            .map(ModelVersion::version)
            // Where the challenger itself went live there is nothing to compare it with.
            .filter(live -> live == compared || live == challenger)
            .isEmpty());
  }

  @Override
  public StepDeclaration declaration() {
    return new StepDeclaration(
        "Check champion",
        "Looks whether another version went live since the comparison.",
        List.of(MODEL_NAME),
        List.of(CHAMPION_CHANGED),
        List.of());
  }
}
