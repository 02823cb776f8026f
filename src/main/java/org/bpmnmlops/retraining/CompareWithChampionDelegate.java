package org.bpmnmlops.retraining;

import static org.bpmnmlops.data.DataParameters.SEED;
import static org.bpmnmlops.evaluation.EvaluationParameters.MINIMUM_ACCURACY;
import static org.bpmnmlops.process.PipelineErrors.COMPARISON_FAILED;
import static org.bpmnmlops.process.PipelineVariables.ACCURACY;
import static org.bpmnmlops.process.PipelineVariables.ACCURACY_HIGH;
import static org.bpmnmlops.process.PipelineVariables.ACCURACY_LOW;
import static org.bpmnmlops.process.PipelineVariables.BASELINE_ACCURACY;
import static org.bpmnmlops.process.PipelineVariables.EVALUATION;
import static org.bpmnmlops.process.PipelineVariables.MODEL;
import static org.bpmnmlops.process.PipelineVariables.MODEL_HASH;
import static org.bpmnmlops.process.PipelineVariables.PREPROCESSED_DATA;
import static org.bpmnmlops.process.PipelineVariables.SEPARATION;
import static org.bpmnmlops.process.PipelineVariables.TEST_ROWS;
import static org.bpmnmlops.process.PipelineVariables.TRAIN_ROWS;
import static org.bpmnmlops.process.RetrainingVariables.CHAMPION_ACCURACY;
import static org.bpmnmlops.process.RetrainingVariables.CHAMPION_VERSION;
import static org.bpmnmlops.process.RetrainingVariables.COMMON_ROWS;
import static org.bpmnmlops.process.RetrainingVariables.COMPARISON;
import static org.bpmnmlops.process.RetrainingVariables.GAIN;
import static org.bpmnmlops.process.RetrainingVariables.GAIN_HIGH;
import static org.bpmnmlops.process.RetrainingVariables.GAIN_INTERVAL;
import static org.bpmnmlops.process.RetrainingVariables.GAIN_IN_WORDS;
import static org.bpmnmlops.process.RetrainingVariables.GAIN_LOW;
import static org.bpmnmlops.process.RetrainingVariables.LARGEST_RECALL_DROP;
import static org.bpmnmlops.process.RetrainingVariables.MERGED_VERSION;
import static org.bpmnmlops.process.RetrainingVariables.NEW_COMMON_ROWS;
import static org.bpmnmlops.process.RetrainingVariables.NEW_ROWS_ACCURACY;
import static org.bpmnmlops.process.RetrainingVariables.NEW_ROWS_CHAMPION_ACCURACY;
import static org.bpmnmlops.process.RetrainingVariables.SAME_ANSWERS;
import static org.bpmnmlops.registry.RegistryParameters.MODEL_NAME;
import static org.bpmnmlops.retraining.RetrainingParameters.METRIC;

import java.util.ArrayList;
import java.util.List;
import org.bpmnmlops.evaluation.Metric;
import org.bpmnmlops.process.Parameter;
import org.bpmnmlops.process.Step;
import org.bpmnmlops.process.StepDeclaration;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** Service task "Compare with champion": both on rows that neither was trained on. */
@Component
class CompareWithChampionDelegate implements Step {

  private final ChampionComparison comparison;

  CompareWithChampionDelegate(ChampionComparison comparison) {
    this.comparison = comparison;
  }

  @Override
  public void execute(DelegateExecution execution) {
    Metric metric = Metric.of(METRIC.get(execution));
    try {
      var compared =
          comparison.compare(
              execution.getProcessInstanceId(),
              MODEL_NAME.get(execution),
              MERGED_VERSION.get(execution).intValue(),
              new ChampionComparison.Challenger(
                  MODEL.get(execution),
                  MODEL_HASH.get(execution),
                  PREPROCESSED_DATA.get(execution),
                  SEPARATION.get(execution)),
              metric,
              SEED.get(execution));
      write(execution, compared, metric);
    } catch (NoChampionException | ComparisonFailedException e) {
      throw COMPARISON_FAILED.because(e);
    }
  }

  private static void write(
      DelegateExecution execution, ChampionComparison.Compared compared, Metric metric) {
    var common = compared.comparison();
    EVALUATION.set(execution, compared.evaluationFile());
    TRAIN_ROWS.set(execution, (long) compared.evaluation().trainRows());
    TEST_ROWS.set(execution, (long) compared.evaluation().testRows());
    COMPARISON.set(execution, compared.comparisonFile());
    CHAMPION_VERSION.set(execution, (long) common.championVersion());
    CHAMPION_ACCURACY.set(execution, common.champion().accuracy());
    ACCURACY.set(execution, common.challenger().accuracy());
    ACCURACY_LOW.set(execution, common.challenger().accuracyLow());
    ACCURACY_HIGH.set(execution, common.challenger().accuracyHigh());
    BASELINE_ACCURACY.set(execution, common.challenger().baselineAccuracy());
    COMMON_ROWS.set(execution, (long) common.rows());
    GAIN.set(execution, common.gain());
    GAIN_LOW.set(execution, common.gainLow());
    GAIN_HIGH.set(execution, common.gainHigh());
    GAIN_IN_WORDS.set(execution, metric.gainInWords(common.gain()));
    GAIN_INTERVAL.set(
        execution,
        "%s to %s"
            .formatted(
                metric.gainInWords(common.gainLow()), metric.gainInWords(common.gainHigh())));
    SAME_ANSWERS.set(execution, common.sameAnswers());
    LARGEST_RECALL_DROP.set(execution, common.largestRecallDrop());
    NEW_COMMON_ROWS.set(execution, (long) common.newRows());
    NEW_ROWS_ACCURACY.set(execution, common.newChallengerAccuracy());
    NEW_ROWS_CHAMPION_ACCURACY.set(execution, common.newChampionAccuracy());
  }

  @Override
  public StepDeclaration declaration() {
    List<Parameter<?>> parameters = new ArrayList<>(RetrainingParameters.APPROVAL);
    parameters.addAll(List.of(MODEL_NAME, METRIC, SEED, MINIMUM_ACCURACY));
    return new StepDeclaration(
        "Compare with champion",
        "Measures challenger and champion on held-out rows that neither was trained on.",
        parameters,
        List.of(
            EVALUATION,
            TRAIN_ROWS,
            TEST_ROWS,
            COMPARISON,
            CHAMPION_VERSION,
            CHAMPION_ACCURACY,
            ACCURACY,
            ACCURACY_LOW,
            ACCURACY_HIGH,
            BASELINE_ACCURACY,
            COMMON_ROWS,
            GAIN,
            GAIN_LOW,
            GAIN_HIGH,
            GAIN_IN_WORDS,
            GAIN_INTERVAL,
            SAME_ANSWERS,
            LARGEST_RECALL_DROP,
            NEW_COMMON_ROWS,
            NEW_ROWS_ACCURACY,
            NEW_ROWS_CHAMPION_ACCURACY),
        List.of(COMPARISON_FAILED));
  }
}
