package org.bpmnmlops.engine;

import java.util.Set;
import org.camunda.bpm.engine.impl.history.HistoryLevelFull;
import org.camunda.bpm.engine.impl.history.event.HistoryEventType;
import org.camunda.bpm.engine.impl.history.event.HistoryEventTypes;

/**
 * History level {@code runs}: what {@code full} keeps, without two rows for every job that went
 * well and one for every value a variable ever had. Of a run these were more than half of all rows,
 * and nobody reads them: the activities tell when a step ran, the variables what it came to, and
 * attempts that failed stay with their stack traces.
 *
 * <p>Its id is that of {@code full}, so that a database written with one opens with the other.
 */
final class RunHistory extends HistoryLevelFull {

  static final String NAME = "runs";

  private static final Set<HistoryEventTypes> LEFT_OUT =
      Set.of(
          HistoryEventTypes.JOB_CREATE,
          HistoryEventTypes.JOB_SUCCESS,
          HistoryEventTypes.VARIABLE_INSTANCE_UPDATE_DETAIL);

  @Override
  public String getName() {
    return NAME;
  }

  @Override
  public boolean isHistoryEventProduced(HistoryEventType type, Object entity) {
    return !(type instanceof HistoryEventTypes known && LEFT_OUT.contains(known));
  }
}
