package org.bpmnmlops.training;

import static org.bpmnmlops.data.DataParameters.SEED;
import static org.bpmnmlops.process.PipelineErrors.DATA_INVALID;
import static org.bpmnmlops.process.PipelineErrors.TRAINING_FAILED;
import static org.bpmnmlops.process.PipelineVariables.CONSTANT_COLUMNS;
import static org.bpmnmlops.process.PipelineVariables.DATA_HASH;
import static org.bpmnmlops.process.PipelineVariables.MODEL;
import static org.bpmnmlops.process.PipelineVariables.MODEL_HASH;
import static org.bpmnmlops.process.PipelineVariables.PREPROCESSED_DATA;
import static org.bpmnmlops.process.PipelineVariables.SEPARATION;
import static org.bpmnmlops.training.TrainingParameters.ALGORITHM;
import static org.bpmnmlops.training.TrainingParameters.C;
import static org.bpmnmlops.training.TrainingParameters.CLASS_WEIGHT;
import static org.bpmnmlops.training.TrainingParameters.LEARNING_RATE;
import static org.bpmnmlops.training.TrainingParameters.MAX_DEPTH;
import static org.bpmnmlops.training.TrainingParameters.ROUNDS;
import static org.bpmnmlops.training.TrainingParameters.SCALING;
import static org.bpmnmlops.training.TrainingParameters.TREES;
import static org.bpmnmlops.training.TrainingParameters.choice;

import java.util.List;
import org.bpmnmlops.data.InvalidDataException;
import org.bpmnmlops.process.Step;
import org.bpmnmlops.process.StepDeclaration;
import org.bpmnmlops.training.TrainingSettings.Algorithm;
import org.bpmnmlops.training.TrainingSettings.ClassWeight;
import org.bpmnmlops.training.TrainingSettings.Scaling;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** Service task "Build model": learns from the training rows and stores the model. */
@Component
class BuildModelDelegate implements Step {

  private final ModelBuilder builder;

  BuildModelDelegate(ModelBuilder builder) {
    this.builder = builder;
  }

  @Override
  public void execute(DelegateExecution execution) {
    try {
      var origin =
          new Origin(
              DATA_HASH.get(execution),
              execution.getProcessInstanceId(),
              execution.getProcessDefinitionId());
      var model =
          builder.build(
              PREPROCESSED_DATA.get(execution),
              SEPARATION.get(execution),
              settings(execution),
              origin);
      MODEL.set(execution, model.reference());
      MODEL_HASH.set(execution, model.sha256());
      CONSTANT_COLUMNS.tell(execution, shorten(String.join(", ", model.constantColumns())));
    } catch (InvalidDataException e) {
      throw DATA_INVALID.because(e);
    } catch (TrainingFailedException e) {
      throw TRAINING_FAILED.because(e);
    }
  }

  /** For people, who read the first of many; all are in the log. */
  private static String shorten(String columns) {
    return columns.length() <= 1000 ? columns : columns.substring(0, 1000) + " ...";
  }

  private static TrainingSettings settings(DelegateExecution execution) {
    return new TrainingSettings(
        choice(Algorithm.values(), ALGORITHM.get(execution)),
        C.get(execution),
        Math.toIntExact(TREES.get(execution)),
        MAX_DEPTH.find(execution).map(Math::toIntExact).orElse(null),
        Math.toIntExact(ROUNDS.get(execution)),
        LEARNING_RATE.get(execution),
        choice(ClassWeight.values(), CLASS_WEIGHT.get(execution)),
        choice(Scaling.values(), SCALING.get(execution)),
        SEED.get(execution));
  }

  @Override
  public StepDeclaration declaration() {
    return new StepDeclaration(
        "Build model",
        "Learns from the training rows: scales, categories and the model itself, stored together.",
        List.of(ALGORITHM, C, TREES, MAX_DEPTH, ROUNDS, LEARNING_RATE, CLASS_WEIGHT, SCALING, SEED),
        List.of(MODEL, MODEL_HASH, CONSTANT_COLUMNS),
        List.of(DATA_INVALID, TRAINING_FAILED));
  }
}
