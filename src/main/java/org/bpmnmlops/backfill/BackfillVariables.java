package org.bpmnmlops.backfill;

import java.util.List;
import org.bpmnmlops.process.Parameter;
import org.bpmnmlops.process.ProcessVariable;

/** The parameters of process {@code backfill}, and what its steps hand to each other. */
public final class BackfillVariables {

  public static final Parameter<String> PIPELINE =
      Parameter.text("pipeline", "Process id of the pipeline to run, such as advertising-pipeline.")
          .mandatory();
  public static final Parameter<String> FROM =
      Parameter.date("from", "First day of a backfill.").mandatory();
  public static final Parameter<String> TO =
      Parameter.date("to", "Last day of a backfill; today at the latest (UTC).").mandatory();
  public static final Parameter<Long> PARALLEL =
      Parameter.wholeNumber("parallel", "How many days of a backfill are run at once.")
          .between(1L, 16L)
          .byDefault(2L);
  public static final Parameter<String> RERUN =
      Parameter.choice(
              "rerun",
              List.of("none", "failed", "all"),
              "Which days a backfill runs again: none that succeeded or failed, those that failed,"
                  + " or all.")
          .byDefault("none");
  public static final Parameter<Boolean> DRY_RUN =
      Parameter.yesOrNo("dryRun", "Only plan the backfill, and run nothing.").byDefault(false);

  static final ProcessVariable<Long> PLANNED_DATES =
      ProcessVariable.wholeNumber("plannedDates", "Days the backfill runs.");
  static final ProcessVariable<Long> SKIPPED_DATES =
      ProcessVariable.wholeNumber("skippedDates", "Days the backfill leaves out.");
  static final ProcessVariable<Long> SUCCEEDED_DATES =
      ProcessVariable.wholeNumber("succeededDates", "Days whose run succeeded.");
  static final ProcessVariable<Long> FAILED_DATES =
      ProcessVariable.wholeNumber("failedDates", "Days whose run failed or was cancelled.");
  static final ProcessVariable<String> NEXT =
      ProcessVariable.text("next", "What a lane does next: run, wait or end.");
  static final ProcessVariable<String> DATE =
      ProcessVariable.text("date", "The day a lane runs the pipeline for.");

  private BackfillVariables() {}
}
