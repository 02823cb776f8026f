package org.bpmnmlops.process;

import static org.bpmnmlops.process.ProcessVariable.number;
import static org.bpmnmlops.process.ProcessVariable.text;
import static org.bpmnmlops.process.ProcessVariable.wholeNumber;
import static org.bpmnmlops.process.ProcessVariable.yesOrNo;

/** The variables of retraining and rollback that tables, forms, mails and steps share. */
public final class RetrainingVariables {

  public static final ProcessVariable<Boolean> APPROVAL_PENDING =
      yesOrNo("approvalPending", "Whether another run of this process waits for an approval.");
  public static final ProcessVariable<String> REASON =
      text("reason", "Why this run ended as it did, or why it trains.");

  public static final ProcessVariable<Long> CHAMPION_VERSION =
      wholeNumber("championVersion", "Version of the model that was live when the step ran.");
  public static final ProcessVariable<Long> NEW_LABELLED_ROWS =
      wholeNumber("newLabelledRows", "Outcomes fed back since the last attempt to train.");
  public static final ProcessVariable<Long> CHAMPION_LABELLED_ROWS =
      wholeNumber("championLabelledRows", "Predictions of this champion with an outcome.");
  public static final ProcessVariable<Double> PRODUCTION_ACCURACY =
      number("productionAccuracy", "Share of those that were right; empty where there are none.");
  public static final ProcessVariable<Double> ACCURACY_DROP =
      number("accuracyDrop", "How much lower that is than on the champion's held-out rows.");
  public static final ProcessVariable<Double> ACCURACY_DROP_P_VALUE =
      number("accuracyDropPValue", "One-sided p-value of the drop (two-proportion test).");
  public static final ProcessVariable<Long> DAYS_SINCE_TRAINING =
      wholeNumber("daysSinceTraining", "Age of the champion in days.");
  public static final ProcessVariable<Double> DRIFT_SHARE =
      number("driftShare", "Drifted of judged columns, 0 to 1; empty where none could be judged.");
  public static final ProcessVariable<Long> DRIFTED_COLUMNS =
      wholeNumber("driftedColumns", "Judged columns that drifted.");
  public static final ProcessVariable<String> DRIFTED_NAMES =
      text("driftedNames", "Names of the columns that drifted.");

  public static final ProcessVariable<String> BACKUP =
      text("backup", "Reference to the copy of the champion's file.");
  public static final ProcessVariable<Long> REFERENCE_ROWS =
      wholeNumber("referenceRows", "Merged rows that the champion was made of.");
  public static final ProcessVariable<Long> NEW_ROWS =
      wholeNumber("newRows", "Merged rows from production that the champion was not made of.");
  public static final ProcessVariable<Long> MERGED_VERSION =
      wholeNumber("mergedVersion", "Version of the champion whose rows were merged.");
  public static final ProcessVariable<Boolean> TRAINED_BEFORE =
      yesOrNo("trainedBefore", "Whether an earlier attempt trained on the same rows.");
  public static final ProcessVariable<String> RETRAINING_RUN =
      text("retrainingRun", "The retraining a candidate is trained for.");

  public static final ProcessVariable<String> WINNER =
      text("winner", "Algorithm of the best candidate.");
  public static final ProcessVariable<String> CANDIDATE_SCORES =
      text("candidateScores", "Each candidate with its score by cross-validation, best first.");
  public static final ProcessVariable<String> FAILED_CANDIDATES =
      text("failedCandidates", "Candidates that failed, and why; empty where none did.");

  public static final ProcessVariable<String> COMPARISON =
      text("comparison", "Reference to the comparison with the champion (JSON).");
  public static final ProcessVariable<Double> CHAMPION_ACCURACY =
      number("championAccuracy", "The champion's accuracy on the same held-out rows.");
  public static final ProcessVariable<Long> COMMON_ROWS =
      wholeNumber("commonRows", "Held-out rows that neither model was trained on.");
  public static final ProcessVariable<Double> GAIN =
      number("gain", "By how much the challenger is better, in the metric chosen.");
  public static final ProcessVariable<Double> GAIN_LOW =
      number("gainLow", "Lower end of the gain's 95 % interval (paired bootstrap).");
  public static final ProcessVariable<Double> GAIN_HIGH =
      number("gainHigh", "Upper end of the gain's 95 % interval.");
  public static final ProcessVariable<String> GAIN_IN_WORDS =
      text(
          "gainInWords",
          "The gain as people read it: in per cent points where the metric is a share.");
  public static final ProcessVariable<String> GAIN_INTERVAL =
      text("gainInterval", "Its 95 % interval, likewise.");
  public static final ProcessVariable<Boolean> SAME_ANSWERS =
      yesOrNo("sameAnswers", "Whether both models give each common row the same probabilities.");
  public static final ProcessVariable<Double> LARGEST_RECALL_DROP =
      number("largestRecallDrop", "The largest drop of a class's recall; 0 where none dropped.");
  public static final ProcessVariable<Long> NEW_COMMON_ROWS =
      wholeNumber("newCommonRows", "Those of the common rows that are new from production.");
  public static final ProcessVariable<Double> NEW_ROWS_ACCURACY =
      number("newRowsAccuracy", "The challenger's accuracy on the new rows; empty without any.");
  public static final ProcessVariable<Double> NEW_ROWS_CHAMPION_ACCURACY =
      number("newRowsChampionAccuracy", "The champion's accuracy on the same.");

  public static final ProcessVariable<String> PROMOTION =
      text("promotion", "What the table decided: promote, ask or reject.");
  public static final ProcessVariable<String> PROMOTION_REASON =
      text("promotionReason", "Why, in the table's words.");
  public static final ProcessVariable<Boolean> APPROVED =
      yesOrNo("approved", "What a person decided about the challenger.");
  public static final ProcessVariable<String> APPROVED_BY =
      text("approvedBy", "Who decided that, or asked for the rollback.");
  public static final ProcessVariable<String> APPROVAL_REASON =
      text("approvalReason", "Why, in that person's words.");
  public static final ProcessVariable<Long> ARCHIVED_ROWS =
      wholeNumber("archivedRows", "Production rows that joined the reference.");
  public static final ProcessVariable<String> ARCHIVE_FILE =
      text("archiveFile", "The export of these rows, in the home.");
  public static final ProcessVariable<Boolean> PROMOTED_HERE =
      yesOrNo("promotedHere", "Whether this run made the version champion; else it was before.");
  public static final ProcessVariable<Boolean> TAKEN_BACK =
      yesOrNo(
          "takenBack",
          "Whether the promotion was undone; not where another version went live since.");

  private RetrainingVariables() {}
}
