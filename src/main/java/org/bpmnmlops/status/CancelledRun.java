package org.bpmnmlops.status;

import org.bpmnmlops.process.ProcessVariable;

/**
 * The start variables of the process that reports a cancelled run as failed. It is started in the
 * transaction that cancels the run, so a cancelled run is always reported.
 */
public final class CancelledRun {

  public static final ProcessVariable<String> PIPELINE =
      ProcessVariable.text("cancelledPipeline", "Process id of the cancelled run's pipeline.");
  public static final ProcessVariable<String> RUN =
      ProcessVariable.text("cancelledRun", "Process instance id of the cancelled run.");
  public static final ProcessVariable<String> BUSINESS_KEY =
      ProcessVariable.text("cancelledBusinessKey", "Its business key; not set where it had none.");
  public static final ProcessVariable<String> LOGICAL_DATE =
      ProcessVariable.text(
          "cancelledLogicalDate", "Its logical date (yyyy-MM-dd); not set where it had none.");

  private CancelledRun() {}
}
