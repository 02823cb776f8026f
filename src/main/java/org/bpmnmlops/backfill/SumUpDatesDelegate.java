package org.bpmnmlops.backfill;

import java.util.List;
import org.bpmnmlops.process.Step;
import org.bpmnmlops.process.StepDeclaration;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** Service task "Sum up dates": counts how the days ended. */
@Component
class SumUpDatesDelegate implements Step {

  private final Backfills backfills;

  SumUpDatesDelegate(Backfills backfills) {
    this.backfills = backfills;
  }

  @Override
  public void execute(DelegateExecution execution) {
    List<String> states =
        backfills.dates(execution.getProcessInstanceId()).stream()
            .map(BackfillDate::state)
            .toList();
    long succeeded = states.stream().filter("success"::equals).count();
    long skipped = states.stream().filter("skipped"::equals).count();
    BackfillVariables.SUCCEEDED_DATES.set(execution, succeeded);
    BackfillVariables.SKIPPED_DATES.set(execution, skipped);
    BackfillVariables.FAILED_DATES.set(execution, states.size() - succeeded - skipped);
  }

  @Override
  public StepDeclaration declaration() {
    return new StepDeclaration(
        "Sum up dates",
        "Counts how the days of a backfill ended.",
        List.of(),
        List.of(
            BackfillVariables.SUCCEEDED_DATES,
            BackfillVariables.SKIPPED_DATES,
            BackfillVariables.FAILED_DATES),
        List.of());
  }
}
