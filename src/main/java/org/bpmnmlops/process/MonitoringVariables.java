package org.bpmnmlops.process;

import static org.bpmnmlops.process.ProcessVariable.number;
import static org.bpmnmlops.process.ProcessVariable.text;
import static org.bpmnmlops.process.ProcessVariable.wholeNumber;
import static org.bpmnmlops.process.ProcessVariable.yesOrNo;

/** The variables of model monitoring: what its steps hand each other, its mail and callers read. */
public final class MonitoringVariables {

  public static final ProcessVariable<String> REPORTED_AT =
      text("reportedAt", "The time in the names of this run's reports (ISO 8601, UTC).");
  public static final ProcessVariable<String> WINDOW_FROM =
      text("windowFrom", "Earliest prediction this run looks at (ISO 8601, UTC), itself included.");
  public static final ProcessVariable<String> WINDOW_TO =
      text(
          "windowTo", "End of the predictions this run looks at (ISO 8601, UTC), itself excluded.");
  public static final ProcessVariable<Long> PRODUCTION_ROWS =
      wholeNumber("productionRows", "Production rows in the window.");
  public static final ProcessVariable<Long> IMPORTED_ROWS =
      wholeNumber("importedRows", "Rows this run imported from the production file.");
  public static final ProcessVariable<String> FINDINGS =
      text("findings", "Reference to what was found about the production file (JSON).");
  public static final ProcessVariable<Long> FINDING_COUNT =
      wholeNumber("findingCount", "How much was found about the production file.");
  public static final ProcessVariable<Boolean> FAILURE_TOLD_TODAY =
      yesOrNo("failureToldToday", "Whether a run has mailed the same failure today already (UTC).");

  public static final ProcessVariable<String> QUALITY_REPORT =
      text("qualityReport", "Reference to the quality report; its JSON twin lies beside it.");
  public static final ProcessVariable<String> QUALITY_VERDICT =
      text("qualityVerdict", "good, unknown, warn or bad.");
  public static final ProcessVariable<String> QUALITY_SUMMARY =
      text("qualitySummary", "What the quality report says, in a sentence or two.");

  public static final ProcessVariable<String> DRIFT_REPORT =
      text(
          "driftReport",
          "Reference to the drift report; empty where there was nothing to compare with.");
  public static final ProcessVariable<String> DRIFT_VERDICT =
      text("driftVerdict", "good, unknown, warn or bad.");
  public static final ProcessVariable<String> DRIFT_SUMMARY =
      text("driftSummary", "What the drift report says, or why there is none.");
  public static final ProcessVariable<Double> DRIFT_SHARE =
      number(
          "driftShare",
          "Drifted of judged columns, 0 to 1; empty where no column could be judged.");
  public static final ProcessVariable<Long> DRIFTED_COLUMNS =
      wholeNumber("driftedColumns", "Judged columns that drifted.");
  public static final ProcessVariable<Long> JUDGED_COLUMNS =
      wholeNumber("judgedColumns", "Columns with enough rows on both sides to be judged.");
  public static final ProcessVariable<Boolean> DATASET_DRIFT =
      yesOrNo("datasetDrift", "Whether the data set as a whole drifted (parameter driftedShare).");

  public static final ProcessVariable<String> PERFORMANCE_REPORT =
      text(
          "performanceReport",
          "Reference to the performance report; empty where there is no production data.");
  public static final ProcessVariable<String> PERFORMANCE_VERDICT =
      text("performanceVerdict", "good, unknown, warn or bad.");
  public static final ProcessVariable<String> PERFORMANCE_SUMMARY =
      text("performanceSummary", "What the performance report says, or why there is none.");
  public static final ProcessVariable<Long> LABELLED_ROWS =
      wholeNumber(
          "labelledRows",
          "Rows in the window with a prediction of the live version and an actual value.");
  public static final ProcessVariable<Double> CURRENT_ACCURACY =
      number(
          "currentAccuracy",
          "Share of the labelled rows predicted correctly, 0 to 1; empty where there are none.");
  public static final ProcessVariable<Double> REFERENCE_ACCURACY =
      number("referenceAccuracy", "The live version's accuracy on its held-out rows, 0 to 1.");

  public static final ProcessVariable<String> VERDICT =
      text("verdict", "The worst of the reports' verdicts: good, unknown, warn or bad.");
  public static final ProcessVariable<String> VERDICT_CHANGE =
      text("verdictChange", "How the verdicts differ from those people were told last.");
  public static final ProcessVariable<Boolean> SUMMARY_DUE =
      yesOrNo("summaryDue", "Whether this run mails a summary (parameter summaryMail).");
  public static final ProcessVariable<Long> DELETED_REPORTS =
      wholeNumber("deletedReports", "Old reports that this run deleted.");

  private MonitoringVariables() {}
}
