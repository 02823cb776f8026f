package org.bpmnmlops.process;

/** The start variables of the process that sends an alert mail. */
public final class AlertVariables {

  public static final ProcessVariable<String> SUBJECT =
      ProcessVariable.text(
          "alertSubject", "What happened, in one line: the mail's subject and headline.");
  public static final ProcessVariable<String> TEXT =
      ProcessVariable.text("alertText", "The cause, in the words of the step that failed.");
  public static final ProcessVariable<String> ADVICE =
      ProcessVariable.text("alertAdvice", "What to do about it.");
  public static final ProcessVariable<String> PIPELINE =
      ProcessVariable.text("alertPipeline", "Process id of the pipeline; may be missing.");
  public static final ProcessVariable<String> RUN =
      ProcessVariable.text("alertRun", "Process instance id of the run; may be missing.");
  public static final ProcessVariable<String> STEP =
      ProcessVariable.text("alertStep", "Name of the step in the diagram; may be missing.");

  private AlertVariables() {}
}
