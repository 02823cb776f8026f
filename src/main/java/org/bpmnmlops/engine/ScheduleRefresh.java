package org.bpmnmlops.engine;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.impl.jobexecutor.TimerStartEventJobHandler;
import org.camunda.bpm.engine.management.JobDefinition;
import org.camunda.bpm.engine.runtime.Job;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Gives timer starts that name a schedule their next date by what the schedule says now. A date
 * that has passed stays, because moving it would lose the run that was missed.
 */
@Component
class ScheduleRefresh {

  private static final Logger LOG = LoggerFactory.getLogger(ScheduleRefresh.class);

  /** A timer this close to its date could pass it while it is moved. */
  private static final Duration CLOSE = Duration.ofMinutes(1);

  private final ManagementService management;
  private final Clock clock;

  ScheduleRefresh(ManagementService management, Clock clock) {
    this.management = management;
    this.clock = clock;
  }

  @EventListener(ApplicationStartedEvent.class)
  void refresh() {
    Instant limit = clock.instant().plus(CLOSE);
    management.createJobDefinitionQuery().jobType(TimerStartEventJobHandler.TYPE).list().stream()
        .filter(ScheduleRefresh::namesSchedule)
        .flatMap(
            definition ->
                management
                    .createJobQuery()
                    .jobDefinitionId(definition.getId())
                    .duedateHigherThan(Date.from(limit))
                    .list()
                    .stream())
        .forEach(this::recalculate);
  }

  private static boolean namesSchedule(JobDefinition timer) {
    return timer.getJobConfiguration().startsWith("CYCLE: ${")
        || timer.getJobConfiguration().startsWith("CYCLE: #{");
  }

  private void recalculate(Job timer) {
    try {
      management.recalculateJobDuedate(timer.getId(), false);
    } catch (OptimisticLockingException e) {
      LOG.info("Timer of {}: another server is setting it", timer.getProcessDefinitionKey(), e);
    }
  }
}
