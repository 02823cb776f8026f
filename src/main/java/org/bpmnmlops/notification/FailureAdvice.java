package org.bpmnmlops.notification;

import static org.bpmnmlops.process.PipelineErrors.CHAMPION_CHANGED;
import static org.bpmnmlops.process.PipelineErrors.COMPARISON_FAILED;
import static org.bpmnmlops.process.PipelineErrors.DATA_INVALID;
import static org.bpmnmlops.process.PipelineErrors.DATA_NOT_READY;
import static org.bpmnmlops.process.PipelineErrors.MODEL_BELOW_BAR;
import static org.bpmnmlops.process.PipelineErrors.NO_REFERENCE;
import static org.bpmnmlops.process.PipelineErrors.NO_VERSION;
import static org.bpmnmlops.process.PipelineErrors.PRODUCTION_DATA_INVALID;
import static org.bpmnmlops.process.PipelineErrors.SMOKE_TEST_FAILED;
import static org.bpmnmlops.process.PipelineErrors.TAKEN_BACK;
import static org.bpmnmlops.process.PipelineErrors.TRAINING_FAILED;
import static org.bpmnmlops.process.PipelineErrors.UNDECIDED;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bpmnmlops.process.ErrorCode;

/** What a failure code means and what its reader can do. */
public final class FailureAdvice {

  private static final Map<String, String> MEANINGS =
      Stream.of(
              DATA_NOT_READY,
              DATA_INVALID,
              TRAINING_FAILED,
              MODEL_BELOW_BAR,
              NO_REFERENCE,
              PRODUCTION_DATA_INVALID,
              COMPARISON_FAILED,
              SMOKE_TEST_FAILED,
              NO_VERSION,
              CHAMPION_CHANGED,
              UNDECIDED,
              TAKEN_BACK)
          .collect(Collectors.toMap(ErrorCode::code, ErrorCode::meaning));

  private static final Map<String, String> WHAT_TO_DO =
      Map.ofEntries(
          Map.entry(
              DATA_NOT_READY.code(),
              "Put the complete data set into the data folder (MLOPS_DATA_DIR), then start a new run."),
          Map.entry(
              DATA_INVALID.code(),
              "Mend the data set, or the pipeline's parameters, as the message says, then start a new"
                  + " run."),
          Map.entry(
              TRAINING_FAILED.code(),
              "Change the pipeline's parameters as the message says, then start a new run."),
          Map.entry(
              NO_REFERENCE.code(),
              "Train the model first, or put its files back, as the message says. Monitoring tells this"
                  + " once a day; pause the process where no model is to come."),
          Map.entry(
              PRODUCTION_DATA_INVALID.code(),
              "Mend or take away the file, or correct the parameter, as the message says; the next run"
                  + " looks again. The file was left as it was."),
          Map.entry(
              MODEL_BELOW_BAR.code(),
              "The model is kept with the run but not used. Try more or better data, another algorithm"
                  + " or other columns; lower minimumAccuracy only if a weaker model will do."),
          Map.entry(
              COMPARISON_FAILED.code(),
              "Start the retraining again; it begins with the champion of today."),
          Map.entry(
              SMOKE_TEST_FAILED.code(),
              "Look at the version's files in the folder models and at the"
                  + " message, then start a new run."),
          Map.entry(
              NO_VERSION.code(),
              "Choose a version that the registry has: GET /api/v1/models/{name}."),
          Map.entry(
              CHAMPION_CHANGED.code(),
              "Look at what is live now; if it has to go as well, ask for the rollback again."),
          Map.entry(
              UNDECIDED.code(),
              "A model owner adds the rule that is missing (PUT /api/v1/decisions/{id}), then start a new"
                  + " run."),
          Map.entry(
              TAKEN_BACK.code(),
              "Nothing is left to do; what was predicted and fed back meanwhile is kept."));

  private FailureAdvice() {}

  public static String meaning(String code) {
    return MEANINGS.getOrDefault(code, "The run ended on its failure path with code " + code + ".");
  }

  public static String whatToDo(String code) {
    return WHAT_TO_DO.getOrDefault(
        code, "Look at the run and its variables, mend the cause, then start a new run.");
  }
}
