package org.bpmnmlops.retraining;

import static org.bpmnmlops.process.PipelineVariables.EVALUATION;
import static org.bpmnmlops.process.PipelineVariables.FAILURE_CODE;
import static org.bpmnmlops.process.PipelineVariables.FAILURE_MESSAGE;
import static org.bpmnmlops.process.PipelineVariables.MODEL;
import static org.bpmnmlops.process.PipelineVariables.MODEL_HASH;
import static org.bpmnmlops.process.PipelineVariables.PREPROCESSED_DATA;
import static org.bpmnmlops.process.PipelineVariables.SEPARATION;
import static org.bpmnmlops.process.RetrainingVariables.RETRAINING_RUN;

import java.util.List;
import org.bpmnmlops.process.Step;
import org.bpmnmlops.process.StepDeclaration;
import org.bpmnmlops.training.TrainingParameters;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** Service task "Record candidate": one row with the candidate's scores, or why it failed. */
@Component
class RecordCandidateDelegate implements Step {

  private final Candidates candidates;

  RecordCandidateDelegate(Candidates candidates) {
    this.candidates = candidates;
  }

  @Override
  public void execute(DelegateExecution execution) {
    String own = execution.getProcessInstanceId();
    String run = RETRAINING_RUN.find(execution).orElse(own);
    String algorithm = TrainingParameters.ALGORITHM.get(execution);
    if (FAILURE_CODE.find(execution).isPresent()) {
      candidates.failed(run, algorithm, own, FAILURE_MESSAGE.get(execution));
    } else {
      candidates.trained(
          run,
          algorithm,
          own,
          new ChampionComparison.Challenger(
              MODEL.get(execution),
              MODEL_HASH.get(execution),
              PREPROCESSED_DATA.get(execution),
              SEPARATION.get(execution)),
          EVALUATION.get(execution));
    }
  }

  @Override
  public StepDeclaration declaration() {
    return new StepDeclaration(
        "Record candidate",
        "Notes the candidate with its scores, or why it failed.",
        List.of(TrainingParameters.ALGORITHM),
        List.of(),
        List.of());
  }
}
