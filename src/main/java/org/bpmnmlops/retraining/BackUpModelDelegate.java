package org.bpmnmlops.retraining;

import static org.bpmnmlops.process.RetrainingVariables.BACKUP;
import static org.bpmnmlops.process.RetrainingVariables.CHAMPION_VERSION;
import static org.bpmnmlops.registry.RegistryParameters.MODEL_NAME;

import java.util.List;
import org.bpmnmlops.process.Step;
import org.bpmnmlops.process.StepDeclaration;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** Service task "Back up model": copies the champion's file, which must be whole. */
@Component
class BackUpModelDelegate implements Step {

  private final ModelBackup backup;

  BackUpModelDelegate(ModelBackup backup) {
    this.backup = backup;
  }

  @Override
  public void execute(DelegateExecution execution) {
    BACKUP.set(
        execution,
        backup.copy(
            execution.getProcessInstanceId(),
            MODEL_NAME.get(execution),
            CHAMPION_VERSION.get(execution).intValue()));
  }

  @Override
  public StepDeclaration declaration() {
    return new StepDeclaration(
        "Back up model",
        "Copies the champion's file into the run's folder, after checking its hash.",
        List.of(MODEL_NAME),
        List.of(BACKUP),
        List.of());
  }
}
