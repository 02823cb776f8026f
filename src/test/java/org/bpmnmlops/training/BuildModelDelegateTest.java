package org.bpmnmlops.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import java.util.List;
import java.util.Map;
import org.bpmnmlops.data.InvalidDataException;
import org.bpmnmlops.training.TrainingSettings.Algorithm;
import org.bpmnmlops.training.TrainingSettings.ClassWeight;
import org.bpmnmlops.training.TrainingSettings.Scaling;
import org.camunda.bpm.engine.delegate.BpmnError;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.junit.jupiter.api.Test;

/** What the step makes of a run's variables and of failures; the real step runs elsewhere. */
class BuildModelDelegateTest {

  private final ModelBuilder builder = mock(ModelBuilder.class);
  private final BuildModelDelegate step = new BuildModelDelegate(builder);

  @Test
  void tellsTheDiagramThatTheDataCannotBeLearnedFrom() {
    when(builder.build(any(), any(), any(), any())).thenThrow(new InvalidDataException("constant"));

    assertThatThrownBy(() -> step.execute(execution(Map.of())))
        .isInstanceOfSatisfying(
            BpmnError.class, e -> assertThat(e.getErrorCode()).isEqualTo("DATA_INVALID"))
        .hasMessageContaining("constant");
  }

  @Test
  void tellsTheDiagramThatThereIsNoModel() {
    when(builder.build(any(), any(), any(), any()))
        .thenThrow(new TrainingFailedException("no optimum"));

    assertThatThrownBy(() -> step.execute(execution(Map.of())))
        .isInstanceOfSatisfying(
            BpmnError.class, e -> assertThat(e.getErrorCode()).isEqualTo("TRAINING_FAILED"))
        .hasMessageContaining("no optimum");
  }

  @Test
  void trainsWithTheParametersOfTheRun() {
    when(builder.build(any(), any(), any(), any()))
        .thenReturn(
            new ModelBuilder.BuiltModel("runs/4711/model.zip", "abc", List.of("same", "blank")));
    DelegateExecution execution =
        execution(
            Map.of(
                "algorithm",
                "xgboost",
                "rounds",
                7,
                "maxDepth",
                3,
                "learningRate",
                0.3,
                "classWeight",
                "balanced",
                "scaling",
                "standard",
                "seed",
                5));

    step.execute(execution);

    verify(builder)
        .build(
            "runs/4711/rows.csv",
            "runs/4711/sides",
            new TrainingSettings(
                Algorithm.XGBOOST, 1, 100, 3, 7, 0.3, ClassWeight.BALANCED, Scaling.STANDARD, 5),
            new Origin("data hash", "4711", "pipeline:3:17"));
    verify(execution).setVariable("model", "runs/4711/model.zip");
    verify(execution).setVariable("modelHash", "abc");
    verify(execution).setVariable("constantColumns", "same, blank");
  }

  @Test
  void trainsALogisticRegressionWithoutFurtherParameters() {
    when(builder.build(any(), any(), any(), any()))
        .thenReturn(
            new ModelBuilder.BuiltModel("runs/4711/model.zip", "abc", List.of("same", "blank")));

    step.execute(execution(Map.of()));

    verify(builder)
        .build(
            any(),
            any(),
            eq(TrainingSettings.of(Algorithm.LOGISTIC_REGRESSION, Scaling.MIN_MAX, 42)),
            any());
  }

  private static DelegateExecution execution(Map<String, Object> parameters) {
    DelegateExecution execution = mock(DelegateExecution.class);
    when(execution.getProcessInstanceId()).thenReturn("4711");
    when(execution.getProcessDefinitionId()).thenReturn("pipeline:3:17");
    when(execution.getVariable("dataHash")).thenReturn("data hash");
    when(execution.getVariable("preprocessedData")).thenReturn("runs/4711/rows.csv");
    when(execution.getVariable("separation")).thenReturn("runs/4711/sides");
    parameters.forEach((name, value) -> when(execution.getVariable(name)).thenReturn(value));
    return execution;
  }
}
