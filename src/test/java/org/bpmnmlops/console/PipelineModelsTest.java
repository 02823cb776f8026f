package org.bpmnmlops.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bpmnmlops.process.StepCatalog;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PipelineModelsTest {

  private final RepositoryService repository = mock(RepositoryService.class);
  private final PipelineModels models = new PipelineModels(repository, mock(StepCatalog.class));

  @ParameterizedTest
  @ValueSource(strings = {"advertising-pipeline", "model-monitoring", "model-retraining"})
  void theArrowsAloneTellTheWayWhereNoNodeNamesThem(String pipeline) throws IOException {
    String drawn = Files.readString(Path.of("processes", pipeline + ".bpmn"));
    PipelineModel named = read(pipeline, drawn);

    PipelineModel bare = read(pipeline, drawn.replaceAll(" *<bpmn:(incoming|outgoing)>.*\\R", ""));

    assertThat(bare.steps()).isEqualTo(named.steps());
    assertThat(bare.retryTimers()).isEqualTo(named.retryTimers());
  }

  private PipelineModel read(String pipeline, String xml) {
    ProcessDefinition definition = mock(ProcessDefinition.class);
    when(definition.getId()).thenReturn(pipeline);
    when(definition.getKey()).thenReturn(pipeline);
    when(repository.getBpmnModelInstance(pipeline))
        .thenReturn(
            Bpmn.readModelFromStream(
                new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8))));
    return models.of(definition);
  }
}
