package org.bpmnmlops.process;

import static org.bpmnmlops.process.ProcessVariable.number;
import static org.bpmnmlops.process.ProcessVariable.text;
import static org.bpmnmlops.process.ProcessVariable.wholeNumber;

/**
 * The variables of a training pipeline: the names diagrams, mails, REST callers and steps share.
 */
public final class PipelineVariables {

  public static final ProcessVariable<Long> ROWS =
      wholeNumber("rows", "Rows of the data set, without the header.");
  public static final ProcessVariable<Long> COLUMNS =
      wholeNumber("columns", "Columns of the data set.");
  public static final ProcessVariable<String> DATA_HASH =
      text("dataHash", "SHA-256 of the data set's file, in hexadecimal.");
  public static final ProcessVariable<String> SCHEMA =
      text("schema", "Reference to the columns and types of the data set (JSON).");
  public static final ProcessVariable<String> PREPROCESSED_DATA =
      text("preprocessedData", "Reference to the preprocessed rows.");
  public static final ProcessVariable<Long> DROPPED_ROWS =
      wholeNumber("droppedRows", "Rows that preprocessing left out.");
  public static final ProcessVariable<String> DROPPED_BECAUSE =
      text(
          "droppedBecause",
          "Why rows were left out, how many of each kind, and the first of them; not set where none"
              + " was.");
  public static final ProcessVariable<String> LEFT_OUT_COLUMNS =
      text(
          "leftOutColumns",
          "Columns that nothing is learned from, and why; not set where there is none.");
  public static final ProcessVariable<String> CONSTANT_COLUMNS =
      text(
          "constantColumns",
          "Columns without two different values in the training rows; not set where there is none.");
  public static final ProcessVariable<String> SEPARATION =
      text("separation", "Reference to the record of which row went to which side.");
  public static final ProcessVariable<Long> TRAIN_ROWS =
      wholeNumber("trainRows", "Rows the model learns from.");
  public static final ProcessVariable<Long> TEST_ROWS =
      wholeNumber("testRows", "Rows kept back to evaluate the model.");
  public static final ProcessVariable<String> MODEL =
      text("model", "Reference to the model's file.");
  public static final ProcessVariable<String> MODEL_HASH =
      text("modelHash", "SHA-256 of the model's file, in hexadecimal.");
  public static final ProcessVariable<String> EVALUATION =
      text("evaluation", "Reference to the full evaluation (JSON).");
  public static final ProcessVariable<Double> ACCURACY =
      number("accuracy", "Share of held-out rows classified correctly, 0 to 1.");
  public static final ProcessVariable<Double> ACCURACY_LOW =
      number("accuracyLow", "Lower end of the 95 % Wilson interval of the accuracy.");
  public static final ProcessVariable<Double> ACCURACY_HIGH =
      number("accuracyHigh", "Upper end of the 95 % Wilson interval of the accuracy.");
  public static final ProcessVariable<Double> BASELINE_ACCURACY =
      number(
          "baselineAccuracy",
          "Accuracy on the held-out rows of always answering the training rows' most frequent"
              + " class.");
  public static final ProcessVariable<Long> MODEL_VERSION =
      wholeNumber("modelVersion", "Version of the model in the registry.");
  public static final ProcessVariable<String> MODEL_ALIAS =
      text("modelAlias", "What the version was when registered: champion, challenger or none.");
  public static final ProcessVariable<Boolean> MODEL_IS_NEW =
      ProcessVariable.yesOrNo(
          "modelIsNew",
          "Whether the run registered the version; else the same data, parameters and seed had made"
              + " it before.");
  public static final ProcessVariable<String> FAILURE_CODE =
      text("failureCode", "Why the run failed, as a code; not set on a run that did not fail.");
  public static final ProcessVariable<String> FAILURE_MESSAGE =
      text("failureMessage", "Why the run failed, in words, and what to do.");

  private PipelineVariables() {}
}
