package org.bpmnmlops.process;

/** The error codes a training pipeline handles in its diagram. */
public final class PipelineErrors {

  public static final ErrorCode DATA_NOT_READY =
      new ErrorCode("DATA_NOT_READY", "The data set is missing or still growing; waiting helps.");
  public static final ErrorCode DATA_INVALID =
      new ErrorCode(
          "DATA_INVALID", "The data set cannot be trained on; it has to be mended first.");
  public static final ErrorCode TRAINING_FAILED =
      new ErrorCode("TRAINING_FAILED", "The trainer found no model for these rows and settings.");
  public static final ErrorCode MODEL_BELOW_BAR =
      new ErrorCode("MODEL_BELOW_BAR", "The model is not good enough to be used.");
  public static final ErrorCode NO_REFERENCE =
      new ErrorCode(
          "NO_REFERENCE",
          "There is nothing to compare with: no model is live, or a file of it is gone or damaged.");
  public static final ErrorCode PRODUCTION_DATA_INVALID =
      new ErrorCode(
          "PRODUCTION_DATA_INVALID",
          "The production file, or a parameter of monitoring, cannot be used; it has to be mended.");
  public static final ErrorCode MAIL_FAILED =
      new ErrorCode("MAIL_FAILED", "The mail server did not take the message.");
  public static final ErrorCode STATUS_FAILED =
      new ErrorCode("STATUS_FAILED", "The status API did not take the report.");

  public static final ErrorCode NO_CHAMPION =
      new ErrorCode("NO_CHAMPION", "No version of the model is live.");
  public static final ErrorCode COMPARISON_FAILED =
      new ErrorCode("COMPARISON_FAILED", "Champion and challenger cannot be compared.");
  public static final ErrorCode CHAMPION_CHANGED =
      new ErrorCode("CHAMPION_CHANGED", "Another version went live meanwhile.");
  public static final ErrorCode SMOKE_TEST_FAILED =
      new ErrorCode("SMOKE_TEST_FAILED", "The version that just went live does not answer well.");
  public static final ErrorCode NO_VERSION =
      new ErrorCode("NO_VERSION", "There is no version to go back to.");
  public static final ErrorCode UNDECIDED =
      new ErrorCode("UNDECIDED", "No rule of a decision table fits the facts of this run.");
  public static final ErrorCode TAKEN_BACK =
      new ErrorCode(
          "TAKEN_BACK",
          "An operator took the run back; what it had promoted is not live any more.");

  private PipelineErrors() {}
}
