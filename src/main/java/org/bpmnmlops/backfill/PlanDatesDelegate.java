package org.bpmnmlops.backfill;

import java.util.List;
import org.bpmnmlops.process.Step;
import org.bpmnmlops.process.StepDeclaration;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** Service task "Plan dates": decides which days are run and which are left out. */
@Component
class PlanDatesDelegate implements Step {

  private final Backfills backfills;

  PlanDatesDelegate(Backfills backfills) {
    this.backfills = backfills;
  }

  @Override
  public void execute(DelegateExecution execution) {
    String id = execution.getProcessInstanceId();
    backfills.plan(id);
    List<BackfillDate> dates = backfills.dates(id);
    long planned = dates.stream().filter(date -> date.state().equals("planned")).count();
    BackfillVariables.PLANNED_DATES.set(execution, planned);
    BackfillVariables.SKIPPED_DATES.set(execution, dates.size() - planned);
  }

  @Override
  public StepDeclaration declaration() {
    return new StepDeclaration(
        "Plan dates",
        "Decides which days of a backfill are run and which are left out.",
        List.of(
            BackfillVariables.PIPELINE,
            BackfillVariables.FROM,
            BackfillVariables.TO,
            BackfillVariables.PARALLEL,
            BackfillVariables.RERUN,
            BackfillVariables.DRY_RUN),
        List.of(BackfillVariables.PLANNED_DATES, BackfillVariables.SKIPPED_DATES),
        List.of());
  }
}
