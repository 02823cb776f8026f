package org.bpmnmlops.engine;

import java.time.Instant;
import java.util.Optional;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.jobexecutor.JobExecutorContext;
import org.camunda.bpm.engine.impl.jobexecutor.TimerStartEventJobHandler;
import org.camunda.bpm.engine.impl.persistence.entity.TimerEntity;

/** Knows whether the process that starts right now was started by its timer. */
final class TimerStart {

  private TimerStart() {}

  /**
   * When the run was due: the latest due date not after now, since after a downtime one run stands
   * for all the missed ones. Empty when no timer started it.
   */
  static Optional<Instant> dueDate(Instant now) {
    JobExecutorContext context = Context.getJobExecutorContext();
    if (context == null
        || !(context.getCurrentJob() instanceof TimerEntity timer)
        || !TimerStartEventJobHandler.TYPE.equals(timer.getJobHandlerType())) {
      return Optional.empty();
    }
    Instant due = timer.getDuedate().toInstant();
    boolean cron = timer.getRepeat() != null && !timer.getRepeat().startsWith("R");
    return Optional.of(cron ? Cron.latest(timer.getRepeat(), due, now) : due);
  }
}
