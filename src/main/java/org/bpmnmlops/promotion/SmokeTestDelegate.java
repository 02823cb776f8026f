package org.bpmnmlops.promotion;

import static org.bpmnmlops.process.PipelineErrors.SMOKE_TEST_FAILED;
import static org.bpmnmlops.process.PipelineVariables.MODEL_VERSION;
import static org.bpmnmlops.registry.RegistryParameters.MODEL_NAME;

import java.util.List;
import org.bpmnmlops.process.Step;
import org.bpmnmlops.process.StepDeclaration;
import org.bpmnmlops.registry.DamagedModelException;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** Service task "Smoke test": whether the version that just went live answers as it should. */
@Component
class SmokeTestDelegate implements Step {

  private final SmokeTest test;

  SmokeTestDelegate(SmokeTest test) {
    this.test = test;
  }

  @Override
  public void execute(DelegateExecution execution) {
    try {
      test.run(MODEL_NAME.get(execution), MODEL_VERSION.get(execution).intValue());
    } catch (DamagedModelException | SmokeTestFailedException e) {
      throw SMOKE_TEST_FAILED.because(e);
    }
  }

  @Override
  public StepDeclaration declaration() {
    return new StepDeclaration(
        "Smoke test",
        "Loads the live version as serving does and asks it about known and recorded rows.",
        List.of(MODEL_NAME),
        List.of(),
        List.of(SMOKE_TEST_FAILED));
  }
}
