package org.bpmnmlops.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalModelsTest {

  @Test
  void aPipelineThatCallsNothingNeedsItsOwnFileAlone() {
    assertThat(LocalModels.alone("advertising-pipeline"))
        .hasValue("processes/advertising-pipeline.bpmn");
  }

  @Test
  void aPipelineThatIsMisspelledIsToldTheOnesThereAre() {
    LocalModels.require("backfill");

    assertThatThrownBy(() -> LocalModels.require("nothing"))
        .isInstanceOf(CommandFailedException.class)
        .hasMessage(
            "There is no pipeline 'nothing'; there are advertising-pipeline, model-monitoring,"
                + " model-retraining, model-rollback");
  }

  @ParameterizedTest
  @ValueSource(strings = {"model-retraining", "backfill", "no-such-pipeline", "../secret", ""})
  void whatCallsOthersOrIsUnknownNeedsThemAll(String pipeline) {
    assertThat(LocalModels.alone(pipeline)).isEmpty();
  }
}
