package org.bpmnmlops.backfill;

import java.util.List;
import org.bpmnmlops.process.Step;
import org.bpmnmlops.process.StepDeclaration;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** Service task "Take next date": gives a lane the first day that no other has. */
@Component
class TakeNextDateDelegate implements Step {

  private final Backfills backfills;

  TakeNextDateDelegate(Backfills backfills) {
    this.backfills = backfills;
  }

  @Override
  public void execute(DelegateExecution execution) {
    Backfills.Next next = backfills.take(execution.getProcessInstanceId());
    BackfillVariables.NEXT.set(execution, next.what());
    BackfillVariables.DATE.set(execution, next.date() == null ? null : next.date().toString());
  }

  @Override
  public StepDeclaration declaration() {
    return new StepDeclaration(
        "Take next date",
        "Gives a lane of a backfill the first day that no other lane has.",
        List.of(),
        List.of(BackfillVariables.NEXT, BackfillVariables.DATE),
        List.of());
  }
}
