package org.bpmnmlops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalModelsTest {

  @Test
  void aPipelineThatCallsNothingNeedsItsOwnFileAlone() {
    assertThat(LocalModels.alone("advertising-pipeline"))
        .hasValue("processes/advertising-pipeline.bpmn");
  }

  @ParameterizedTest
  @ValueSource(strings = {"model-retraining", "backfill", "no-such-pipeline", "../secret", ""})
  void whatCallsOthersOrIsUnknownNeedsThemAll(String pipeline) {
    assertThat(LocalModels.alone(pipeline)).isEmpty();
  }
}
