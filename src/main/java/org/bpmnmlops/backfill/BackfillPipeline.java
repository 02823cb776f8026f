package org.bpmnmlops.backfill;

import org.bpmnmlops.process.ForModels;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/**
 * Which process the call activity of process {@code backfill} calls: the one its starter was
 * allowed to start, whatever became of the variable {@code pipeline} meanwhile.
 */
@Component
@ForModels
public class BackfillPipeline {

  private final Backfills backfills;

  BackfillPipeline(Backfills backfills) {
    this.backfills = backfills;
  }

  public String of(DelegateExecution execution) {
    String id = execution.getProcessInstanceId();
    return backfills
        .find(id)
        .map(Backfill::pipeline)
        .orElseThrow(() -> new IllegalStateException("'%s' is no backfill".formatted(id)));
  }
}
