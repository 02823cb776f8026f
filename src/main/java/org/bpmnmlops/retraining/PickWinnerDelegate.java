package org.bpmnmlops.retraining;

import static org.bpmnmlops.process.PipelineErrors.TRAINING_FAILED;
import static org.bpmnmlops.process.PipelineVariables.MODEL;
import static org.bpmnmlops.process.PipelineVariables.MODEL_HASH;
import static org.bpmnmlops.process.PipelineVariables.PREPROCESSED_DATA;
import static org.bpmnmlops.process.PipelineVariables.SEPARATION;
import static org.bpmnmlops.process.RetrainingVariables.CANDIDATE_SCORES;
import static org.bpmnmlops.process.RetrainingVariables.FAILED_CANDIDATES;
import static org.bpmnmlops.process.RetrainingVariables.WINNER;
import static org.bpmnmlops.retraining.RetrainingParameters.CANDIDATES;
import static org.bpmnmlops.retraining.RetrainingParameters.METRIC;

import java.util.List;
import org.bpmnmlops.evaluation.Metric;
import org.bpmnmlops.process.Step;
import org.bpmnmlops.process.StepDeclaration;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** Service task "Pick winner": the candidate that is best by cross-validation. */
@Component
class PickWinnerDelegate implements Step {

  private final Candidates candidates;

  PickWinnerDelegate(Candidates candidates) {
    this.candidates = candidates;
  }

  @Override
  public void execute(DelegateExecution execution) {
    try {
      var choice =
          candidates.best(execution.getProcessInstanceId(), Metric.of(METRIC.get(execution)));
      WINNER.set(execution, choice.winner().algorithm());
      MODEL.set(execution, choice.winner().model());
      MODEL_HASH.set(execution, choice.winner().modelHash());
      PREPROCESSED_DATA.set(execution, choice.winner().preprocessed());
      SEPARATION.set(execution, choice.winner().separation());
      CANDIDATE_SCORES.set(execution, choice.scores());
      FAILED_CANDIDATES.set(execution, choice.failures());
    } catch (AllCandidatesFailedException e) {
      throw TRAINING_FAILED.because(e);
    }
  }

  @Override
  public StepDeclaration declaration() {
    return new StepDeclaration(
        "Pick winner",
        "Takes the candidate that is best by cross-validation on the training rows.",
        List.of(CANDIDATES, METRIC),
        List.of(
            WINNER,
            MODEL,
            MODEL_HASH,
            PREPROCESSED_DATA,
            SEPARATION,
            CANDIDATE_SCORES,
            FAILED_CANDIDATES),
        List.of(TRAINING_FAILED));
  }
}
