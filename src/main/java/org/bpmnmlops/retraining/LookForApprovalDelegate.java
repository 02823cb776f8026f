package org.bpmnmlops.retraining;

import static org.bpmnmlops.process.RetrainingVariables.APPROVAL_PENDING;
import static org.bpmnmlops.process.RetrainingVariables.REASON;

import java.util.List;
import org.bpmnmlops.process.Step;
import org.bpmnmlops.process.StepDeclaration;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** Service task "Look for approval": whether another run of this process waits for a person. */
@Component
class LookForApprovalDelegate implements Step {

  @Override
  public void execute(DelegateExecution execution) {
    var services = execution.getProcessEngineServices();
    String process =
        services
            .getRepositoryService()
            .getProcessDefinition(execution.getProcessDefinitionId())
            .getKey();
    boolean pending =
        services.getTaskService().createTaskQuery().processDefinitionKey(process).count() > 0;
    APPROVAL_PENDING.set(execution, pending);
    if (pending) {
      REASON.set(execution, "approval pending");
    }
  }

  @Override
  public StepDeclaration declaration() {
    return new StepDeclaration(
        "Look for approval",
        "Looks whether another run of this process waits for an approval.",
        List.of(),
        List.of(APPROVAL_PENDING, REASON),
        List.of());
  }
}
